"""Reservations from the wish to the hold shelf, told as at the desk, and their laws; requests from a shelf beside."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from wenlan.circulation.errors import CheckoutRefused, RenewalRefused
from wenlan.circulation.models import Reservation, Transit
from wenlan.circulation.operations import renew, undo
from wenlan.circulation.reserving import operations, policies, queries
from wenlan.circulation.reserving.errors import ReservationOver, ReservationRefused
from wenlan.circulation.reserving.types import ReservationKind, ReservationState
from wenlan.circulation.testing import (
    A_DAY,
    lend,
    make_act,
    make_rule,
    make_special_rule,
    reserve,
    scan,
    take_back,
)
from wenlan.circulation.transport import operations as crates
from wenlan.circulation.types import NextStep, Refusal
from wenlan.circulation.verification import differences
from wenlan.holdings import operations as holdings
from wenlan.holdings import queries as items
from wenlan.holdings.testing import make_item
from wenlan.holdings.types import ItemStatus, Lending, Transition
from wenlan.indicators import operations as indicators
from wenlan.indicators import queries as figures
from wenlan.kernel.acts import Channel
from wenlan.kernel.periods import Period
from wenlan.ledger import operations as ledger
from wenlan.network.testing import make_network, make_node, open_every_day
from wenlan.network.types import NodeKind
from wenlan.patrons.testing import make_patron

pytestmark = pytest.mark.django_db
Posted = apps.get_model("jobs", "Posted")
WAITING, TO_PICK, ON_THE_WAY, READY = "waiting", "to_pick", "on_the_way", "ready"


@pytest.fixture
def places() -> tuple[int, int, int]:
    """A network with two branches and one rule: 30 days, one renewal of 30."""
    root, east, west = make_network("EAST", "WEST")
    make_rule(root.id)
    return root.id, east.id, west.id


def state(one) -> str:
    return queries.reservation(one.id).state


def refused(item, reader, act, **more) -> tuple[Refusal, ...]:
    with pytest.raises(ReservationRefused) as caught:
        reserve(item, reader, act, **more)
    return caught.value.refusals


def notices() -> list[tuple[str, int]]:
    found = Posted.objects.filter(topic="notices").order_by("id")
    return [(row.payload["template"], row.payload["patron"]) for row in found]


def test_story_of_a_reservation(places):
    # Li has the only copy. Wang, who lives in the west, reserves it on the phone; Zhao comes second, in the east.
    _, east, west = places
    book = make_item(node=east)
    li, wang, zhao = (make_patron(node=east, name=name) for name in ("李雷", "王芳", "赵敏"))
    lend(book, li, make_act(east))
    first, second = reserve(book, wang, make_act(west, key="r1")), reserve(book, zhao, make_act(east))
    assert (first.kind, first.state, first.place_in_queue) == (ReservationKind.RESERVATION, WAITING, 1)
    assert (second.place_in_queue, reserve(book, wang, make_act(west, key="r1")).id) == (2, first.id)

    # Li cannot keep it longer, brings it back in the east, and it travels to Wang.
    with pytest.raises(RenewalRefused) as caught:
        renew(make_act(east), item=scan(book))
    assert caught.value.refusals == (Refusal.RESERVED,)
    returned = take_back(book, make_act(east, date(2019, 3, 6)))
    assert (returned.next_step, returned.destination, returned.held.patron) == (NextStep.SEND, west, wang.id)
    assert state(first) == ON_THE_WAY

    # On the way nobody gets it; in the west it goes to the hold shelf, seven open days long, and Wang is told.
    with pytest.raises(CheckoutRefused):
        lend(book, zhao, make_act(east, date(2019, 3, 7)))
    arrived = take_back(book, make_act(west, date(2019, 3, 8)))
    assert (arrived.next_step, arrived.held.pick_up_by) == (NextStep.HOLD, date(2019, 3, 15))
    assert items.item(book.id).status == ItemStatus.ON_HOLD_SHELF
    assert notices() == [("reservation_ready", wang.id)]
    assert differences() == []

    # It is not lent to Zhao, but to Wang, and Zhao is first in the queue.
    with pytest.raises(CheckoutRefused) as caught:
        lend(book, zhao, make_act(west, date(2019, 3, 9)))
    assert caught.value.refusals == (Refusal.ITEM_RESERVED,)
    lend(book, wang, make_act(west, date(2019, 3, 9)))
    assert (state(first), queries.reservation(second.id).place_in_queue) == ("collected", 1)

    # Wang brings it back where Zhao fetches: straight to the hold shelf. Two reservations were made, no request.
    back = take_back(book, make_act(east, date(2019, 3, 20)))
    assert (back.next_step, back.held.patron) == (NextStep.HOLD, zhao.id)
    indicators.fold()
    found = figures.figures(["reservations", "requests"], node=places[0], period=Period.year(2019))
    assert {code: figure.value for code, figure in found.items()} == {"reservations": 2, "requests": 0}
    assert differences() == []


@pytest.mark.capability("V15")
def test_story_of_a_request_from_a_shelf_elsewhere(places):
    # Two copies stand in the east. Wang in the west asks for the title: the nearest copy is on the east's pick list.
    _, east, west = places
    first_copy = make_item(node=east)
    second_copy = make_item(node=east, record=first_copy.record)
    wang = make_patron(node=west)
    wish = reserve(first_copy, wang, make_act(west))
    assert (wish.kind, wish.state, wish.item) == (ReservationKind.REQUEST, TO_PICK, first_copy.id)
    assert [one.id for one in queries.to_fetch([east])] == [wish.id]

    # It is not on its shelf: it is searched for, and the next copy takes its place on the list.
    other = operations.not_found(make_act(east), reservation=wish.id)
    assert (other.state, other.item) == (TO_PICK, second_copy.id)
    assert items.item(first_copy.id).status == ItemStatus.SEARCHED_FOR

    # Scanned at the desk it is sent to the west, travels in a crate, and is kept there for seven open days.
    fetched = take_back(second_copy, make_act(east, date(2019, 3, 5)))
    assert (fetched.was_on_loan, fetched.next_step, fetched.destination) == (False, NextStep.SEND, west)
    assert queries.to_fetch([east]) == ()
    crate = crates.open_crate(make_act(east, date(2019, 3, 5)), code="12", to_node=west)
    crates.put_in(make_act(east, date(2019, 3, 5)), crate=crate.id, item=scan(second_copy))
    crates.send(make_act(east, date(2019, 3, 5)), crate=crate.id)
    crates.receive(make_act(west, date(2019, 3, 6)), crate=crate.id)
    assert [(one.patron, one.pick_up_by) for one in queries.hold_shelf([west])] == [(wang.id, date(2019, 3, 13))]
    assert Transit.objects.get().arrived_node_id == west

    # It was a request and no reservation, and figures tell the two apart.
    indicators.fold()
    found = figures.figures(["reservations", "requests"], node=places[0], period=Period.year(2019))
    assert {code: figure.value for code, figure in found.items()} == {"reservations": 0, "requests": 1}
    assert differences() == []


@pytest.mark.capability("C13")
def test_story_of_reservations_on_the_bus(places):
    # At a stop Zhang reserves a title, and of a set the second volume only, both to be fetched at the bus.
    root, east, _ = places
    bus = make_node("BUS", kind=NodeKind.BUS, parent=root).id
    novel, first = make_item(node=east), make_item(node=east)
    second = make_item(node=east, record=first.record)
    borrower, zhang = make_patron(node=east), make_patron(node=east)
    for one in (novel, first, second):
        lend(one, borrower, make_act(east))
    on_the_bus = make_act(bus, channel=Channel.BUS)
    title, volume = reserve(novel, zhang, on_the_bus), reserve(first, zhang, make_act(bus), item=second.id)

    # The first volume is nobody's; the novel and the second volume are sent to the bus, where Zhang fetches them.
    assert take_back(first, make_act(east, date(2019, 3, 5))).next_step == NextStep.SHELVE
    for one in (novel, second):
        assert take_back(one, make_act(east, date(2019, 3, 5))).destination == bus
        take_back(one, make_act(bus, date(2019, 3, 6)))
        lend(one, zhang, make_act(bus, date(2019, 3, 7), channel=Channel.BUS))

    assert [state(one) for one in (title, volume)] == ["collected", "collected"]
    assert differences() == []


def test_without_another_copy_a_request_that_was_not_found_waits(places):
    _, east, west = places
    only = make_item(node=east)
    wish = reserve(only, make_patron(node=west), make_act(west))

    waiting = operations.not_found(make_act(east), reservation=wish.id)
    holdings.change_state(make_act(east), item=only.id, transition=Transition.FIND)
    found_again = operations.match(make_act(east).at)

    assert waiting.state == WAITING
    assert found_again == 0, "what was passed over is not fetched again"
    with pytest.raises(ReservationOver):
        operations.not_found(make_act(east), reservation=wish.id)


def test_the_nearest_free_copy_is_fetched(places):
    _, east, west = places
    far = make_item(node=east)
    near = make_item(node=west, record=far.record)

    assert reserve(far, make_patron(node=west), make_act(west)).item == near.id
    assert reserve(far, make_patron(node=west), make_act(west)).item == far.id
    assert reserve(far, make_patron(node=west), make_act(west)).kind == ReservationKind.RESERVATION


def test_every_reason_against_a_reservation_is_said(places):
    root, east, _ = places
    make_special_rule(root, reservations=1)
    reader = make_patron(node=east)
    lent, for_the_house = make_item(node=east), make_item(node=east, lending=Lending.IN_HOUSE)
    lend(lent, reader, make_act(east))
    reserve(make_item(node=east), reader, make_act(east))

    assert refused(lent, reader, make_act(east)) == (Refusal.RESERVATION_LIMIT_REACHED, Refusal.ALREADY_BORROWED)
    assert refused(for_the_house, make_patron(node=east), make_act(east)) == (Refusal.NOTHING_TO_RESERVE,)
    assert Reservation.objects.count() == 1
    assert differences() == []


def test_a_reservation_of_one_copy_waits_for_that_copy_only(places):
    _, east, _ = places
    first = make_item(node=east)
    second = make_item(node=east, record=first.record)
    borrower, reader = make_patron(node=east), make_patron(node=east)
    for one in (first, second):
        lend(one, borrower, make_act(east))
    wish = reserve(first, reader, make_act(east), item=second.id)

    assert take_back(first, make_act(east)).next_step == NextStep.SHELVE
    assert take_back(second, make_act(east)).next_step == NextStep.HOLD
    assert state(wish) == READY


def test_a_reservation_within_a_branch_waits_for_its_copies_only(places):
    _, east, west = places
    eastern = make_item(node=east)
    western = make_item(node=west, record=eastern.record)
    borrower = make_patron(node=east)
    for one in (eastern, western):
        lend(one, borrower, make_act(east))
    wish = reserve(eastern, make_patron(node=east), make_act(east), within=west)

    assert take_back(eastern, make_act(east)).held is None
    assert take_back(western, make_act(east)).held.reservation == wish.uid


def test_a_resting_reservation_lets_the_next_pass_and_keeps_its_place(places):
    _, east, _ = places
    book = make_item(node=east)
    lend(book, make_patron(node=east), make_act(east))
    first, second = (reserve(book, make_patron(node=east), make_act(east)) for _ in range(2))
    operations.suspend(make_act(east), reservation=first.id, until=date(2019, 3, 10))

    take_back(book, make_act(east, date(2019, 3, 10)))

    assert (state(first), state(second)) == (WAITING, READY)
    assert queries.reservation(first.id).place_in_queue == 1


def test_what_is_not_collected_goes_to_the_next_in_line(places):
    _, east, west = places
    book = make_item(node=east)
    lend(book, make_patron(node=east), make_act(east))
    first, second, third = (
        reserve(book, make_patron(node=east), make_act(east), pickup=place) for place in (east, east, west)
    )
    take_back(book, make_act(east))
    last_day = queries.reservation(first.id).pick_up_by

    assert operations.expire(make_act(east, last_day).at) == 0
    assert operations.expire(make_act(east, last_day + timedelta(days=1)).at) == 1
    assert (state(first), state(second), items.item(book.id).status) == ("expired", READY, ItemStatus.ON_HOLD_SHELF)
    operations.cancel(make_act(east, last_day + timedelta(days=2)), reservation=second.id)

    # The third fetches in the west: the copy is free, on the pick list of the east, and its scan sends it there.
    assert (state(third), items.item(book.id).status) == (TO_PICK, ItemStatus.AVAILABLE)
    assert [one.id for one in queries.to_fetch([east])] == [third.id]
    assert take_back(book, make_act(east, last_day + timedelta(days=2))).destination == west
    assert differences() == []


def test_a_cancelled_reservation_whose_copy_travels_lets_it_go_home(places):
    _, east, west = places
    book, reader = make_item(node=east), make_patron(node=west)
    lend(book, make_patron(node=east), make_act(east))
    wish = reserve(book, reader, make_act(west))
    take_back(book, make_act(east))

    operations.cancel(make_act(west), reservation=wish.id)
    arrived = take_back(book, make_act(west, date(2019, 3, 5)))

    assert (arrived.next_step, arrived.destination) == (NextStep.SEND, east)
    assert take_back(book, make_act(east, date(2019, 3, 6))).next_step == NextStep.SHELVE
    assert differences() == []


def test_undoing_a_return_puts_the_reservation_back_and_undoing_a_loan_the_hold(places):
    _, east, _ = places
    book, reader = make_item(node=east), make_patron(node=east)
    lend(book, make_patron(node=east), make_act(east))
    wish = reserve(book, reader, make_act(east))
    take_back(book, make_act(east, key="in", seconds=10))

    undo(make_act(east, seconds=20), key="in")
    after_return = state(wish), items.item(book.id).status
    take_back(book, make_act(east, seconds=30))
    lend(book, reader, make_act(east, key="out", seconds=40))
    undo(make_act(east, seconds=50), key="out")

    assert after_return == (WAITING, ItemStatus.ON_LOAN)
    assert (state(wish), items.item(book.id).status) == (READY, ItemStatus.ON_HOLD_SHELF)
    assert differences() == []


def test_a_copy_lent_over_the_counter_is_no_longer_fetched_for_another(places):
    _, east, west = places
    book, waiting = make_item(node=east), make_patron(node=west)
    wish = reserve(book, waiting, make_act(west))

    lend(book, make_patron(node=east), make_act(east))
    back = take_back(book, make_act(east, date(2019, 3, 9)))

    assert back.held.patron == waiting.id
    assert state(wish) == ON_THE_WAY


def test_a_copy_that_comes_new_is_fetched_for_who_waits(places):
    _, east, west = places
    book = make_item(node=east)
    lend(book, make_patron(node=east), make_act(east))
    wish = reserve(book, make_patron(node=west), make_act(west))

    new = make_item(node=east, record=book.record)

    assert operations.match(make_act(east).at) == 1
    assert queries.reservation(wish.id).item == new.id
    assert take_back(new, make_act(east)).destination == west


STATEMENTS = {
    "sqlite": {"hold": 9, "collect": 10},
    "postgresql": {"hold": 6, "collect": 7},
}


def test_a_return_that_somebody_waits_for_costs_a_fixed_number_of_statements(places):
    _, east, _ = places
    ledger.ensure_token_keys(A_DAY.year)
    spent: dict[str, list[int]] = {"hold": [], "collect": []}
    for _ in range(3):  # the first reads rules and tree, once a process
        book, reader = make_item(node=east), make_patron(node=east)
        lend(book, make_patron(node=east), make_act(east))
        reserve(book, reader, make_act(east))
        with CaptureQueriesContext(connection) as hold:
            take_back(book, make_act(east))
        with CaptureQueriesContext(connection) as collect:
            lend(book, reader, make_act(east))
        for name, found in (("hold", hold), ("collect", collect)):
            said = [q for q in found.captured_queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]
            spent[name].append(len(said))

    expected = STATEMENTS[connection.vendor]
    assert {name: counts[1:] for name, counts in spent.items()} == {name: [n, n] for name, n in expected.items()}


@given(
    days=st.integers(1, 30),
    shut=st.frozensets(st.integers(1, 60), max_size=40),
    arrived=st.dates(date(2015, 1, 1), date(2030, 1, 1)),
)
def test_the_last_day_of_pick_up_leaves_as_many_open_days_as_promised(days, shut, arrived):
    closed = {arrived + timedelta(days=offset) for offset in shut}

    last = policies.last_pick_up_day(arrived_on=arrived, hold_days=days, is_open=lambda day: day not in closed)

    between = [arrived + timedelta(days=passed) for passed in range(1, (last - arrived).days + 1)]
    assert len([day for day in between if day not in closed]) == days
    assert last not in closed


def test_pick_up_days_follow_the_calendar_of_the_pick_up_point(places):
    root, east, _ = places
    open_every_day(east, 0)  # on Mondays only
    make_special_rule(root, hold_days=2)
    book = make_item(node=east)
    lend(book, make_patron(node=east), make_act(east))
    reserve(book, make_patron(node=east), make_act(east))

    assert take_back(book, make_act(east)).held.pick_up_by == date(2019, 3, 18)


def test_reservations_go_with_their_reader_when_two_accounts_become_one(places):
    _, east, _ = places
    kept_book, waited_for = make_item(node=east), make_item(node=east)
    other, gone, stays = (make_patron(node=east) for _ in range(3))
    for one in (kept_book, waited_for):
        lend(one, other, make_act(east))
        reserve(one, gone, make_act(east))
    take_back(kept_book, make_act(east))

    operations.hand_over(gone.id, stays.id)

    assert [one.patron for one in queries.hold_shelf([east])] == [stays.id]
    assert differences() == []
    lend(kept_book, stays, make_act(east))
    assert take_back(waited_for, make_act(east)).held.patron == stays.id


def test_ended_reservations_forget_their_reader_after_a_time(places):
    _, east, _ = places
    book, reader = make_item(node=east), make_patron(node=east)
    lend(book, make_patron(node=east), make_act(east))
    ended = operations.cancel(make_act(east), reservation=reserve(book, reader, make_act(east)).id)
    open_one = reserve(book, reader, make_act(east))

    forgotten = [operations.forget_ended(before=make_act(east, date(2019, 7, 1)).at) for _ in range(2)]

    assert forgotten == [1, 0]
    assert [queries.reservation(one.id).patron for one in (ended, open_one)] == [0, reader.id]
    assert differences() == []


def test_states_are_named_for_people():
    assert [one.value for one in ReservationState if not one.label] == []
    assert datetime.combine(A_DAY, time(2), UTC).date() == A_DAY
