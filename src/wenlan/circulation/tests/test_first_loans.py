"""What is lent before it is catalogued: one loan, then its place, then processing."""

import pytest

from wenlan.circulation.errors import CheckoutRefused
from wenlan.circulation.operations import undo
from wenlan.circulation.testing import lend, make_act, make_rule, take_back
from wenlan.circulation.types import NextStep, Refusal
from wenlan.holdings import queries as items
from wenlan.holdings.operations import change_state
from wenlan.holdings.testing import make_item
from wenlan.holdings.types import ItemStatus, Lending, Transition
from wenlan.network.testing import make_network
from wenlan.patrons.testing import make_patron

pytestmark = pytest.mark.django_db


@pytest.fixture
def places() -> tuple[int, int, int]:
    """A network with two branches and one rule: 30 days, one renewal of 30."""
    root, east, west = make_network("EAST", "WEST")
    make_rule(root.id)
    return root.id, east.id, west.id


def test_an_item_lent_before_it_was_catalogued_ends_its_first_loan_in_processing(places):
    _, east, west = places
    make_rule(west, code="west-floats", floats=True)
    item, reader = make_item(node=east, lending=Lending.FIRST_LOAN), make_patron(node=east)
    lend(item, reader, make_act(east))

    returned = take_back(item, make_act(west))
    arrived = take_back(item, make_act(east, key="arrived"))
    with pytest.raises(CheckoutRefused) as caught:
        lend(item, reader, make_act(east))
    finished = change_state(make_act(east), item=item.id, transition=Transition.FINISH)

    assert (returned.next_step, returned.destination) == (NextStep.SEND, east)
    assert (arrived.next_step, arrived.status) == (NextStep.PROCESS, ItemStatus.IN_PROCESSING)
    assert caught.value.refusals == (Refusal.ITEM_IN_PROCESSING,)
    assert (finished.status, finished.lending) == (ItemStatus.AVAILABLE, Lending.LENDABLE)
    lend(item, reader, make_act(east))
    assert take_back(item, make_act(east)).next_step == NextStep.SHELVE


def test_a_first_loan_that_ended_here_is_answered_again_and_undone(places):
    _, east, _ = places
    item = make_item(node=east, lending=Lending.FIRST_LOAN)
    lend(item, make_patron(node=east), make_act(east))

    first = take_back(item, make_act(east, key="back"))
    again = take_back(item, make_act(east, key="back"))
    undo(make_act(east, seconds=5), key="back")

    assert (again.next_step, again.status, again.was_repeated) == (first.next_step, first.status, True)
    assert first.next_step == NextStep.PROCESS
    assert items.item(item.id).status == ItemStatus.ON_LOAN
