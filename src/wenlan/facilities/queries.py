"""Reads of gates and of the days' counts."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Q

from wenlan.facilities.models import Gate, GateCount, RoomCount
from wenlan.facilities.types import CountView, Direction, GateView
from wenlan.kernel.errors import NotFound
from wenlan.kernel.words import say


def gate(code: str) -> GateView:
    """Return a gate by its code. Raises NotFound."""
    row = Gate.objects.filter(code=code).first()
    if row is None:
        raise NotFound(what=code)
    return gate_view(row)


def gates(nodes: Collection[int], on: date) -> tuple[GateView, ...]:
    """Return the gates in use at some nodes on a day, by code (one statement)."""
    rows = Gate.objects.filter(Q(until_day__isnull=True) | Q(until_day__gt=on), node_id__in=nodes, from_day__lte=on)
    return tuple(gate_view(row) for row in rows.order_by("code"))


def gate_names(codes: Collection[str]) -> dict[str, str]:
    """Return the names of gates by code, in the language being spoken (one statement)."""
    return {code: say(words) for code, words in Gate.objects.filter(code__in=codes).values_list("code", "words")}


def gate_counts_on(day: date, gates: Collection[int]) -> Mapping[int, CountView]:
    """Return the standing counts of a day by the id of the gate (one statement)."""
    rows = GateCount.objects.filter(day=day, gate_id__in=gates, replaced_at__isnull=True)
    return {row.gate_id: gate_count_view(row) for row in rows}


def room_counts_on(day: date, departments: Collection[int]) -> Mapping[int, CountView]:
    """Return the standing counts of a day by the id of the department (one statement)."""
    rows = RoomCount.objects.filter(day=day, department_id__in=departments, replaced_at__isnull=True)
    return {row.department_id: room_count_view(row) for row in rows}


def gate_view(row: Gate) -> GateView:
    """Return what others may see of a gate."""
    return GateView(
        id=row.pk,
        code=row.code,
        words=row.words,
        node=row.node_id,
        department=row.department_id,
        direction=Direction(row.direction),
        from_day=row.from_day,
        until_day=row.until_day,
    )


def gate_count_view(row: GateCount) -> CountView:
    """Return what others may see of a gate's count."""
    return CountView(
        day=row.day, persons=row.persons, passages=row.passages, is_estimated=row.is_estimated, method=row.method
    )


def room_count_view(row: RoomCount) -> CountView:
    """Return what others may see of a room's count."""
    return CountView(day=row.day, persons=row.persons, is_estimated=row.is_estimated, method=row.method)
