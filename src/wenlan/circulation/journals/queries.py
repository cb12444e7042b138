"""Reads of journals: what waits for a decision, and which devices have sent."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Count, Max, Q

from wenlan.circulation.journals.models import JournalLine
from wenlan.circulation.journals.types import DeviceLines, LineState, Problem

WAITING = Q(state=LineState.WAITING)
MOST_DEVICES = 200


def conflicts(
    nodes: Collection[int], *, device: str = "", problem: str = "", after: int = 0, limit: int = 50
) -> tuple[JournalLine, ...]:
    """Return what waits at the nodes, the first to be decided first; `after` is the last id seen.

    Acts that wait for an earlier one on their item are behind it and come by themselves: they are listed only by
    asking for them (`problem`).
    """
    rows = JournalLine.objects.filter(WAITING, node__in=nodes, pk__gt=after)
    rows = rows.filter(problem=problem) if problem else rows.exclude(problem=Problem.WAITS)
    if device:
        rows = rows.filter(device=device)
    return tuple(rows.order_by("id")[:limit])


def conflict(line: int, nodes: Collection[int]) -> JournalLine | None:
    """Return a waiting line of the nodes, None when there is none."""
    return JournalLine.objects.filter(WAITING, pk=line, node__in=nodes).first()


def waiting_by_problem(nodes: Collection[int], *, device: str = "") -> Mapping[str, int]:
    """Return how many lines wait at the nodes, by what is wrong with them (one statement)."""
    rows = JournalLine.objects.filter(WAITING, node__in=nodes)
    rows = rows.filter(device=device) if device else rows
    return dict(rows.order_by().values_list("problem").annotate(n=Count("id")))


def waiting_count(nodes: Collection[int]) -> int:
    """Return how many lines wait for a person at the nodes."""
    return JournalLine.objects.filter(WAITING, node__in=nodes).exclude(problem=Problem.WAITS).count()


def devices(nodes: Collection[int]) -> tuple[DeviceLines, ...]:
    """Return the devices that sent acts of the nodes, the latest first (one statement)."""
    rows: Any = JournalLine.objects.filter(node__in=nodes).values("device").order_by("device")
    found = rows.annotate(lines=Count("id"), waiting=Count("id", filter=WAITING), last_received_at=Max("received_at"))
    views = [DeviceLines(**row) for row in found[:MOST_DEVICES]]
    return tuple(sorted(views, key=lambda view: view.last_received_at, reverse=True))
