"""Accession, states and withdrawal of items, and what is available where."""

from datetime import date

import pytest
from django.apps import apps

from wenlan.catalogue.testing import make_record
from wenlan.circulation.testing import lend, make_act, make_rule
from wenlan.holdings import operations, queries
from wenlan.holdings.errors import BarcodeTaken, ItemAmbiguous, ItemUnknown
from wenlan.holdings.models import Item
from wenlan.holdings.testing import make_item
from wenlan.holdings.types import Availability, ItemStatus, Lending, NewItem
from wenlan.holdings.verification import differences
from wenlan.kernel.acts import Channel
from wenlan.kernel.errors import NotFound
from wenlan.network.testing import make_network
from wenlan.patrons.testing import make_patron

pytestmark = pytest.mark.django_db
ServiceEvent = apps.get_model("ledger", "ServiceEvent")


@pytest.fixture
def places() -> tuple[int, int]:
    _, east, west = make_network("EAST", "WEST")
    return east.id, west.id


def test_accession_enters_the_stock_and_takes_what_the_record_says(places):
    east, west = places
    record = make_record(east, "三体", class_number="I247.55")
    act = make_act(west, date(2019, 3, 4), key="a1")

    made = operations.accession(act, item=NewItem(record=record.id, barcode=" zc1 ", owner=east, origin="purchase"))
    again = operations.accession(act, item=NewItem(record=record.id, barcode=" zc1 ", owner=east))

    assert made.id == again.id
    assert (made.owner_node, made.shelved_at, made.accession_number) == (east, east, "0000001")
    assert (made.main_class, made.material, made.language) == ("I", "book", "chi")
    assert made.call_number == "I247.55/1"
    event = ServiceEvent.objects.get(kind="stock.accessioned")
    assert (event.owner_node, event.node, event.subject, event.item_material) == (east, east, "purchase", "book")
    assert differences() == []


def test_accession_numbers_run_on_per_owner_and_titles_share_a_call_number(places):
    east, west = places
    first, second = make_record(east, "三体").id, make_record(east, "球状闪电").id
    batch = [
        NewItem(record=record, barcode=f"B{number}", owner=owner)
        for number, (record, owner) in enumerate([(first, east), (second, east), (first, west), (first, east)])
    ]

    ids = operations.accession_many(make_act(east, key="b"), items=batch)
    made = [queries.item(item_id) for item_id in ids]
    later = operations.accession(make_act(east), item=NewItem(record=second, barcode="B9"))

    assert [item.accession_number for item in made] == ["0000001", "0000002", "0000001", "0000003"]
    assert [item.call_number for item in made] == ["I247.55/1", "I247.55/2", "I247.55/1", "I247.55/1"]
    assert (later.accession_number, later.call_number) == ("0000004", "I247.55/2")


def test_a_refused_batch_writes_nothing(places):
    east, _ = places
    record = make_record(east).id
    make_item(node=east, barcode="TAKEN")

    for items in (
        [NewItem(record=record, barcode="N1"), NewItem(record=record, barcode="taken")],
        [NewItem(record=record, barcode="N1"), NewItem(record=record, barcode="n1")],
    ):
        with pytest.raises(BarcodeTaken):
            operations.accession_many(make_act(east), items=items)
    with pytest.raises(NotFound):
        operations.accession(make_act(east), item=NewItem(record=record + 999, barcode="N2"))

    assert Item.objects.count() == 1


def test_a_barcode_repeats_across_scopes_and_is_then_asked_about(places):
    east, west = places
    make_item(node=east, barcode="A1", scope="E")
    other = make_item(node=west, barcode="a1", scope="W")

    assert queries.item_by_barcode("A1", "W").id == other.id
    with pytest.raises(ItemAmbiguous):
        queries.item_by_barcode("A1")
    with pytest.raises(ItemUnknown):
        queries.item_by_barcode("A2")


@pytest.mark.capability("A16")
def test_stock_moves_between_places_and_keeps_its_owner(places):
    east, west = places
    item = make_item(node=east)

    moved = operations.relocate(make_act(east), item=item.id, shelved_at=west)

    assert (moved.owner_node, moved.shelved_at, moved.present_node) == (east, west, west)
    assert queries.stock([east], date(2019, 3, 4)) == {"book": 1}


def test_availability_tells_where_a_title_stands_and_can_be_borrowed(places):
    east, west = places
    make_rule(east)
    record = make_record(east).id
    lent = make_item(node=east, record=record)
    for lending in (Lending.LENDABLE, Lending.IN_HOUSE):
        make_item(node=east, record=record, lending=lending)
    make_item(node=west, record=record, status=ItemStatus.IN_PROCESSING)
    lend(lent, make_patron(node=east), make_act(east))

    found = queries.availability([record, record + 1])

    assert found == {
        record: (
            Availability(node=east, held=3, available=1, call_number="I247.55/1"),
            Availability(node=west, held=1, available=0, call_number="I247.55/1"),
        )
    }
    assert queries.available_records([record]) == {record}
    assert queries.available_records([record], [west]) == frozenset()


def test_the_opening_stock_comes_by_the_import_channel(places):
    east, _ = places
    record = make_record(east).id

    operations.accession(make_act(east, channel=Channel.IMPORT), item=NewItem(record=record, barcode="OLD1"))

    assert ServiceEvent.objects.get(kind="stock.accessioned").channel == "import"
