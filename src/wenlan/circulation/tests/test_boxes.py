"""Return logistics (通还物流) from the machine's box to the shelf at home, and what differs on the way."""

from datetime import UTC, date, datetime, timedelta

import pytest

from wenlan.circulation.boxes import operations, queries
from wenlan.circulation.operations import undo
from wenlan.circulation.testing import lend, make_act, make_rule, make_special_rule, scan, take_back
from wenlan.circulation.transport import operations as crates
from wenlan.circulation.transport import queries as transport
from wenlan.circulation.transport.types import Flow
from wenlan.circulation.types import ItemRef, Returned
from wenlan.circulation.verification import differences
from wenlan.holdings import queries as items
from wenlan.holdings.testing import make_item
from wenlan.holdings.types import ItemView
from wenlan.kernel.acts import Channel
from wenlan.network.testing import make_network
from wenlan.patrons.testing import make_patron
from wenlan.staff.testing import signed_in
from wenlan.ui import clock

pytestmark = pytest.mark.django_db
MONDAY = date(2019, 3, 4)
MARCH = date(2019, 3, 1), date(2019, 4, 1)
PAGE = "/desk/circulation/transport/boxes/"


@pytest.fixture
def places(monkeypatch) -> tuple[int, int, int, int]:
    """A county library, two towns; books of the west stay where they are brought, the county's go by the east."""
    monkeypatch.setattr(clock, "now", lambda: at(3))
    root, main, east, west = make_network("MAIN", "EAST", "WEST")
    make_rule(root.id)
    make_special_rule(root.id, code="west-stays", owner=west.id, floats=True)
    return root.id, main.id, east.id, west.id


def at(days: int) -> datetime:
    return datetime(2019, 3, 4, 4, tzinfo=UTC) + timedelta(days=days)


def in_the_machine(book: ItemView, place: int, *, on: date = MONDAY, key: str = "") -> Returned:
    """Return a lent book to the machine K1 of a place."""
    lend(book, make_patron(node=place), make_act(book.shelved_at, on))
    act = make_act(place, on, key=key, seconds=60, channel=Channel.SIP2, device="K1")
    return take_back(book, act)


def codes(found) -> set[str]:
    return {one.barcode for one in found}


@pytest.mark.capability("V14")
def test_story_of_the_way_home(places):
    # On Monday the machine of the east takes four books in: of the east itself, of the west, which stays by its owner's
    # rule, and two of the county, which go home.
    root, main, east, west = places
    ours, stays, home, gone = (make_item(node=node) for node in (east, west, main, main))
    ways = [in_the_machine(book, east) for book in (ours, stays, home, gone)]
    assert [(one.next_step.value, one.destination) for one in ways] == [
        ("shelve", None), ("shelve", None), ("send", main), ("send", main),
    ]  # fmt: skip

    # On Thursday the box is three days old. One of the county's is not in it; one lies beside that nobody knew of.
    (box,) = queries.boxes([east], at(3))
    assert (box.device, box.items, box.days, box.emptied_at) == ("K1", 4, 3, None)
    stray = make_item(node=east)
    lend(stray, make_patron(node=east), make_act(east))
    found = [scan(book) for book in (ours, stays, home, stray)] + [ItemRef("nobody's")]
    act = make_act(east, date(2019, 3, 7), key="box")
    done = operations.empty(act, device="K1", scans=found)
    again = operations.empty(act, device="K1", scans=found)
    assert (codes(done.there), codes(done.missing)) == (codes([ours, stays, home]), codes([gone]))
    assert ([one.barcode for one in done.beside], [code for code, _why in done.unknown]) == (
        [stray.barcode], ["nobody's"],
    )  # fmt: skip
    assert (again.there, queries.in_the_box(device="K1", node=east, at=at(4))) == ((), ())

    # What goes to the county travels in a crate with its age; it is signed for on Friday.
    crate = crates.open_crate(make_act(east, date(2019, 3, 5)), code="7", to_node=main)
    crates.put_in(make_act(east, date(2019, 3, 7)), crate=crate.id, item=scan(home))
    assert [(one.code, one.items, one.days) for one in transport.crates([main], at(3))] == [("7", 1, 2)]
    crates.send(make_act(east, date(2019, 3, 8)), crate=crate.id, run="周五")
    crates.receive(make_act(main, date(2019, 3, 8)), crate=crate.id)
    assert items.item(home.id).status == "available"

    # What was not in the box is on its way for more than a week: it stands on the list. The month has its matrix.
    assert codes(transport.on_the_way([main], at(9), days=7)) == codes([gone])
    assert transport.on_the_way([main], at(5), days=7) == ()
    assert transport.flows(*MARCH, [root, main, east, west]) == (Flow(from_node=east, to_node=main, items=2),)
    assert differences() == []


def test_what_belongs_here_and_is_not_in_the_box_is_searched_for(places):
    _, _main, east, _west = places
    book, other = make_item(node=east), make_item(node=east)
    in_the_machine(book, east)
    in_the_machine(other, east, key="taken-back")
    undo(make_act(east, MONDAY, seconds=90, channel=Channel.SIP2, device="K1"), key="taken-back")

    done = operations.empty(make_act(east, MONDAY, seconds=3600), device="K1", scans=[])

    assert (codes(done.missing), items.item(book.id).status) == ({book.barcode}, "searched_for")
    assert items.item(other.id).status == "on_loan"
    assert differences() == []


def test_the_pages_of_the_boxes(places):
    _, main, east, _west = places
    book = make_item(node=main)
    in_the_machine(book, east)
    eastern, other = signed_in(east, "circulation"), signed_in(main, "circulation")

    listed = eastern.get(PAGE).content.decode()
    page = eastern.get(f"{PAGE}K1/").content.decode()
    done = eastern.post(f"{PAGE}K1/", {"scans": "", "key": "k"}).content.decode()
    elsewhere = other.get(f"{PAGE}K1/").content.decode()

    assert {"K1" in listed, book.barcode in page, "Not in the box:" in done} == {True}
    assert "By the machine's own account the box is empty." in elsewhere.replace("&#x27;", "'")
    assert book.barcode not in elsewhere
