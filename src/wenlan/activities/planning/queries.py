"""Reads of a year's plan, with what was held."""

from collections.abc import Collection
from datetime import date
from typing import Any

from wenlan.activities import queries as activities
from wenlan.activities.planning import policies
from wenlan.activities.planning.models import PlanItem
from wenlan.activities.planning.types import PlanItemView
from wenlan.activities.types import SessionStatus, SessionView
from wenlan.kernel.errors import NotFound
from wenlan.kernel.periods import Period
from wenlan.network import queries as network

MOST_SESSIONS = 20_000


def items(nodes: Collection[int], year: int, *, on: date) -> tuple[PlanItemView, ...]:
    """Return the items of some places due in a year, by the day, with their progress (three statements)."""
    rows = PlanItem.objects.filter(node__in=nodes, due_on__year=year).order_by("due_on", "id")
    return tuple(_with_progress(list(rows), year, on))


def item(item_id: int, *, on: date) -> PlanItemView:
    """Return an item with its progress. Raises NotFound."""
    row = PlanItem.objects.filter(pk=item_id).first()
    if row is None:
        raise NotFound(what=str(item_id))
    return _with_progress([row], row.due_on.year, on)[0]


def _with_progress(rows: list[PlanItem], year: int, on: date) -> list[PlanItemView]:
    places = {row.pk: network.subtree(row.node_id, min(on, row.due_on)) for row in rows}
    nodes = frozenset().union(*places.values())
    found = activities.sessions(nodes, Period.year(year), limit=MOST_SESSIONS) if rows else ()
    return [_view(row, [one for one in found if _counts(row, one, places[row.pk])], on) for row in rows]


def _counts(row: PlanItem, one: SessionView, places: Collection[int]) -> bool:
    day = activities.day_of(one)
    return one.kind == row.kind and one.node in places and day.year == row.due_on.year and day <= row.due_on


def _view(row: PlanItem, found: list[SessionView], on: date) -> PlanItemView:
    held = [one for one in found if one.status == SessionStatus.HELD]
    planned = sum(one.status == SessionStatus.PLANNED and activities.day_of(one) >= on for one in found)
    persons = sum(one.persons for one in held)
    said: dict[str, Any] = {"held": len(held), "planned": planned, "persons": persons}
    return PlanItemView(
        id=row.pk,
        node=row.node_id,
        title=row.title,
        kind=row.kind,
        due_on=row.due_on,
        target_sessions=row.target_sessions,
        target_persons=row.target_persons,
        carried_by=row.carried_by,
        dropped_on=row.dropped_on,
        progress=policies.progress(**said, targets=(row.target_sessions, row.target_persons), due_on=row.due_on, on=on),
        **said,
    )
