"""Changes to many items at once: looked at, run, and taken back."""

import pytest

from wenlan.circulation.testing import lend, make_act, make_rule
from wenlan.holdings import queries as items
from wenlan.holdings.batches import operations, queries
from wenlan.holdings.choosing import Selection, chosen, read_scans
from wenlan.holdings.errors import BatchEmpty
from wenlan.holdings.testing import make_item
from wenlan.holdings.types import Lending
from wenlan.network.testing import make_department, make_network
from wenlan.patrons.testing import make_patron
from wenlan.staff.testing import signed_in

pytestmark = pytest.mark.django_db


def test_story_of_a_shelf_that_moves_and_moves_back():
    # Forty books shall go to the reading room of the other branch. The preview shows them; one is lent before it runs
    # and one was changed by a colleague. Next day the move is taken back; what was touched since stays.
    _root, east, west = make_network("EAST", "WEST")
    make_rule(east.id)
    room = make_department(west.id).id
    books = [make_item(node=east.id, barcode=f"M{n:02d}") for n in range(40)]
    batch = operations.prepare(
        make_act(east.id, key="p"), items=[one.id for one in books], changes={"shelved_at": west.id, "department": room}
    )
    again = operations.prepare(make_act(east.id, key="p"), items=[books[0].id], changes={"lending": Lending.IN_HOUSE})
    lend(books[0], make_patron(node=east.id), make_act(east.id))
    colleague = operations.prepare(make_act(east.id), items=[books[1].id], changes={"shelved_at": west.id})
    operations.run(make_act(east.id), batch_id=colleague.id)

    assert items.item(books[2].id).shelved_at == east.id
    done = operations.run(make_act(east.id), batch_id=batch.id)
    assert (batch.id, batch.items, done.counts) == (again.id, 40, {"done": 38, "refused": 1, "skipped": 1})
    assert (items.item(books[2].id).shelved_at, items.item(books[2].id).department) == (west.id, room)
    touched = operations.prepare(make_act(west.id), items=[books[3].id], changes={"shelved_at": east.id})
    operations.run(make_act(west.id), batch_id=touched.id)
    second = operations.undo(make_act(east.id), batch_id=batch.id)
    twice = operations.undo(make_act(east.id), batch_id=batch.id)

    assert (second.id, second.counts, second.undoes) == (twice.id, {"done": 37, "skipped": 1}, batch.id)
    assert {items.item(one.id).shelved_at for one in books[2:]} == {east.id}
    assert items.item(books[1].id).shelved_at == west.id


def test_what_would_change_nothing_is_no_batch():
    east = make_network("EAST")[1].id
    item = make_item(node=east)

    with pytest.raises(BatchEmpty):
        operations.prepare(make_act(east), items=[item.id], changes={"lending": Lending.LENDABLE})


def test_items_are_chosen_by_scan_range_and_shelf_and_an_ambiguous_barcode_asks():
    _root, east, west = make_network("EAST", "WEST")
    one = make_item(node=east.id, barcode="A1", scope="E")
    other = make_item(node=west.id, barcode="A1", scope="W")
    third = make_item(node=east.id, barcode="A3")

    scans = chosen(Selection(scans=read_scans("A3, A1\nW:A1 A9")))
    by_number = chosen(Selection(owner=east.id, number_from="0000002", number_to="0000009"))
    by_shelf = chosen(Selection(nodes=frozenset({east.id}), class_start="I247"))

    assert (scans.ids, scans.unknown, scans.ambiguous) == ((third.id, other.id), ("A9",), ("A1",))
    assert scans.scopes == {"A1": ("E", "W")}
    assert by_number.ids == (third.id,)
    assert by_shelf.ids == (one.id, third.id)


def test_the_pages_show_before_and_after_and_leave_foreign_items_alone():
    _root, east, west = make_network("EAST", "WEST")
    ours, theirs = make_item(node=east.id, barcode="O1"), make_item(node=west.id, barcode="T1")
    client = signed_in(east.id, "stacks")

    nothing = client.post("/desk/items/batches/new/", {"scans": "O1"})
    made = client.post("/desk/items/batches/new/", {"scans": "O1\nT1\nX9", "lending": "in_house"})
    page = made.headers["Location"]
    shown = client.get(page).content.decode()
    client.post(f"{page}run")
    batch = queries.batches([east.id])[0]
    client.post(f"{page}undo")

    assert (nothing.status_code, batch.items, batch.counts) == (422, 1, {"done": 1})
    assert ("May be lent" in shown, "For use in the house" in shown) == (True, True)
    assert items.item(ours.id).lending == items.item(theirs.id).lending == Lending.LENDABLE
    assert client.get("/desk/items/batches/").content.decode().count("Has run") == 2
