"""The stock is the owner's, whoever catalogues, weeds or signs; what was told elsewhere is told there."""

import pytest

from wenlan.catalogue.testing import make_record
from wenlan.circulation.testing import make_act
from wenlan.holdings import operations, states
from wenlan.holdings.restating import tell_at_owners
from wenlan.holdings.types import NewItem, Transition
from wenlan.holdings.verification import differences
from wenlan.indicators import operations as cubes
from wenlan.indicators.queries import figures
from wenlan.kernel.periods import Period
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.ledger.models import ServiceEvent
from wenlan.ledger.types import ItemDimensions
from wenlan.network.testing import make_network

YEAR = Period.year(2019)


@pytest.fixture
def places(db):
    ledger.load_measures()
    root, east = make_network("EAST")
    return root.id, east.id


def stock(*nodes):
    """The year's additions, and the stock at its end, of each place with all below it."""
    cubes.fold()
    found = []
    for node in nodes:
        by_code = figures(("additions", "stock_held"), node=node, period=YEAR)
        found.append((int(by_code["additions"].value or 0), int(by_code["stock_held"].value or 0)))
    return found


def test_a_branchs_books_are_its_own_though_the_centre_catalogues_and_weeds_them(places):
    centre, east = places
    record = make_record(centre, "三体").id
    act = make_act(centre, key="a")
    new = [NewItem(record=record, barcode=f"E{one}", owner=east) for one in range(3)]
    ids = operations.accession_many(act, items=[*new, NewItem(record=record, barcode="C1", shelved_at=east)])

    assert stock(centre, east) == [(4, 4), (3, 3)]
    rows = states.lock_items(ids[:1])
    states.change(act, list(rows.values()), Transition.SET_ASIDE, reason="x")
    operations.deregister(make_act(centre, key="b"), list(rows.values()), reason="剔旧")

    assert stock(centre, east) == [(4, 3), (3, 2)]
    assert set(ServiceEvent.objects.filter(owner_node=east).values_list("node", flat=True)) == {east}
    assert differences() == []


def test_what_earlier_versions_told_at_the_centre_is_told_at_the_owner(places):
    centre, east = places
    what = ItemDimensions(material="book", main_class="I", audience="", language="chi", owner_node=east)
    ledger.record(make_act(centre), Kind.STOCK_ACCESSIONED, item=what, subject="purchase", source="item:0190")
    old = ServiceEvent.objects.get()
    assert stock(centre, east) == [(1, 1), (0, 0)]

    assert (tell_at_owners(make_act(centre)), tell_at_owners(make_act(centre))) == (1, 0)

    assert stock(centre, east) == [(1, 1), (1, 1)]
    new = ServiceEvent.objects.get(node=east)
    assert (new.day, new.subject, new.item_class, new.owner_node) == (old.day, "purchase", "I", east)
