"""The rules of counting visits: pure functions."""

from datetime import date

from wenlan.facilities.types import Direction


def visits_of(passages: int, direction: Direction) -> int:
    """Return the visits behind a counter's number: half of it, rounded down, where exits are counted too."""
    return passages // 2 if direction is Direction.TWO_WAY else passages


def is_in_use(day: date, *, from_day: date, until_day: date | None) -> bool:
    """Tell whether a gate stood on the day (half-open span)."""
    return from_day <= day and (until_day is None or day < until_day)
