"""How the openings of a day become shifts, and when two of them clash."""

from collections.abc import Iterable, Sequence
from datetime import time
from itertools import pairwise

from wenlan.circulation.roster.types import LONGEST_SHIFT, Span

STEP = 30  # minutes: shifts change on the half hour


def minutes(at: time) -> int:
    """Return the minutes since midnight."""
    return at.hour * 60 + at.minute


def at_minutes(count: int) -> time:
    """Return the time so many minutes after midnight."""
    return time(count // 60, count % 60)


def shifts(openings: Sequence[tuple[time, time]], *, longest: int = LONGEST_SHIFT) -> tuple[Span, ...]:
    """Return the shifts of a day: each opening whole, or parted on half hours when it is longer than `longest`."""
    found = []
    for opens, closes in openings:
        first, last = minutes(opens), minutes(closes)
        parts = -(-(last - first) // longest)
        length = -(-(last - first) // (parts * STEP)) * STEP
        edges = [*range(first, last, length), last]
        found += [Span(starts=at_minutes(a), ends=at_minutes(b)) for a, b in pairwise(edges)]
    return tuple(found)


def clashes(span: Span, others: Iterable[Span]) -> bool:
    """Return whether a span of a day overlaps one of the others."""
    return any(span.starts < other.ends and other.starts < span.ends for other in others)
