"""A room is signed open and shut by place and time; who comes in is counted by hand where no gate does."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlan.facilities import verification
from wenlan.facilities.openings import errors, operations, policies, queries
from wenlan.facilities.openings.types import NoPosition, Position
from wenlan.facilities.tallies import operations as tallies
from wenlan.facilities.tallies.errors import GateCountsHere, NothingToTakeBack, TallyWrong
from wenlan.facilities.testing import counted, make_act, make_gate, make_library
from wenlan.network import queries as network
from wenlan.network.testing import make_node
from wenlan.network.types import NodeKind
from wenlan.staff.testing import signed_in
from wenlan.ui import clock

MONDAY = date(2019, 3, 4)
ROOM = Position(latitude=35.775, longitude=113.28, accuracy_m=20)
IN_TOWN = Position(latitude=35.70, longitude=113.28, accuracy_m=50)  # 8.3 km south


@pytest.fixture
def room(db):
    """A village room under a library."""
    return make_node(parent=make_library(), kind=NodeKind.VILLAGE_ROOM).id


def at(node, day, hour, **more):
    """Return an act at an hour of the clock in China."""
    return replace(make_act(node, day, **more), at=datetime(day.year, day.month, day.day, hour - 8, tzinfo=UTC))


def test_a_day_open_is_a_day_and_its_hours(room):
    opened = operations.open_room(at(room, MONDAY, 9, key="in"), position=ROOM)
    again = operations.open_room(at(room, MONDAY, 9, key="in"), position=ROOM)
    with pytest.raises(errors.OpenAlready):
        operations.open_room(at(room, MONDAY, 10), position=ROOM)
    closed = operations.close_room(at(room, MONDAY, 12, key="out"))
    operations.close_room(at(room, MONDAY, 12, key="out"))
    operations.open_room(at(room, MONDAY, 15), no_position=NoPosition.NO_SIGNAL)
    operations.close_room(at(room, MONDAY, 17))

    assert opened == again
    assert (closed.minutes, queries.standing(room)) == (180, None)
    assert counted("place.opened", node=room, subject="day") == 1
    assert counted("place.opened", node=room, subject="minutes") == 300
    sums = queries.sums([room], start=MONDAY, end=MONDAY + timedelta(days=1))[room]
    assert (sums.days, sums.hours, sums.unplaced) == (1, 5.0, 1)
    assert verification.differences() == []


def test_neither_a_place_nor_a_reason_is_refused(room):
    with pytest.raises(errors.PositionMissing):
        operations.open_room(at(room, MONDAY, 9), no_position="tired")

    assert counted("place.opened") == 0


def test_a_room_signed_from_the_town_is_far(room):
    for day in range(3):
        operations.open_room(at(room, MONDAY + timedelta(days=day), 9), position=ROOM)
        operations.close_room(at(room, MONDAY + timedelta(days=day), 12))

    far = operations.open_room(at(room, MONDAY + timedelta(days=3), 9), position=IN_TOWN)

    assert (far.is_far, round(far.metres_off, -2)) == (True, 8300)
    operations.close_room(at(room, MONDAY + timedelta(days=3), 12))
    assert not operations.open_room(at(room, MONDAY + timedelta(days=4), 9), position=ROOM).is_far


def test_who_forgot_to_sign_out_tells_the_hour_before_the_next_opening(room):
    operations.open_room(at(room, MONDAY, 9), position=ROOM)
    tuesday = MONDAY + timedelta(days=1)

    with pytest.raises(errors.NotClosed):
        operations.open_room(at(room, tuesday, 9), position=ROOM)
    for hour in (8, 24):
        told = datetime(2019, 3, 4, tzinfo=UTC) + timedelta(hours=hour - 8)
        with pytest.raises(errors.ClosingWrong):
            operations.close_room(at(room, tuesday, 9), told_at=told)
    closed = operations.close_room(at(room, tuesday, 9), told_at=datetime(2019, 3, 4, 9, 30, tzinfo=UTC))
    operations.open_room(at(room, tuesday, 9), position=ROOM)

    assert (closed.minutes, closed.is_told, closed.day) == (510, True, MONDAY)
    assert counted("place.opened", subject="minutes", estimated=True, day=MONDAY) == 510


def test_a_room_that_is_not_open_cannot_be_closed(room):
    with pytest.raises(errors.NotOpen):
        operations.close_room(at(room, MONDAY, 9))


places = st.tuples(st.floats(-80, 80), st.floats(-179, 179))


@given(one=places, other=places)
def test_distance_has_no_direction_and_none_to_itself(one, other):
    assert policies.metres_between(one, other) == policies.metres_between(other, one)
    assert policies.metres_between(one, one) == 0


def test_visits_are_counted_by_hand_once_and_taken_back(room):
    first = tallies.tally(at(room, MONDAY, 9, key="one"))
    tallies.tally(at(room, MONDAY, 9, key="one"))
    both = tallies.tally(at(room, MONDAY, 10, key="more"), persons=3)
    left = tallies.take_back(at(room, MONDAY, 11, key="back"))
    tallies.take_back(at(room, MONDAY, 11, key="back"))
    from_paper = tallies.tally(at(room, MONDAY, 12), persons=8, day=date(2019, 2, 28))

    assert (first, both, left, from_paper) == (1, 4, 1, 8)
    assert counted("visit.counted", node=room, day=MONDAY) == 1
    assert counted("visit.counted", node=room, day=date(2019, 2, 28)) == 8
    assert verification.differences() == []


def test_nobody_is_counted_beside_a_gate_nor_by_thousands(room):
    for persons in (0, 1001):
        with pytest.raises(TallyWrong):
            tallies.tally(at(room, MONDAY, 9), persons=persons)
    with pytest.raises(NothingToTakeBack):
        tallies.take_back(at(room, MONDAY, 9))
    make_gate(room)
    with pytest.raises(GateCountsHere):
        tallies.tally(at(room, MONDAY, 9))

    assert counted("visit.counted") == 0


def test_the_branch_sees_who_opened_when_and_who_never_did(room, monkeypatch):
    make_node(parent=room, kind=NodeKind.POINT)  # a second place, which never opens
    monkeypatch.setattr(clock, "today", lambda: MONDAY)
    operations.open_room(at(room, MONDAY, 9), position=ROOM)
    operations.close_room(at(room, MONDAY, 12))

    shown = signed_in(room, "branch_manager").get("/desk/visits/openings/")
    shown_elsewhere = signed_in(make_node(parent=network.root().id).id, "branch_manager").get(
        "/desk/visits/openings/?month=2019-13"
    )

    lines = [(line.sums.days, line.sums.hours) for line in shown.context["rooms"]]
    assert lines == [(1, 3.0), (0, 0.0)]
    assert shown.context["unopened"] == 1
    assert (shown_elsewhere.context["rooms"], shown_elsewhere.context["openings"]) == ([], [])
