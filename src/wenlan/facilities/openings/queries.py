"""Reads of openings."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from wenlan.facilities.openings import policies
from wenlan.facilities.openings.models import Opening
from wenlan.facilities.openings.types import OpeningSums, OpeningView

MANY_PLACES = 30
MOST = 500


def standing(node: int) -> OpeningView | None:
    """Return the opening of a place that nobody has signed out of (one statement)."""
    row = Opening.objects.filter(node=node, closed_at=None).first()
    return opening_view(row) if row else None


def of_day(node: int, day: date) -> tuple[OpeningView, ...]:
    """Return the openings of a place on a day, in their order (one statement)."""
    return tuple(opening_view(row) for row in Opening.objects.filter(node=node, day=day).order_by("opened_at"))


def of_places(nodes: Collection[int], *, start: date, end: date) -> tuple[OpeningView, ...]:
    """Return the openings of some places in `[start, end)`, the latest first, at most 500 (one statement)."""
    rows = Opening.objects.filter(node__in=nodes, day__gte=start, day__lt=end).order_by("-opened_at")
    return tuple(opening_view(row) for row in rows[:MOST])


def sums(nodes: Collection[int], *, start: date, end: date) -> dict[int, OpeningSums]:
    """Return what the openings in `[start, end)` come to, by place (one statement)."""
    days: dict[int, set[date]] = {}
    found: dict[int, OpeningSums] = {}
    rows = Opening.objects.filter(node__in=nodes, day__gte=start, day__lt=end)
    for row in rows.iterator():
        seen = opening_view(row)
        days.setdefault(seen.node, set()).add(seen.day)
        before = found.get(seen.node, OpeningSums(node=seen.node))
        found[seen.node] = replace(
            before,
            days=len(days[seen.node]),
            minutes=before.minutes + seen.minutes,
            far=before.far + seen.is_far,
            unplaced=before.unplaced + (not seen.has_position),
            told=before.told + seen.is_told,
        )
    return found


def usual_place(node: int) -> policies.Place | None:
    """Return where a place is, by its last openings (one statement)."""
    rows = Opening.objects.filter(node=node, latitude__isnull=False).order_by("-opened_at")
    known = rows.values_list("latitude", "longitude")[:MANY_PLACES]
    return policies.usual_place([(one, other) for one, other in known if one is not None and other is not None])


def opening_view(row: Opening) -> OpeningView:
    """Return what others may see of an opening."""
    return OpeningView(
        uid=row.uid,
        node=row.node_id,
        day=row.day,
        opened_at=row.opened_at,
        by=row.by,
        closed_at=row.closed_at,
        is_told=row.is_told,
        has_position=row.latitude is not None,
        no_position=row.no_position,
        metres_off=row.metres_off,
        is_far=policies.is_far(row.metres_off, row.accuracy_m),
    )
