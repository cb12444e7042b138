"""A group loan: many items, one card, one act; a loan each, one visit, one list; what points tell by tally."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wenlan.circulation.errors import CardUnknown
from wenlan.circulation.groups import operations, queries
from wenlan.circulation.groups.errors import NotAGroup, OtherGroup
from wenlan.circulation.groups.types import Group
from wenlan.circulation.models import GroupLoan
from wenlan.circulation.operations import undo
from wenlan.circulation.tallies import operations as tallies
from wenlan.circulation.tallies.errors import TallyBesideScans, TallyWrong
from wenlan.circulation.tallies.operations import Tally
from wenlan.circulation.testing import CardRef, card_of, lend, make_act, make_rule, make_special_rule, scan, take_back
from wenlan.circulation.verification import differences
from wenlan.holdings.testing import make_item
from wenlan.indicators import operations as cubes
from wenlan.indicators.queries import acts_of, figures
from wenlan.kernel.periods import Period
from wenlan.ledger import operations as ledger
from wenlan.network.testing import make_network
from wenlan.patrons.testing import make_institution, make_patron
from wenlan.staff.testing import signed_in
from wenlan.ui import clock

pytestmark = pytest.mark.django_db
YEAR = Period.year(2019)
PAGE = "/desk/circulation/groups/"


@pytest.fixture
def places(monkeypatch) -> tuple[int, int, int]:
    """Two branches; a unit keeps its books for ninety days."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2019, 3, 4, 2, tzinfo=UTC))
    root, east, west = make_network("EAST", "WEST")
    make_rule(root.id)
    make_special_rule(root.id, code="units", category="large_capacity", loan_days=90)
    ledger.load_measures()
    return root.id, east.id, west.id


def values(*codes: str, node: int) -> tuple[int, ...]:
    cubes.fold()
    found = figures(codes, node=node, period=YEAR)
    return tuple(int(found[code].value or 0) for code in codes)


@pytest.mark.capability("V16")
def test_story_of_a_school_class(places):
    # Class 3 (2), 42 children, borrows twelve books on the school's card. One of them is on loan already, one unknown.
    root, east, west = places
    school = make_institution(node=east, name="第一小学", card="XX0001")
    books = [make_item(node=east) for _ in range(12)]
    lend(books[11], make_patron(node=east), make_act(east))
    group = Group(card=card_of(school), name="三（2）班", persons=42)
    scans = [scan(book) for book in (*books, books[0])] + [scan(books[0])._replace(barcode="nothing")]

    answer = operations.lend(make_act(east, key="class"), group=group, items=scans)
    again = operations.lend(make_act(east, key="class"), group=group, items=scans)

    assert (answer.group.lent, answer.group.out, answer.group.due_on) == (11, 11, date(2019, 6, 2))
    assert [item.barcode for item, _why in answer.refused] == [books[11].barcode, "nothing"]
    assert "recorded as lent" in answer.refused[0][1]
    assert (again.group, again.lent) == (answer.group, ())

    # What was forgotten goes with the same act; they come back in any order, some at the other branch.
    forgotten = {"group": answer.group.id, "card": card_of(school), "items": [scan(make_item(node=east))]}
    for _sent_twice in range(2):
        assert len(operations.lend_more(make_act(east, key="more"), **forgotten).lent) == 1
    for place, book in enumerate((books[5], books[0], books[9])):
        take_back(book, make_act(west if place else east, date(2019, 3, 20)))
    after = queries.group(answer.group.id)
    assert (after.lent, after.out) == (12, 9)
    assert queries.groups([east], only_out=True) == (after,)

    # A loan for each volume, one visit for the act; a form that counts heads has them from the class.
    codes = ("loans", "loans_group", "group_loans", "borrowing_visits", "borrowing_visits_by_heads", "returns")
    assert values(*codes, node=root) == (13, 12, 1, 2, 43, 3)
    assert len(acts_of("loans_group", node=east, period=YEAR).rows) == 12
    assert differences() == []


def test_a_group_needs_the_card_of_a_unit_and_a_loan_taken_back_leaves_its_list(places):
    _, east, _ = places
    school, book = make_institution(node=east, name="第一小学"), make_item(node=east)
    person = make_patron(node=east)

    for card, refusal in ((card_of(person), NotAGroup), (CardRef("no-such-card"), CardUnknown)):
        with pytest.raises(refusal):
            operations.lend(make_act(east), group=Group(card=card, name="x"), items=[scan(book)])
    assert GroupLoan.objects.count() == 0

    made = operations.lend(make_act(east, key="g"), group=Group(card=card_of(school), name="x"), items=[scan(book)])
    undo(make_act(east, seconds=20), key="g/0")
    assert (made.group.lent, queries.group(made.group.id).lent, queries.loans(made.group.id)) == (1, 0, ())
    assert differences() == []


def test_what_a_class_borrowed_in_one_act_stays_on_one_card(places):
    _, east, _ = places
    first, second = (make_institution(node=east, name=name, card=name) for name in ("XX0001", "XX0002"))
    made = operations.lend(
        make_act(east, key="g"), group=Group(card=card_of(first), name="x"), items=[scan(make_item(node=east))]
    )

    with pytest.raises(OtherGroup):
        operations.lend_more(
            make_act(east), group=made.group.id, card=card_of(second), items=[scan(make_item(node=east))]
        )

    assert queries.group(made.group.id).lent == 1


def test_each_further_item_costs_the_same(places):
    _, east, _ = places
    ledger.ensure_token_keys(2019)
    school = make_institution(node=east, name="第一小学")
    spent = []
    for number in (1, 1, 3, 5):
        books = [scan(make_item(node=east)) for _ in range(number)]
        with CaptureQueriesContext(connection) as found:
            operations.lend(make_act(east), group=Group(card=card_of(school), name="x"), items=books)
        spent.append(len([one for one in found if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]))

    each = (spent[2] - spent[1]) / 2
    assert each == (spent[3] - spent[2]) / 2
    assert each <= (2 if connection.vendor == "postgresql" else 6)


def test_the_pages_of_group_loans(places):
    _, east, west = places
    school = make_institution(node=east, name="第一小学")
    books = [make_item(node=east) for _ in range(3)]
    client = signed_in(east, "circulation")
    said = {"card": school.cards[0].number, "name": "二（1）班", "persons": 38, "key": "k"}

    refused = client.post(PAGE, said | {"card": "nobody", "scans": books[0].barcode})
    made = client.post(PAGE, said | {"scans": f"{books[0].barcode} {books[1].barcode} nothing"})
    page = client.get(made.url).content.decode()
    client.post(f"{made.url}more", {"card": said["card"], "scans": books[2].barcode})
    printed = client.get(f"{made.url}print/").content.decode()
    denied = signed_in(west, "circulation").get(made.url).status_code

    assert (refused.status_code, made.status_code, denied) == (422, 302, 403)
    assert {"nothing" in page, books[0].barcode in page, "2019-06-02" in page} == {True}
    assert {one.barcode in printed for one in books} == {True}
    assert "二（1）班" in client.get(PAGE).content.decode()


def test_what_a_point_tells_by_tally_counts_as_its_loans_and_is_put_right_in_the_open(places):
    root, east, west = places
    march = Tally(node=west, from_day=date(2019, 2, 1), day=date(2019, 2, 28), loans=120, persons=40, told_by="王所长")

    entered = [
        tallies.enter(make_act(east, key="t"), tally=march),
        tallies.enter(make_act(east, key="t"), tally=march),
        tallies.enter(make_act(east), tally=march),
        tallies.enter(make_act(east), tally=Tally(**{**said(march), "loans": 130})),
    ]
    for wrong in ({"day": date(2019, 3, 5)}, {"from_day": date(2019, 2, 10)}, {"persons": 500}):
        with pytest.raises(TallyWrong):
            tallies.enter(make_act(east), tally=Tally(**{**said(march), **wrong}))

    assert entered == [True, False, False, True]
    codes = ("loans", "loans_tallied", "borrowing_visits_tallied", "borrowing_visits")
    assert (values(*codes, node=west), values(*codes, node=east)) == ((130, 130, 40, 0), (0, 0, 0, 0))
    assert sum(one.quantity for one in acts_of("loans", node=root, period=YEAR).rows) == 130
    assert differences() == []


def said(tally: Tally) -> dict[str, object]:
    return {name: getattr(tally, name) for name in Tally.__dataclass_fields__}


def test_a_place_that_scans_tallies_only_what_is_beside(places):
    _, east, _ = places
    lend(make_item(node=east), make_patron(node=east), make_act(east, date(2019, 2, 5)))
    tally = Tally(node=east, from_day=date(2019, 2, 1), day=date(2019, 2, 28), loans=5)
    client = signed_in(east, "circulation")
    sent = {"node": east, "from_day": "2019-02-01", "day": "2019-02-28", "loans": 5, "key": "k"}

    with pytest.raises(TallyBesideScans):
        tallies.enter(make_act(east), tally=tally)
    refused = client.post("/desk/circulation/tallies/", sent)
    taken = client.post("/desk/circulation/tallies/", sent | {"beside_scans": "on"})

    assert (refused.status_code, taken.status_code) == (422, 302)
    assert "2019-02-28" in client.get("/desk/circulation/tallies/").content.decode()
    assert values("loans", "loans_tallied", node=east) == (6, 5)
    assert differences() == []
