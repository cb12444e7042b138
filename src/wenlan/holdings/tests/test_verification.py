"""What `wenlan verify` proves of items, slips and the ledger: each check finds the damage that it is for."""

from datetime import date

import pytest

from wenlan.circulation.testing import make_act
from wenlan.holdings import operations as items
from wenlan.holdings.handovers import operations as handovers
from wenlan.holdings.handovers.operations import Destination
from wenlan.holdings.models import HandoverLine, Item, StateChange, Transfer, TransferLine
from wenlan.holdings.restating import tell_at_owners
from wenlan.holdings.testing import make_item
from wenlan.holdings.transfers import operations as transfers
from wenlan.holdings.transfers.operations import Route
from wenlan.holdings.transfers.types import Purpose
from wenlan.holdings.types import Transition
from wenlan.holdings.verification import differences
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.ledger.models import ServiceEvent
from wenlan.ledger.types import ItemDimensions
from wenlan.network.testing import make_network
from wenlan.staff.testing import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    _root, main, east = make_network("MAIN", "EAST")
    return main.id, east.id


def slip(places, purpose, units=2, *, refused=0):
    """A slip from the main library to the east, signed by both; the last `refused` items are sent back."""
    main, east = places
    books = [make_item(node=main).id for _ in range(units)]
    due_on = date(2019, 9, 1) if purpose == Purpose.DEPOSIT else None
    route = Route(from_node=main, to_node=east, purpose=purpose, due_on=due_on)
    made = transfers.make(make_act(main), route=route, items=books)
    giver, taker = make_member(main, "stacks").id, make_member(east, "branch_manager").id
    transfers.sign_over(make_act(main, staff=giver), transfer_id=made.id)
    back = dict.fromkeys(books[units - refused :], "破损")
    transfers.sign_for(make_act(east, staff=taker), transfer_id=made.id, refused=back)
    return made.id


def found():
    return [(one.check, one.place, one.expected, one.found) for one in differences()]


def test_what_signed_slips_say_is_what_the_ledger_has(places):
    for purpose in Purpose:
        slip(places, purpose, 3, refused=1)

    assert differences() == []


def reverse(places, **which):
    """Take back the first act of a kind: what stands in the ledger is never changed or deleted."""
    told = ServiceEvent.objects.filter(**which).order_by("id")[0]
    ledger.reverse(make_act(places[0]), day=told.day, source=told.source)


def test_a_slip_that_counted_fewer_or_other_volumes_than_were_signed_for_is_found(places):
    rotated, given = slip(places, Purpose.ROTATION), slip(places, Purpose.DISTRIBUTION)

    reverse(places, kind=Kind.ITEM_ROTATED, subject="in")
    source = f"transfer:{given}:again"
    ledger.record(make_act(places[0]), Kind.ITEM_DISTRIBUTED, subject="deposit", source=source)

    assert found() == [
        ("holdings.slips_in_ledger", f"slip {rotated}", 2, 1),
        ("holdings.slips_in_ledger", f"slip {given}", 0, 1),
    ]


def test_a_batch_that_was_not_counted_is_found(places):
    rotated = slip(places, Purpose.ROTATION)

    reverse(places, kind=Kind.RECORD_ENTERED)

    assert found() == [("holdings.slips_in_ledger", f"slip {rotated}", 1, 0)]


def test_a_volume_that_moved_by_no_signed_slip_is_found(places):
    main, _ = places
    unsigned = slip(places, Purpose.ROTATION, 1)
    Transfer.objects.update(received_at=None, received_by="")
    TransferLine.objects.update(is_open=True, outcome="")
    ledger.record(make_act(main), Kind.ITEM_ROTATED, subject="out", source="a van nobody knows")

    assert [one[:2] for one in found()] == [
        ("holdings.slips_in_ledger", "no slip"),
        *[("holdings.slips_in_ledger", f"slip {unsigned}")] * 3,
    ]


@pytest.mark.parametrize(
    "damage",
    [
        {"is_open": True},
        {"outcome": ""},
        {"is_out": True},
    ],
)
def test_a_line_that_says_something_else_than_its_slip_is_found(places, damage):
    slip(places, Purpose.TRANSFER, 1)

    TransferLine.objects.update(**damage)

    assert "holdings.slip_lines" in {check for check, *_ in found()}


def test_the_lines_of_a_handover_end_with_it_too(places):
    main, east = places
    made = handovers.make(make_act(main), to=Destination(node=east), items=[make_item(node=main).id])
    handovers.cancel(make_act(main), handover_id=made.id)

    HandoverLine.objects.update(is_open=True)

    assert found() == [("holdings.slip_lines", f"slip {made.number}", "closed", "open ")]


def test_an_item_under_way_without_a_slip_is_found(places):
    main, _ = places
    book = make_item(node=main)

    Item.objects.filter(pk=book.id).update(status="in_transfer")

    assert found() == [("holdings.under_way", f"item {book.id}", "a signed slip", "in_transfer")]


def test_an_item_in_another_state_than_its_last_change_says_is_found(places):
    main, _ = places
    book = make_item(node=main)
    items.change_state(make_act(main), item=book.id, transition=Transition.MISS, reason="x")
    assert (differences(), StateChange.objects.get().after) == ([], "missing")

    Item.objects.filter(pk=book.id).update(status="lost")

    assert found() == [("holdings.state_of_item", f"item {book.id}", "missing", "lost")]


def test_stock_told_where_it_was_catalogued_is_found_with_the_command_that_puts_it_right(places):
    main, east = places
    tell_at(main, owner=east)

    found = {one.check: one for one in differences()}

    one = found["holdings.stock_told_elsewhere"]
    assert (one.place, one.expected, one.found) == (f"owner {east}", 0, 1)
    assert one.remedy == "wenlan rebuild stock"
    tell_at_owners(make_act(main))
    assert "holdings.stock_told_elsewhere" not in {one.check for one in differences()}


def tell_at(node, *, owner):
    what = ItemDimensions(material="book", main_class="I", audience="", language="chi", owner_node=owner)
    ledger.record(make_act(node), Kind.STOCK_ACCESSIONED, item=what, source="item:old")


def test_a_reversed_act_of_stock_is_not_told_elsewhere(places):
    main, east = places
    tell_at(main, owner=east)
    ledger.reverse(make_act(main), day=ServiceEvent.objects.get().day, source="item:old")

    assert differences() == []
