"""What has to be asked about a line before it is taken in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from wenlan.circulation.paper.types import Doubt, Written

LONG_AGO_DAYS = 366
MOST_VOLUMES, MOST_PERSONS = 50, 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFacts:
    """All that is asked about a line. `month` is that of its page, None without a page."""

    day: date
    today: date
    month: date | None
    same_lines: int
    same_acts: int
    visits_counted: int


RULES: tuple[tuple[Doubt, Callable[[LineFacts], bool]], ...] = (
    (Doubt.TWICE, lambda f: f.same_lines > 0),
    (Doubt.IN_THE_BOOKS, lambda f: f.same_acts > 0),
    (Doubt.COUNTED_ALREADY, lambda f: f.visits_counted > 0),
    (Doubt.OFF_THE_PAGE, lambda f: f.month is not None and f.day.replace(day=1) != f.month),
    (Doubt.LONG_AGO, lambda f: (f.today - f.day).days > LONG_AGO_DAYS),
)


def doubts(facts: LineFacts) -> tuple[Doubt, ...]:
    """Return everything that a person has to confirm, in the order in which it is asked."""
    return tuple(doubt for doubt, holds in RULES if holds(facts))


def is_empty(what: str, *, quantity: int, item: str) -> bool:
    """Tell whether a line says nothing that could be counted."""
    if what == Written.VISIT:
        return not 0 < quantity <= MOST_PERSONS
    return not item.strip() or not 0 < quantity <= MOST_VOLUMES


def late_month(day: date, entered_on: date) -> date | None:
    """Return the month that a line is late for: one that was over when it was copied; None for the running one."""
    month = day.replace(day=1)
    return month if month < entered_on.replace(day=1) else None
