"""Rules of volunteering as pure functions."""

from datetime import date

from wenlan.volunteers.types import FULL_AGE, LONGEST_SERVICE


def needs_guardian(age: int | None) -> bool:
    """Return whether a guardian has to agree; who gave no date of birth is taken at their word."""
    return age is not None and age < FULL_AGE


def is_service_sound(*, minutes: int, day: date, today: date) -> bool:
    """Return whether a service can have been: it lasted, no longer than a day, and its day has come."""
    return 0 < minutes <= LONGEST_SERVICE and day <= today


def served_on(day: date, *, joined_on: date | None, ended_on: date | None) -> bool:
    """Return whether somebody was a volunteer on a day; the last day counts."""
    return joined_on is not None and joined_on <= day and (ended_on is None or day <= ended_on)
