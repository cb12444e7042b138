"""Those who wait, when something else happens: they leave, a return is undone, a copy or a place goes away."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from wenlan.circulation import losing
from wenlan.circulation.errors import CannotUndo
from wenlan.circulation.operations import undo
from wenlan.circulation.reserving import operations, queries
from wenlan.circulation.testing import A_DAY, lend, make_act, make_rule, reserve, take_back
from wenlan.circulation.types import NextStep
from wenlan.circulation.verification import differences
from wenlan.credit.money import operations as money
from wenlan.credit.money import queries as charges
from wenlan.credit.testing import make_drawer
from wenlan.credit.testing import make_rule as charged_by_day
from wenlan.holdings import queries as items
from wenlan.holdings.testing import make_item
from wenlan.holdings.types import ItemStatus
from wenlan.network import operations as network
from wenlan.network.testing import make_network
from wenlan.patrons import operations as patrons
from wenlan.patrons import striking_off
from wenlan.patrons.families import queries as families
from wenlan.patrons.families.operations import bind as bond
from wenlan.patrons.testing import make_patron
from wenlan.staff.testing import make_member

pytestmark = pytest.mark.django_db
WAITING, TO_PICK, ON_THE_WAY, READY = "waiting", "to_pick", "on_the_way", "ready"


@pytest.fixture
def places() -> tuple[int, int, int]:
    """A network with two branches and one rule: 30 days, one renewal of 30."""
    root, east, west = make_network("EAST", "WEST")
    make_rule(root.id)
    return root.id, east.id, west.id


def state(one) -> str:
    return queries.reservation(one.id).state


@pytest.mark.parametrize("how", ["asked", "struck off"])
def test_who_leaves_waits_for_nothing_and_the_copy_goes_to_the_next(places, how):
    _, east, _ = places
    book, other = make_item(node=east), make_item(node=east)
    leaving, following, borrower = (make_patron(node=east) for _ in range(3))
    for item in (book, other):
        lend(item, borrower, make_act(east))
    on_shelf, waiting = (reserve(item, leaving, make_act(east)) for item in (book, other))
    behind = reserve(book, following, make_act(east))
    take_back(book, make_act(east))
    bond(make_act(east), holder=leaving.id, member=following.id, agreed=True)

    if how == "asked":
        patrons.deregister(make_act(east), patron=leaving.id)
    else:
        patrons.extend(make_act(east), patron=leaving.id, until=date(2019, 1, 31))
        rule = {"nodes": [east], "expired_before": date(2019, 2, 1), "reason": "过期"}
        striking_off.strike_off(make_act(east), **rule)

    assert [state(one) for one in (on_shelf, waiting, behind)] == ["cancelled", "cancelled", READY]
    assert take_back(other, make_act(east)).held is None
    assert families.family(following.id) == ()
    assert differences() == []


def test_a_copy_carried_off_from_its_hold_shelf_travels_back_to_its_reader(places):
    _, east, west = places
    book, reader = make_item(node=east), make_patron(node=east)
    lend(book, make_patron(node=east), make_act(east))
    kept = reserve(book, reader, make_act(east))
    take_back(book, make_act(east))

    found = take_back(book, make_act(west, A_DAY + timedelta(days=1)))
    on_the_way = queries.reservation(kept.id)
    back = take_back(book, make_act(east, A_DAY + timedelta(days=2)))

    assert (found.next_step, found.destination) == (NextStep.SEND, east)
    assert (on_the_way.state, on_the_way.pick_up_by) == (ON_THE_WAY, None)
    assert (back.next_step, back.held and back.held.patron) == (NextStep.HOLD, reader.id)
    assert queries.reservation(kept.id).ready_on == A_DAY + timedelta(days=2)
    lend(book, reader, make_act(east, A_DAY + timedelta(days=3)))
    assert differences() == []


def test_days_the_pick_up_point_was_shut_unforeseen_are_not_taken_from_the_reader(places):
    _, east, _ = places
    book = make_item(node=east)
    lend(book, make_patron(node=east), make_act(east))
    kept = reserve(book, make_patron(node=east), make_act(east))
    take_back(book, make_act(east))
    promised = queries.reservation(kept.id).pick_up_by
    shut, opens = A_DAY + timedelta(days=3), A_DAY + timedelta(days=33)
    network.close_days(make_act(east), node=east, start=shut, end=opens, reason={"zh": "停电"})

    def run(day: date) -> tuple[int, date | None]:
        ended = operations.expire(datetime.combine(day, time(2), UTC))
        return ended, queries.reservation(kept.id).pick_up_by

    later = promised + timedelta(days=30)
    assert run(promised + timedelta(days=1)) == (0, later)
    assert run(later) == (0, later)
    assert run(later + timedelta(days=1))[0] == 1
    assert state(kept) == "expired"


@pytest.mark.parametrize("pickup", [1, 2], ids=["kept here", "on its way"])
def test_who_waits_for_a_copy_that_is_found_damaged_waits_for_another(places, pickup):
    east = places[1]
    book, reader = make_item(node=east), make_patron(node=east)
    lend(book, make_patron(node=east), make_act(east))
    waits = reserve(book, reader, make_act(east), pickup=places[pickup])
    take_back(book, make_act(east))

    losing.report_damage(make_act(east), item=book.id, reason="浸水")

    assert items.item(book.id).status == ItemStatus.DAMAGED
    assert state(waits) == WAITING
    assert differences() == []


def test_a_return_is_not_undone_once_its_charge_was_paid(places):
    root, east, _ = places
    charged_by_day(root, charge_fen=10)
    book, late = make_item(node=east), A_DAY + timedelta(days=40)
    lend(book, make_patron(node=east), make_act(east))
    consequence = take_back(book, make_act(east, late, key="back")).consequence
    assert consequence is not None
    charge = charges.charge(consequence.charge or 0)
    cashier = make_act(east, late, staff=make_member(east, "finance").id)
    make_drawer(cashier)
    money.take(cashier, patron=charge.patron, taking=money.Taking(charges={charge.id: charge.open_fen}))

    with pytest.raises(CannotUndo):
        undo(make_act(east, late, seconds=30), key="back")

    assert items.item(book.id).status == ItemStatus.AVAILABLE


def test_an_undone_return_takes_the_item_back_from_who_asked_for_it_meanwhile(places):
    _, east, west = places
    book, reader = make_item(node=east), make_patron(node=east)
    lend(book, reader, make_act(east))
    take_back(book, make_act(east, key="back", seconds=10))
    asked = reserve(book, make_patron(node=west), make_act(west, seconds=20))

    undo(make_act(east, seconds=30), key="back")

    assert (asked.state, state(asked)) == (TO_PICK, WAITING)
    assert differences() == []


def test_a_return_is_not_undone_once_its_reader_has_left(places):
    _, east, _ = places
    book, reader = make_item(node=east), make_patron(node=east)
    lend(book, reader, make_act(east))
    take_back(book, make_act(east, key="back", seconds=10))
    patrons.deregister(make_act(east, seconds=20), patron=reader.id)

    with pytest.raises(CannotUndo):
        undo(make_act(east, seconds=30), key="back")

    assert items.item(book.id).status == ItemStatus.AVAILABLE
