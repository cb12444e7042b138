"""Reads about terminals: what is said of them, what they did, what went wrong."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Max, Q

from wenlan.protocols.models import Terminal, TerminalDay, TerminalFault
from wenlan.protocols.sip2.errors import TerminalUnknown
from wenlan.protocols.sip2.terminals import TerminalView, facts_of, view_of
from wenlan.protocols.sip2.types import FaultView, TerminalDayView, TerminalState

SUMS = ("messages", "acts", "refusals", "faults", "slowest_ms")


def terminals(nodes: Collection[int], on: date) -> tuple[TerminalState, ...]:
    """Return the terminals at the nodes with their sums of a day, by code (two statements)."""
    rows = list(Terminal.objects.filter(node__in=nodes).order_by("code"))
    days = {row.terminal_id: row for row in TerminalDay.objects.filter(terminal__in=rows, day=on)}
    return tuple(state_of(row, days.get(row.pk)) for row in rows)


def terminal(terminal_id: int, on: date | None = None) -> TerminalState:
    """Return one terminal. Raises TerminalUnknown."""
    row = Terminal.objects.filter(pk=terminal_id).first()
    if row is None:
        raise TerminalUnknown(what=str(terminal_id))
    return state_of(row, TerminalDay.objects.filter(terminal=row, day=on).first() if on else None)


def signed_in(terminal_id: int) -> TerminalView:
    """Return a terminal as if it had signed in, for messages that staff try. Raises TerminalUnknown."""
    row = Terminal.objects.filter(pk=terminal_id).first()
    if row is None:
        raise TerminalUnknown(what=str(terminal_id))
    return view_of(row)


def state_of(row: Terminal, day: TerminalDay | None) -> TerminalState:
    """Return the public side of a terminal with its sums of a day."""
    sums = {name: getattr(day, name) for name in SUMS} if day else {}
    return TerminalState(id=row.pk, facts=facts_of(row), last_seen_at=row.last_seen_at, **sums)


def days_of(terminal_id: int, *, until: date, days: int = 14) -> tuple[TerminalDayView, ...]:
    """Return what a terminal did on its last days, the latest first; days without a message are left out."""
    rows = TerminalDay.objects.filter(terminal=terminal_id, day__gt=until - timedelta(days=days), day__lte=until)
    return tuple(
        TerminalDayView(day=row.day, **{name: getattr(row, name) for name in SUMS}) for row in rows.order_by("-day")
    )


def faults(
    *, terminal: int | None = None, nodes: Collection[int] = (), strangers: bool = False, limit: int = 50
) -> tuple[FaultView, ...]:
    """Return the latest faults of a terminal, or of those at the nodes with those of `strangers` (one statement)."""
    chosen = Q(terminal=terminal) if terminal is not None else Q(terminal__node__in=nodes)
    if strangers:
        chosen |= Q(terminal=None)
    return tuple(map(fault_of, TerminalFault.objects.filter(chosen).order_by("-at", "-id")[:limit]))


def latest_faults(terminals: Collection[int]) -> dict[int, FaultView]:
    """Return the latest fault of each of these terminals that had one in the time they are kept (one statement)."""
    newest = TerminalFault.objects.filter(terminal__in=terminals).values("terminal").annotate(last=Max("id"))
    rows = TerminalFault.objects.filter(id__in=newest.values("last"))
    return {row.terminal_id: fault_of(row) for row in rows if row.terminal_id is not None}


def fault_of(row: TerminalFault) -> FaultView:
    """Return the public side of a fault."""
    return FaultView(at=row.at, code=row.code, peer=row.peer, kind=row.kind, message=row.message, line=row.line)
