"""The rules of activities: pure functions."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from wenlan.activities.types import Lesson, SessionStatus, SignUpStatus

CODE_LENGTH = 60


def is_programme_code(code: str, kind: str) -> bool:
    """Tell whether `code` is `<kind>.<name>`, so that a sum by kind is a sum by the head of the code."""
    return len(code) <= CODE_LENGTH and bool(re.fullmatch(re.escape(kind) + r"\.[a-z0-9][a-z0-9_-]*", code))


def are_times_sound(starts_at: datetime, ends_at: datetime, lessons: Sequence[Lesson]) -> bool:
    """Tell whether the end follows the start and every lesson lies within, in order."""
    edges = [starts_at, *(edge for lesson in lessons for edge in (lesson.starts_at, lesson.ends_at)), ends_at]
    return starts_at < ends_at and edges == sorted(edges)


def is_countable_day(day: date, *, first: date, last: date, today: date) -> bool:
    """Tell whether people may be counted for `day`: a day of the session that has come."""
    return first <= day <= min(last, today)


def has_place(places_taken: int, capacity: int | None) -> bool:
    """Tell whether one more reader fits; no capacity is no limit."""
    return capacity is None or places_taken < capacity


def takes_place(status: SignUpStatus) -> bool:
    """Tell whether a sign-up in this state holds one of the places."""
    return status in (SignUpStatus.PLACED, SignUpStatus.CHECKED_IN, SignUpStatus.NO_SHOW)


def is_open_for_sign_up(status: SessionStatus, *, ends_at: datetime, now: datetime) -> bool:
    """Tell whether readers may still sign up: planned, and not over."""
    return status is SessionStatus.PLANNED and now < ends_at
