"""Crates between branches, told as the driver and the desks would; the matrix, the old ones, and what was lost."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from wenlan.circulation.models import Transit
from wenlan.circulation.reserving import queries as reservations
from wenlan.circulation.testing import A_DAY, lend, make_act, make_rule, make_special_rule, reserve, scan, take_back
from wenlan.circulation.transport import operations, queries
from wenlan.circulation.transport.errors import CrateWrong, NotForThisCrate, NotOnTheWay
from wenlan.circulation.transport.types import Flow
from wenlan.circulation.types import NextStep
from wenlan.circulation.verification import differences
from wenlan.holdings import operations as holdings
from wenlan.holdings import queries as items
from wenlan.holdings.testing import make_item
from wenlan.holdings.types import ItemStatus, Transition
from wenlan.network import operations as network
from wenlan.network.testing import make_network
from wenlan.patrons.testing import make_patron
from wenlan.staff.testing import signed_in
from wenlan.ui import clock

pytestmark = pytest.mark.django_db
MARCH, APRIL = date(2019, 3, 1), date(2019, 4, 1)


@pytest.fixture
def places() -> tuple[int, int, int, int]:
    """A network with a county library, two towns, and one rule."""
    root, main, east, west = make_network("MAIN", "EAST", "WEST")
    make_rule(root.id)
    return root.id, main.id, east.id, west.id


def later(days: int) -> datetime:
    return make_act(1, A_DAY + timedelta(days=days)).at


def returned_elsewhere(home: int, place: int):
    """Return an item of `home` that a reader brought back to `place`."""
    item = make_item(node=home)
    lend(item, make_patron(node=home), make_act(home))
    take_back(item, make_act(place))
    return item


def filled_crate(places, ours, theirs):
    """Open crate 12 in the east for the county library and fill it; a book of the west does not go into it."""
    _, main, east, west = places
    crate = operations.open_crate(make_act(east, key="open"), code="12", to_node=main)
    assert operations.open_crate(make_act(east, key="open"), code="12", to_node=main).id == crate.id
    for book in ours:
        filled = operations.put_in(make_act(east), crate=crate.id, item=scan(book))
    assert filled.items == 3
    with pytest.raises(NotForThisCrate):
        operations.put_in(make_act(east), crate=crate.id, item=scan(theirs))
    with pytest.raises(CrateWrong):
        operations.open_crate(make_act(west), code="12", to_node=main)
    return crate


def test_story_of_a_crate(places):
    # Three books of the county library and one of the west come back in the east; a crate takes what is for the county.
    root, main, east, west = places
    ours = [returned_elsewhere(main, east) for _ in range(3)]
    theirs = returned_elsewhere(west, east)
    wish = reserve(ours[0], make_patron(node=main), make_act(main))
    crate = filled_crate(places, ours, theirs)

    # It leaves with the Tuesday run and is three days on the road; one book is missing when it is opened.
    operations.send(make_act(east, date(2019, 3, 5)), crate=crate.id, run="周二 2 号线")
    with pytest.raises(CrateWrong):
        operations.receive(make_act(west), crate=crate.id)
    assert [one.days for one in queries.crates([main], later(3))] == [3]
    arrived = operations.receive(make_act(main, date(2019, 3, 8)), crate=crate.id, missing=[ours[2].barcode])
    assert [one.next_step for one in arrived] == [NextStep.HOLD, NextStep.SHELVE]
    assert reservations.reservation(wish.id).state == "ready"
    assert operations.receive(make_act(main), crate=crate.id) == ()

    # The missing one grows old on the list beside the western one, and is given up; later it turns up.
    old = queries.on_the_way([east], later(8), days=7)
    assert {one.barcode for one in old} == {ours[2].barcode, theirs.barcode}
    lost = next(one for one in old if one.barcode == ours[2].barcode)
    assert (lost.days, lost.crate) == (8, "12")
    operations.report_lost(make_act(east, date(2019, 3, 20)), transit=lost.transit, reason="箱内缺一册")
    assert items.item(ours[2].id).status == ItemStatus.LOST_ON_THE_WAY
    with pytest.raises(NotOnTheWay):
        operations.report_lost(make_act(east), transit=lost.transit, reason="x")
    holdings.change_state(make_act(main, date(2019, 3, 25)), item=ours[2].id, transition=Transition.FIND)

    # The month's matrix counts what was sent and not given up.
    assert queries.flows(MARCH, APRIL, [root, main, east, west]) == (
        Flow(from_node=east, to_node=main, items=2),
        Flow(from_node=east, to_node=west, items=1),
    )
    assert queries.flows(APRIL, date(2019, 5, 1), [main]) == ()
    assert differences() == []


def test_a_rule_sends_what_goes_home_by_a_hub(places):
    root, main, east, west = places
    make_special_rule(root, code="hub", hub=main)
    book = make_item(node=west)
    lend(book, make_patron(node=west), make_act(west))

    first = take_back(book, make_act(east))
    second = take_back(book, make_act(main, date(2019, 3, 5)))
    third = take_back(book, make_act(west, date(2019, 3, 6)))

    assert [first.destination, second.destination, third.destination] == [main, west, None]
    assert Transit.objects.filter(arrived_at__isnull=False).count() == 2
    assert items.item(book.id).status == ItemStatus.AVAILABLE


def test_floating_stops_at_its_limit_and_the_rest_goes_home(places):
    _, main, east, _ = places
    make_special_rule(east, code="floats", floats=True, float_limit=2)
    first = make_item(node=main)
    copies = [first, *(make_item(node=main, record=first.record) for _ in range(2))]
    reader = make_patron(node=main)
    for copy in copies:
        lend(copy, reader, make_act(main))

    steps = [take_back(copy, make_act(east)).next_step for copy in copies]

    assert steps == [NextStep.SHELVE, NextStep.SHELVE, NextStep.SEND]
    assert queries.away_from_home([east]) == (Flow(from_node=main, to_node=east, items=2),)


def test_what_was_lost_on_the_way_to_a_reader_lets_the_reader_wait_on(places):
    _, main, east, _ = places
    book = make_item(node=main)
    lend(book, make_patron(node=main), make_act(main))
    wish = reserve(book, make_patron(node=east), make_act(east))
    take_back(book, make_act(main))

    (sent,) = queries.on_the_way([main], later(0))
    operations.report_lost(make_act(main), transit=sent.transit, reason="途中丢失")

    assert reservations.reservation(wish.id).state == "waiting"
    assert differences() == []


def test_the_pages_of_transport(places, monkeypatch):
    _, main, east, west = places
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(date(2019, 3, 20), time(2), UTC))
    book = returned_elsewhere(main, east)
    eastern, western = signed_in(east, "circulation"), signed_in(west, "circulation")
    page = "/desk/circulation/transport/"

    eastern.post(f"{page}crates/new", {"code": "7", "to_node": main, "key": "c"})
    (crate,) = queries.crates([east], clock.now())
    for sent in ({"barcode": book.barcode}, {"barcode": "nothing"}):
        eastern.post(f"{page}crates/{crate.id}/put", sent)
    inside = eastern.get(f"{page}crates/{crate.id}/").content.decode()
    eastern.post(f"{page}crates/{crate.id}/send", {"run": "2"})
    denied = western.get(f"{page}crates/{crate.id}/").status_code
    received = signed_in(main, "circulation").post(f"{page}crates/{crate.id}/receive", {"missing": ""})

    assert book.barcode in inside
    assert (denied, received.status_code) == (403, 302)
    assert items.item(book.id).status == ItemStatus.AVAILABLE
    assert book.barcode not in western.get(page).content.decode()
    assert eastern.get(f"{page}?list=flows&month=2019-03").status_code == 200
    assert eastern.get(f"{page}?list=away").status_code == 200


def test_the_books_of_a_branch_that_was_closed_for_good_go_to_the_library_above_it(places):
    root, _main, east, west = places
    item, other, reader = make_item(node=east), make_item(node=east), make_patron(node=west)
    lend(item, reader, make_act(east))
    lend(other, reader, make_act(east))
    network.close_node(make_act(root), node=east, since=A_DAY)

    at_another_branch, above = take_back(item, make_act(west)), take_back(other, make_act(root))

    assert (at_another_branch.next_step, at_another_branch.destination) == (NextStep.SEND, root)
    assert (above.next_step, above.status) == (NextStep.SHELVE, ItemStatus.AVAILABLE)
    assert take_back(item, make_act(root)).next_step == NextStep.SHELVE  # and there the way ends
    assert differences() == []
