"""Reads of tallies."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from wenlan.circulation.models import LendingTally

COLUMNS = ("from_day", "day", "loans", "persons", "told_by", "at", "by")


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyView:
    """A tally that stands."""

    node: int
    from_day: date
    day: date
    loans: int
    persons: int
    told_by: str
    at: datetime
    by: str


def tallies(nodes: Collection[int], *, limit: int = 100) -> tuple[TallyView, ...]:
    """Return the tallies of the places that stand, the latest first (one statement)."""
    rows = LendingTally.objects.filter(node__in=nodes, replaced_at=None).order_by("-day", "-id")[:limit]
    return tuple(TallyView(node=row.node_id, **{name: getattr(row, name) for name in COLUMNS}) for row in rows)
