"""Lending, returning, renewing and undoing, on both databases."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from wenlan.circulation.errors import (
    ActUndone,
    CannotUndo,
    CardUnknown,
    CheckoutRefused,
    ItemAmbiguous,
    ItemUnknown,
    NotInTransit,
    OverrideNotAllowed,
    RenewalRefused,
)
from wenlan.circulation.models import Loan, Transit
from wenlan.circulation.operations import check_in, check_out, forget_returned, receive, renew, undo
from wenlan.circulation.testing import A_DAY, card_of, lend, make_act, make_rule, scan, take_back
from wenlan.circulation.types import CardRef, ItemRef, NextStep, Refusal, UndoneAct
from wenlan.circulation.verification import differences
from wenlan.holdings import queries as items
from wenlan.holdings.testing import make_item, withdrawn
from wenlan.holdings.types import ItemStatus, Lending
from wenlan.ledger import operations as ledger
from wenlan.network.testing import make_department, make_network, open_every_day
from wenlan.patrons import operations as patrons
from wenlan.patrons import queries as readers
from wenlan.patrons.testing import make_category, make_patron
from wenlan.staff import queries as staff
from wenlan.staff.testing import make_member

pytestmark = pytest.mark.django_db
ServiceEvent = apps.get_model("ledger", "ServiceEvent")
Unfolded = apps.get_model("ledger", "Unfolded")


@pytest.fixture
def places() -> tuple[int, int, int]:
    """A network with two branches and one rule: 30 days, one renewal of 30."""
    root, east, west = make_network("EAST", "WEST")
    make_rule(root.id)
    return root.id, east.id, west.id


def event_of(kind: str) -> ServiceEvent:
    return ServiceEvent.objects.get(kind=kind)


def loan_events() -> list[tuple[str, int]]:
    rows = ServiceEvent.objects.filter(kind__startswith="loan.").order_by("id")
    return list(rows.values_list("kind", "quantity"))


def test_check_out_lends_until_the_rule_says_and_counts_the_loan(places):
    _, east, _ = places
    item, reader = make_item(node=east), make_patron(node=east, birth_date=date(1990, 5, 1))
    desk = make_department(east)

    act = make_act(east)
    lent = check_out(
        type(act)(at=act.at, node=east, department=desk.id, channel=act.channel, key="k1", device="D1"),
        item=scan(item),
        card=card_of(reader),
    )

    assert (lent.due_on, lent.open_loans, lent.loan_limit) == (date(2019, 4, 3), 1, 10)
    assert items.item(item.id).status == ItemStatus.ON_LOAN
    assert readers.patron(reader.id).open_loans == 1
    event = event_of("loan.made")
    assert (event.node, event.department, event.owner_node, event.home_node) == (east, desk.id, east, east)
    assert (event.reader_category, event.reader_sex, event.reader_age) == ("adult", "m", 28)
    assert (event.item_material, event.item_class, event.loan_kind) == ("book", "I", "personal")
    assert (event.day, event.operator, event.source) == (A_DAY, "device:D1", f"loan:{lent.loan}")
    assert event.person_token is not None
    assert Unfolded.objects.filter(event=event.id).exists()
    assert differences() == []


def test_due_date_moves_to_the_next_open_day_and_the_answer_says_why(places):
    _, east, _ = places
    open_every_day(east, 0, 1, 3, 4, 5, 6)  # shut on Wednesdays; 2019-04-03 is one

    lent = lend(make_item(node=east), make_patron(node=east), make_act(east))

    assert lent.due_on == date(2019, 4, 4)
    assert lent.terms.explanation == (
        "30 days: rule “standard” of Branch N, moved to Thursday because Wednesday is closed"
    )


def test_refusal_gives_every_reason_and_writes_nothing(places):
    _, east, _ = places
    make_category("adult", loan_limit=1)
    reader = make_patron(node=east)
    lend(make_item(node=east), reader, make_act(east))
    patrons.suspend(make_act(east), patron=reader.id, reason="x")
    patrons.extend(make_act(east), patron=reader.id, until=date(2019, 3, 3))
    patrons.lose_card(make_act(east), card=reader.cards[0].id)
    item = make_item(node=east, lending=Lending.IN_HOUSE, status=ItemStatus.IN_REPAIR)

    with pytest.raises(CheckoutRefused) as caught:
        lend(item, reader, make_act(east))

    assert caught.value.refusals == (
        Refusal.CARD_LOST,
        Refusal.READER_SUSPENDED,
        Refusal.CARD_EXPIRED,
        Refusal.LOAN_LIMIT_REACHED,
        Refusal.ITEM_DAMAGED,
        Refusal.ITEM_NOT_FOR_LOAN,
    )
    assert Loan.objects.count() == 1
    assert loan_events() == [("loan.made", 1)]
    assert differences() == []


@pytest.mark.parametrize(
    ("status", "refusal"),
    [
        (ItemStatus.IN_PROCESSING, Refusal.ITEM_IN_PROCESSING),
        (ItemStatus.MISSING, Refusal.ITEM_MISSING),
        (ItemStatus.LOST, Refusal.ITEM_LOST),
        (ItemStatus.DAMAGED, Refusal.ITEM_DAMAGED),
        (ItemStatus.ON_HOLD_SHELF, Refusal.ITEM_RESERVED),
        (ItemStatus.IN_HANDOVER, Refusal.ITEM_IN_HANDOVER),
        (ItemStatus.SEARCHED_FOR, Refusal.ITEM_MISSING),
        (ItemStatus.LOST_ON_THE_WAY, Refusal.ITEM_LOST),
        (ItemStatus.AT_BINDERY, Refusal.ITEM_DAMAGED),
        (ItemStatus.LOCKED, Refusal.ITEM_LOCKED),
        (ItemStatus.SET_ASIDE, Refusal.ITEM_SET_ASIDE),
    ],
)
def test_an_item_that_is_not_on_the_shelf_is_not_lent(places, status, refusal):
    _, east, _ = places

    with pytest.raises(CheckoutRefused) as caught:
        lend(make_item(node=east, status=status), make_patron(node=east), make_act(east))

    assert caught.value.refusals == (refusal,)


def test_a_lent_item_is_refused_to_the_next_reader(places):
    _, east, _ = places
    item = make_item(node=east)
    lend(item, make_patron(node=east), make_act(east))

    with pytest.raises(CheckoutRefused) as caught:
        lend(item, make_patron(node=east), make_act(east))

    assert caught.value.refusals == (Refusal.ITEM_ON_LOAN,)


def test_unknown_card_unknown_item_and_ambiguous_barcode_are_said(places):
    _, east, west = places
    reader = make_patron(node=east)
    make_item(node=east, barcode="A1", scope="E")
    other = make_item(node=west, barcode="a1", scope="W")

    with pytest.raises(CardUnknown):
        check_out(make_act(east), item=ItemRef("A1", "E"), card=CardRef("nobody"))
    with pytest.raises(ItemUnknown):
        check_out(make_act(east), item=ItemRef("nothing"), card=card_of(reader))
    with pytest.raises(ItemAmbiguous) as caught:
        check_out(make_act(east), item=ItemRef("A1"), card=card_of(reader))
    with pytest.raises(ItemAmbiguous):
        check_in(make_act(east), item=ItemRef("A1"))

    assert caught.value.scopes == ("E", "W")
    assert check_out(make_act(east), item=ItemRef("A1", "W"), card=card_of(reader)).item == other.id


def test_barcodes_and_cards_match_without_regard_to_case_and_width(places):
    _, east, _ = places
    item, reader = make_item(node=east, barcode="Zc0007"), make_patron(node=east, card="r-77a")

    lent = check_out(make_act(east), item=ItemRef("ｚC0007 "), card=CardRef("R-77A"))

    assert (lent.item, lent.patron) == (item.id, reader.id)


def test_a_repeated_key_returns_the_first_answer_and_writes_nothing(places):
    _, east, _ = places
    item, reader = make_item(node=east), make_patron(node=east)

    first = lend(item, reader, make_act(east, key="out"))
    again = lend(item, reader, make_act(east, key="out", seconds=5))
    back = take_back(item, make_act(east, A_DAY + timedelta(days=40), key="in"))
    back_again = take_back(item, make_act(east, A_DAY + timedelta(days=41), key="in"))
    late_resend = lend(item, reader, make_act(east, A_DAY + timedelta(days=42), key="out"))

    assert (again.loan, again.due_on, again.was_repeated) == (first.loan, first.due_on, True)
    assert (back_again.loan, back_again.overdue_days, back_again.was_repeated) == (first.loan, back.overdue_days, True)
    assert late_resend.loan == first.loan
    assert loan_events() == [("loan.made", 1), ("loan.returned", 1)]
    assert items.item(item.id).status == ItemStatus.AVAILABLE


def test_a_resent_return_does_not_take_the_item_from_its_next_reader(places):
    _, east, _ = places
    item, next_reader = make_item(node=east), make_patron(node=east)
    lend(item, make_patron(node=east), make_act(east))
    take_back(item, make_act(east, key="in"))
    lend(item, next_reader, make_act(east))

    assert take_back(item, make_act(east, key="in")).was_repeated
    assert readers.patron(next_reader.id).open_loans == 1


def test_check_in_closes_the_loan_and_counts_lateness_by_the_calendar_of_the_place_of_return(places):
    _, east, west = places
    open_every_day(west, 0, 1, 2, 3, 4)  # a branch that is shut at weekends
    item, reader = make_item(node=east), make_patron(node=east)
    lend(item, reader, make_act(east))  # due on Wednesday 2019-04-03

    returned = take_back(item, make_act(west, date(2019, 4, 9)))  # the Tuesday after: Th Fr Mo Tu

    assert returned.overdue_days == 4
    assert (returned.was_on_loan, returned.patron, returned.due_on) == (True, reader.id, date(2019, 4, 3))
    assert readers.patron(reader.id).open_loans == 0
    assert event_of("loan.returned").node == west
    assert differences() == []


def test_an_item_returned_elsewhere_travels_home_and_is_signed_for(places):
    _, east, west = places
    item, reader = make_item(node=east), make_patron(node=east)
    lend(item, reader, make_act(east))

    returned = take_back(item, make_act(west))
    on_its_way = items.item(item.id)
    with pytest.raises(CheckoutRefused) as caught:
        lend(item, reader, make_act(west))
    arrived = receive(make_act(east), item=scan(item))

    assert (returned.next_step, returned.destination) == (NextStep.SEND, east)
    assert (on_its_way.status, on_its_way.present_node) == (ItemStatus.IN_TRANSIT, west)
    assert caught.value.refusals == (Refusal.ITEM_IN_TRANSIT,)
    assert (arrived.was_on_loan, arrived.next_step) == (False, NextStep.SHELVE)
    assert (items.item(item.id).status, items.item(item.id).present_node) == (ItemStatus.AVAILABLE, east)
    assert Transit.objects.get().arrived_node_id == east
    with pytest.raises(NotInTransit):
        receive(make_act(east), item=scan(item))
    assert loan_events() == [("loan.made", 1), ("loan.returned", 1)]


def test_where_the_rule_lets_items_float_they_stay(places):
    _, east, west = places
    make_rule(west, code="west-floats", floats=True)
    item = make_item(node=east)
    lend(item, make_patron(node=east), make_act(east))

    returned = take_back(item, make_act(west))

    assert (returned.next_step, returned.status) == (NextStep.SHELVE, ItemStatus.AVAILABLE)
    assert items.item(item.id).present_node == west
    assert not Transit.objects.exists()


def test_an_item_that_is_not_on_loan_gets_its_next_step(places):
    _, east, west = places
    shelved, lost = make_item(node=east), make_item(node=east, status=ItemStatus.LOST)

    here, elsewhere, strange = (
        take_back(shelved, make_act(east)),
        take_back(shelved, make_act(west)),
        take_back(lost, make_act(east)),
    )

    assert (here.was_on_loan, here.next_step) == (False, NextStep.SHELVE)
    assert (elsewhere.next_step, elsewhere.destination) == (NextStep.SEND, east)
    assert strange.next_step == NextStep.LOOK
    assert items.item(shelved.id).status == ItemStatus.IN_TRANSIT
    assert loan_events() == []


def test_renewal_runs_from_the_due_date_once_and_is_counted_by_who_asked(places):
    _, east, _ = places
    item, reader = make_item(node=east), make_patron(node=east)
    lend(item, reader, make_act(east))

    renewed = renew(make_act(east, key="r1"), item=scan(item), card=card_of(reader), initiative="reader")
    again = renew(make_act(east, key="r1"), item=scan(item), initiative="reader")
    with pytest.raises(RenewalRefused) as caught:
        renew(make_act(east), item=scan(item))

    assert (renewed.due_before, renewed.due_on, renewed.renewals) == (date(2019, 4, 3), date(2019, 5, 3), 1)
    assert (again.due_on, again.was_repeated) == (renewed.due_on, True)
    assert caught.value.refusals == (Refusal.RENEWALS_USED,)
    assert event_of("loan.renewed").subject == "reader"
    assert loan_events() == [("loan.made", 1), ("loan.renewed", 1)]


def test_renewal_from_today_is_refused_when_it_gains_no_day(places):
    _, east, _ = places
    make_rule(east, code="east", renew_from="today")
    item = make_item(node=east)
    lend(item, make_patron(node=east), make_act(east))

    with pytest.raises(RenewalRefused) as caught:
        renew(make_act(east), item=scan(item))
    later = renew(make_act(east, date(2019, 4, 1)), item=scan(item))

    assert caught.value.refusals == (Refusal.NOT_LONGER,)
    assert later.due_on == date(2019, 5, 1)


def test_an_overdue_loan_another_readers_loan_and_no_loan_are_not_renewed(places):
    _, east, _ = places
    item, idle = make_item(node=east), make_item(node=east)
    lend(item, make_patron(node=east), make_act(east))
    stranger = make_patron(node=east)

    with pytest.raises(RenewalRefused) as late:
        renew(make_act(east, date(2019, 4, 4)), item=scan(item), card=card_of(stranger))
    with pytest.raises(RenewalRefused) as none:
        renew(make_act(east), item=scan(idle))

    assert late.value.refusals == (Refusal.OTHER_READER, Refusal.OVERDUE)
    assert none.value.refusals == (Refusal.NOT_ON_LOAN,)


def test_a_category_may_stop_readers_with_overdue_items(places):
    _, east, _ = places
    make_category("adult", overdue_limit=1)
    reader = make_patron(node=east)
    lend(make_item(node=east), reader, make_act(east))

    with pytest.raises(CheckoutRefused) as caught:
        lend(make_item(node=east), reader, make_act(east, date(2019, 4, 10)))

    assert caught.value.refusals == (Refusal.ITEMS_OVERDUE,)


def test_staff_with_the_right_overrule_a_refusal_with_a_reason_that_the_audit_trail_keeps(places):
    root, east, _ = places
    make_category("adult", loan_limit=0)
    chief, trainee = make_member(root, "circulation"), make_member(root)
    item, reader = make_item(node=east), make_patron(node=east)
    wish = {"item": scan(item), "card": card_of(reader), "overrides": frozenset({Refusal.LOAN_LIMIT_REACHED})}

    with pytest.raises(OverrideNotAllowed):
        check_out(make_act(east, staff=trainee.id), **wish, reason="he asked nicely")
    with pytest.raises(OverrideNotAllowed):
        check_out(make_act(east, staff=chief.id), **wish)
    lent = check_out(make_act(east, staff=chief.id), **wish, reason="exam week")

    assert lent.overridden == (Refusal.LOAN_LIMIT_REACHED,)
    (entry,) = staff.audit_trail(f"loan:{lent.loan}")
    assert (entry["action"], entry["staff_id"], entry["reason"]) == ("circulation.override", chief.id, "exam week")
    assert entry["after"] == {"refusals": ["loan_limit_reached"], "patron": reader.id}


def test_undo_takes_back_a_loan_within_a_minute_at_the_same_desk(places):
    _, east, west = places
    item, reader = make_item(node=east), make_patron(node=east)
    lend(item, reader, make_act(east, key="out"))

    for stranger in (
        make_act(east, seconds=61),
        make_act(east, seconds=5, device="D2"),
        make_act(west, seconds=5),
    ):
        with pytest.raises(CannotUndo):
            undo(stranger, key="out")
    undone = undo(make_act(east, seconds=30, key="u"), key="out")
    again = undo(make_act(east, seconds=40, key="u"), key="out")

    assert (undone.act, again) == (UndoneAct.CHECK_OUT, undone)
    assert (items.item(item.id).status, items.item(item.id).loans) == (ItemStatus.AVAILABLE, 0)
    assert readers.patron(reader.id).open_loans == 0
    assert loan_events() == [("loan.made", 1), ("loan.made", -1)]
    with pytest.raises(ActUndone):
        lend(item, reader, make_act(east, key="out", seconds=50))
    assert differences() == []


def test_undo_of_a_return_opens_the_loan_again_and_the_next_return_counts(places):
    _, east, west = places
    item, reader = make_item(node=east), make_patron(node=east)
    lend(item, reader, make_act(east))
    take_back(item, make_act(west, key="in"))

    undone = undo(make_act(west, seconds=20), key="in")
    with pytest.raises(ActUndone):
        take_back(item, make_act(west, key="in", seconds=30))
    reopened = items.item(item.id)
    take_back(item, make_act(east, seconds=40))

    assert undone.act == UndoneAct.CHECK_IN
    assert (reopened.status, reopened.present_node) == (ItemStatus.ON_LOAN, east)
    assert [kind for kind, _ in loan_events()] == ["loan.made", "loan.returned", "loan.returned", "loan.returned"]
    assert sum(quantity for kind, quantity in loan_events() if kind == "loan.returned") == 1
    assert Transit.objects.get().cancelled_at is not None
    assert readers.patron(reader.id).open_loans == 0
    assert differences() == []


def test_undo_of_a_renewal_gives_the_due_date_back(places):
    _, east, _ = places
    item = make_item(node=east)
    lend(item, make_patron(node=east), make_act(east))
    renew(make_act(east, key="r"), item=scan(item))

    undone = undo(make_act(east, seconds=10), key="r")

    loan = Loan.objects.get()
    assert (undone.act, loan.due_on, loan.renewals) == (UndoneAct.RENEW, date(2019, 4, 3), 0)
    assert differences() == []


def test_an_act_that_something_followed_is_not_undone(places):
    _, east, _ = places
    item = make_item(node=east)
    lend(item, make_patron(node=east), make_act(east, key="out"))
    take_back(item, make_act(east, key="in", seconds=5))
    lend(item, make_patron(node=east), make_act(east, seconds=10))

    for key in ("out", "in", "never"):
        with pytest.raises(CannotUndo):
            undo(make_act(east, seconds=20), key=key)

    assert differences() == []


def test_a_day_of_acts_runs_inside_one_outer_transaction_and_refusals_leave_no_trace(places):
    _, east, _ = places
    item, reader = make_item(node=east), make_patron(node=east)

    with transaction.atomic():
        lend(item, reader, make_act(east))
        with pytest.raises(CheckoutRefused):
            lend(item, reader, make_act(east))
        take_back(item, make_act(east))
        lend(item, reader, make_act(east))

    assert [kind for kind, _ in loan_events()] == ["loan.made", "loan.returned", "loan.made"]
    assert differences() == []


def test_returned_loans_forget_their_reader_after_a_time_and_keep_the_category(places):
    _, east, _ = places
    item, reader = make_item(node=east), make_patron(node=east)
    lend(item, reader, make_act(east))
    take_back(item, make_act(east))

    keeper, kept = make_patron(node=east), make_item(node=east)
    patrons.keep_history(make_act(east), patron=keeper.id, keep=True)
    lend(kept, keeper, make_act(east))
    take_back(kept, make_act(east))

    forgotten = [forget_returned(before=A_DAY + timedelta(days=1)) for _ in range(2)]

    assert forgotten == [1, 0]
    loans = Loan.objects.order_by("id").values_list("patron_id", "reader_category")
    assert list(loans) == [(None, "adult"), (keeper.id, "adult")]


def test_a_withdrawn_item_is_refused(places):
    _, east, _ = places
    item = make_item(node=east)
    withdrawn(make_act(east), item, reason="worn out")

    with pytest.raises(CheckoutRefused) as caught:
        lend(item, make_patron(node=east), make_act(east))

    assert caught.value.refusals == (Refusal.ITEM_WITHDRAWN,)


STATEMENTS = {"sqlite": {"out": 6, "in": 6, "in_and_send": 7, "renew": 5}, "postgresql": dict.fromkeys(
    ("out", "in", "in_and_send", "renew"), 2)}  # fmt: skip


def test_a_hot_act_costs_a_fixed_number_of_statements(places):
    _, east, west = places
    first, second, reader = make_item(node=east), make_item(node=east), make_patron(node=east)
    ledger.ensure_token_keys(A_DAY.year)  # made beforehand, as by the clock
    lend(first, reader, make_act(east))  # rules, tree and token key are read once a process
    take_back(first, make_act(east))
    acts = {
        "out": lambda: lend(first, reader, make_act(east)),
        "renew": lambda: renew(make_act(east), item=scan(first)),
        "in": lambda: take_back(first, make_act(east)),
        "in_and_send": lambda: (lend(second, reader, make_act(east)), take_back(second, make_act(west))),
    }
    spent = {}
    for name, act in acts.items():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            act()
        spent[name] = len([q for q in queries.captured_queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))])
    spent["in_and_send"] -= spent["out"]

    assert spent == STATEMENTS[connection.vendor]
