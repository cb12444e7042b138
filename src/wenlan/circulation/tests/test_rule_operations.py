"""Rules at work: inherited fields, limits of a kind, credit and sums, fixed days, amendments, and their pages."""

from datetime import UTC, date, datetime, time
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wenlan.circulation.errors import CheckoutRefused, RuleWrong
from wenlan.circulation.models import Loan, LoanRule
from wenlan.circulation.operations import end_rule, set_rule
from wenlan.circulation.racing import Stage, race
from wenlan.circulation.testing import card_of, lend, make_act, make_rule, make_special_rule, scan, take_back
from wenlan.circulation.types import NewRule, Refusal
from wenlan.circulation.verification import differences
from wenlan.holdings.testing import make_item
from wenlan.ledger import operations as ledger
from wenlan.network.testing import make_network, make_node
from wenlan.patrons.testing import make_category, make_patron
from wenlan.staff import queries as staff
from wenlan.staff.testing import signed_in
from wenlan.ui import clock

A_DAY = date(2019, 3, 4)
Patron = apps.get_model("patrons", "Patron")


@pytest.fixture
def places(db) -> tuple[int, int, int]:
    """A network with two branches and one rule: 30 days, one renewal of 30."""
    root, east, west = make_network("EAST", "WEST")
    make_rule(root.id)
    return root.id, east.id, west.id


def refusals(item, reader, act) -> CheckoutRefused:
    with pytest.raises(CheckoutRefused) as caught:
        lend(item, reader, act)
    return caught.value


def test_a_branch_that_says_only_the_days_inherits_the_renewals(places):
    _, east, west = places
    make_special_rule(east, code="east-days", loan_days=14)

    lent = [lend(make_item(node=place), make_patron(node=east), make_act(place)) for place in (east, west)]

    assert [one.due_on for one in lent] == [date(2019, 3, 18), date(2019, 4, 3)]
    assert lent[0].terms.explanation == "14 days: rule “east-days” of Branch EAST"
    assert Loan.objects.get(uid=lent[0].loan).rule_version == LoanRule.objects.get(code="east-days").pk


def test_an_act_dated_before_its_place_was_opened_is_lent_and_names_its_rule(places):
    # The paper register of a reading room begins a week before the room was entered in the tree.
    root, east, _ = places
    room = make_node("ROOM", parent=root, since=date(2019, 3, 4)).id
    make_special_rule(room, code="room-days", loan_days=14)

    lent = lend(make_item(node=east), make_patron(node=east), make_act(room, date(2019, 2, 25)))

    assert lent.due_on == date(2019, 3, 11)
    assert lent.terms.explanation == "14 days: rule “room-days” of Branch ROOM"


def test_the_owner_of_an_item_may_be_lent_by_a_rule_of_its_own(places):
    root, east, west = places
    make_special_rule(root, code="of-west", owner=west, loan_days=7)

    ours, theirs = make_item(node=east), make_item(node=west)

    reader = make_patron(node=east)
    assert lend(ours, reader, make_act(east)).due_on == date(2019, 4, 3)
    assert lend(theirs, reader, make_act(east)).due_on == date(2019, 3, 11)


def test_limits_in_all_and_of_a_kind_hold_together_and_say_their_numbers(places):
    root, east, west = places
    make_special_rule(root, code="discs", material="audiovisual", loan_limit=1)
    make_special_rule(root, code="west-books", owner=west, loan_limit=2)
    make_special_rule(east, code="all", loan_limit=3)
    reader, disc = make_patron(node=east), make_item(node=east, material="audiovisual")
    lend(disc, reader, make_act(east))
    lend(make_item(node=west), reader, make_act(east))

    second_disc = refusals(make_item(node=west, material="audiovisual"), reader, make_act(east))
    third = lend(make_item(node=west), reader, make_act(east))
    fourth = refusals(make_item(node=west), reader, make_act(east))

    assert second_disc.refusals == (Refusal.KIND_LIMIT_REACHED,)
    assert "discs: 1 / 1" in str(second_disc)
    assert (third.open_loans, third.loan_limit) == (3, 3)
    assert fourth.refusals == (Refusal.LOAN_LIMIT_REACHED, Refusal.KIND_LIMIT_REACHED)
    assert "(3 / 3)" in str(fourth)
    assert "west-books: 2 / 2" in str(fourth)


def test_points_under_the_floor_and_sums_above_the_limit_stop_lending_by_the_rule_of_the_place(places):
    root, east, west = places
    make_special_rule(root, code="credit", credit_floor=60, owed_limit_fen=500)
    make_special_rule(west, code="mild", credit_floor=10)
    reader, item = make_patron(node=east), make_item(node=east)
    Patron.objects.filter(pk=reader.id).update(credit_points=59, owed_fen=501)

    both = refusals(item, reader, make_act(east))
    only_sums = refusals(item, reader, make_act(west))
    Patron.objects.filter(pk=reader.id).update(credit_points=None, owed_fen=500)

    assert both.refusals == (Refusal.CREDIT_TOO_LOW, Refusal.SUMS_OWED)
    assert "59 < 60" in str(both)
    assert "5.01 > 5.00" in str(both)
    assert only_sums.refusals == (Refusal.SUMS_OWED,)
    assert lend(item, reader, make_act(east)).due_on == date(2019, 4, 3)


def test_a_vacation_fixes_the_due_date_for_its_days_and_says_so(places):
    root, east, _ = places
    vacation = {"fixed_due_on": date(2019, 9, 6), "fixed_due": "extends", "until_day": date(2019, 9, 1)}
    make_special_rule(root, code="summer", since=date(2019, 7, 1), **vacation)
    reader = make_patron(node=east)

    before, during, after = (
        lend(make_item(node=east), reader, make_act(east, day))
        for day in (date(2019, 6, 30), date(2019, 7, 1), date(2019, 9, 1))
    )

    assert [one.due_on for one in (before, during, after)] == [
        date(2019, 7, 30),
        date(2019, 9, 6),
        date(2019, 10, 1),
    ]
    assert during.terms.explanation == "Due on 2019-09-06: rule “summer” of Branch N"


def test_an_amendment_holds_from_its_day_on_and_the_trail_keeps_it(places):
    root, east, _ = places
    make_rule(root, since=date(2019, 3, 5), loan_days=60)
    reader = make_patron(node=east)

    before = lend(make_item(node=east), reader, make_act(east))
    after = lend(make_item(node=east), reader, make_act(east, date(2019, 3, 5)))

    assert (before.due_on, after.due_on) == (date(2019, 4, 3), date(2019, 5, 4))
    assert len(staff.audit_trail("rule:standard")) == 2


def test_the_same_rule_again_makes_no_new_version(places):
    root, _, _ = places

    first, again = make_special_rule(root, loan_limit=3), make_special_rule(root, loan_limit=3)

    assert again == first


def test_an_ended_rule_leaves_its_words_to_the_next_rule_up(places):
    _, east, _ = places
    make_special_rule(east, code="east-days", loan_days=14)

    end_rule(make_act(east), code="east-days", until=date(2019, 3, 5), reason="tried, not liked")
    reader = make_patron(node=east)

    assert lend(make_item(node=east), reader, make_act(east)).due_on == date(2019, 3, 18)
    assert lend(make_item(node=east), reader, make_act(east, date(2019, 3, 5))).due_on == date(2019, 4, 4)
    with pytest.raises(RuleWrong):
        end_rule(make_act(east), code="never", until=A_DAY)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"loan_days": 0},
        {"loan_days": 10, "until_day": date(2015, 1, 1)},
        {"fixed_due_on": date(2019, 9, 1)},
        {"fixed_due": "cuts", "loan_days": 3},
        {"fixed_due_on": date(2014, 9, 1), "fixed_due": "cuts"},
    ],
)
def test_a_rule_that_says_nothing_or_contradicts_itself_is_refused(places, said):
    root, _, _ = places
    rule = NewRule(code="x", words={"zh": "x"}, node=root, from_day=date(2015, 1, 1), **said)

    with pytest.raises(RuleWrong):
        set_rule(make_act(root), rule=rule)

    assert not LoanRule.objects.filter(code="x").exists()


def test_a_limit_of_a_kind_costs_one_statement_more_and_others_none(places):
    root, east, _ = places
    make_special_rule(root, code="discs", material="audiovisual", loan_limit=5)
    ledger.ensure_token_keys(A_DAY.year)
    reader = make_patron(node=east)
    spent = {}
    for name, material in (("warm", "book"), ("book", "book"), ("disc", "audiovisual")):
        item = make_item(node=east, material=material)
        lend(item, reader, make_act(east))
        take_back(item, make_act(east))
        with CaptureQueriesContext(connection) as queries:
            lend(item, reader, make_act(east))
        spent[name] = len([q for q in queries.captured_queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))])

    assert spent["disc"] - spent["book"] == 1
    assert spent["book"] == {"sqlite": 6, "postgresql": 2}[connection.vendor]


@pytest.mark.postgresql
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_desks_never_pass_a_limit_of_a_kind_together():
    (root,) = make_network()
    make_rule(root.id)
    make_category("adult", loan_limit=10)
    make_special_rule(root.id, code="discs", material="audiovisual", loan_limit=1)
    card = card_of(make_patron(node=root.id))
    discs = [scan(make_item(node=root.id, material="audiovisual")) for _ in range(2)]
    stage = Stage(cards=(card, card), items=(discs[0], discs[1]))

    outcome = race([stage], tries=300, act_of=lambda key: make_act(root.id, key=key))

    assert (outcome.lent_once, outcome.returned_once) == (300, 300)
    assert differences() == []


@pytest.fixture
def monday(monkeypatch) -> None:
    """Ten o'clock on a Monday morning in China."""
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(A_DAY, time(2), UTC))


def form_of(node: int, **said: object) -> dict[str, object]:
    return {"zh": "少儿图书", "en": "Children", "node": node, "from_day": "2019-03-05"} | said


def test_the_page_tries_a_loan_and_says_which_rule_says_what(places, monday):
    root, east, _ = places
    make_special_rule(east, code="east-days", loan_days=14)
    make_category("adult")
    asked = {"category": "adult", "material": "book", "owner": root, "node": east, "day": "2019-03-04"}

    client = signed_in(east, "circulation")
    page = client.get(f"/desk/circulation/rules/?{urlencode(asked)}").content.decode()

    assert "14 days: rule “east-days” of Branch EAST" in page
    assert "2019-03-18" in page
    assert "rule_new" not in page
    assert client.get("/desk/circulation/rules/?category=adult&node=99").status_code == 422


def test_a_rule_is_written_amended_and_ended_on_its_page(places, monday):
    root, east, _ = places
    client = signed_in(root, "director", "circulation")

    made = client.post("/desk/circulation/rules/new/", form_of(east, loan_days=21, owed="5.50", floats="yes"))
    standing = LoanRule.objects.get(code="east-1")
    amended = client.post(f"/desk/circulation/rules/{standing.pk}/", form_of(east, loan_days=28, from_day="2019-03-09"))
    newest = LoanRule.objects.filter(code="east-1").latest("id")
    ended = client.post(f"/desk/circulation/rules/{newest.pk}/end", {"until": "2019-06-01", "reason": "tried"})

    assert [made.status_code, amended.status_code, ended.status_code] == [302, 302, 302]
    assert (standing.loan_days, standing.owed_limit_fen, standing.floats) == (21, 550, True)
    spans = LoanRule.objects.filter(code="east-1").order_by("id").values_list("loan_days", "from_day", "until_day")
    assert list(spans) == [
        (21, date(2019, 3, 5), date(2019, 3, 9)),
        (28, date(2019, 3, 9), date(2019, 6, 1)),
    ]


def test_only_who_may_change_rules_there_does(places, monday):
    _, east, west = places
    standing = make_special_rule(west, code="west-days", loan_days=14)
    eastern = signed_in(east, "director", "circulation")

    refused = eastern.post("/desk/circulation/rules/new/", form_of(west, loan_days=21))
    stranger = eastern.get(f"/desk/circulation/rules/{standing.id}/")
    clerk = signed_in(east, "circulation").get("/desk/circulation/rules/new/")

    assert (refused.status_code, stranger.status_code, clerk.status_code) == (422, 403, 403)
    assert LoanRule.objects.filter(node=west).count() == 1
