from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlan.activities.policies import (
    are_times_sound,
    has_place,
    is_countable_day,
    is_open_for_sign_up,
    is_programme_code,
    takes_place,
)
from wenlan.activities.types import Lesson, SessionStatus, SignUpStatus

START = datetime(2019, 3, 4, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("code", "sound"),
    [
        ("lecture.culture", True),
        ("lecture.0007", True),
        ("lecture.a-b_c", True),
        ("film.culture", False),
        ("lecture.", False),
        ("lecture.Culture", False),
        ("lecture.a.b", False),
        ("lectureXculture", False),
        ("lecture." + "a" * 60, False),
    ],
)
def test_a_programmes_code_begins_with_its_kind(code, sound):
    assert is_programme_code(code, "lecture") is sound


@given(st.integers(min_value=0, max_value=500), st.integers(min_value=0, max_value=500))
def test_a_larger_capacity_never_refuses_a_place_that_a_smaller_one_gives(taken, capacity):
    assert has_place(taken, None)
    assert has_place(taken, capacity) <= has_place(taken, capacity + 1)


@given(st.integers(min_value=-3, max_value=9))
def test_people_are_counted_on_days_of_the_session_that_have_come(offset):
    first = date(2019, 3, 4)
    day = first + timedelta(days=offset)

    countable = is_countable_day(day, first=first, last=first + timedelta(days=5), today=first + timedelta(days=3))

    assert countable is (0 <= offset <= 3)


@pytest.mark.parametrize(
    ("lessons", "sound"),
    [
        ([], True),
        ([(0, 1), (1, 2)], True),
        ([(1, 2), (0, 1)], False),
        ([(0, 2), (1, 3)], False),
        ([(2, 4)], False),
        ([(2, 1)], False),
    ],
)
def test_lessons_lie_within_their_class_in_order(lessons, sound):
    planned = [Lesson(starts_at=START + a * HOUR, ends_at=START + b * HOUR) for a, b in lessons]

    assert are_times_sound(START, START + 3 * HOUR, planned) is sound


def test_a_session_ends_after_it_starts():
    assert not are_times_sound(START, START, [])


def test_only_the_waiting_and_the_withdrawn_hold_no_place():
    assert {status for status in SignUpStatus if not takes_place(status)} == {
        SignUpStatus.WAITING,
        SignUpStatus.WITHDRAWN,
    }


def test_readers_sign_up_while_a_planned_session_is_not_over():
    assert is_open_for_sign_up(SessionStatus.PLANNED, ends_at=START + HOUR, now=START)
    assert not is_open_for_sign_up(SessionStatus.PLANNED, ends_at=START, now=START)
    assert not is_open_for_sign_up(SessionStatus.HELD, ends_at=START + HOUR, now=START)
