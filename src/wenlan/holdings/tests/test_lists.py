"""Each list of the items' desk costs as many statements for three rows as for one, and hides what lies elsewhere."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wenlan.circulation.testing import make_act
from wenlan.holdings import operations
from wenlan.holdings.batches import operations as batches
from wenlan.holdings.handovers import operations as handovers
from wenlan.holdings.handovers.operations import Destination
from wenlan.holdings.stocktaking import operations as stocktaking
from wenlan.holdings.stocktaking.operations import Scope
from wenlan.holdings.testing import make_item
from wenlan.holdings.types import Lending, NewTreatment, TreatmentKind
from wenlan.holdings.weeding import operations as weeding
from wenlan.network.testing import make_network
from wenlan.staff.testing import signed_in

pytestmark = pytest.mark.django_db
LISTS = ("batches", "handovers", "weeding", "counts", "treatments")


def fill(node: int, other: int) -> None:
    moved, weeded, torn = (make_item(node=node) for _ in range(3))
    batches.prepare(make_act(node), items=[moved.id], changes={"lending": Lending.IN_HOUSE})
    handovers.make(make_act(node), to=Destination(node=other), items=[moved.id])
    weeding.propose(make_act(node), owner=node, items={weeded.id: "worn"})
    stocktaking.open_count(make_act(node), name="盘点", scope=Scope(node=node))
    work = NewTreatment(kind=TreatmentKind.REPAIR, work="补")
    operations.send_for_treatment(make_act(node), item=torn.id, treatment=work)


@pytest.mark.parametrize("name", LISTS)
def test_three_rows_cost_as_many_statements_as_one(name):
    _root, east, west = make_network("EAST", "WEST")
    client, costs = signed_in(east.id, "stacks"), []

    for _ in range(2):
        fill(east.id, west.id)
        client.get(f"/desk/items/{name}/")
        with CaptureQueriesContext(connection) as asked:
            page = client.get(f"/desk/items/{name}/").content.decode()
        costs.append(len(asked))
        fill(east.id, west.id)

    assert "<tbody>" in page
    assert costs[0] == costs[1]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_shows_nothing_of_another_branch(name):
    _root, east, west, south = make_network("EAST", "WEST", "SOUTH")
    fill(east.id, south.id)

    assert "<tbody>" not in signed_in(west.id, "stacks").get(f"/desk/items/{name}/").content.decode()
