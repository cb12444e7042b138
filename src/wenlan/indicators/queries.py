"""Figures, their breakdowns, and the acts behind them. Costs grow with days and dimensions, never with acts."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from wenlan.indicators import selection, statements
from wenlan.indicators.counting import BEGINNING, TIMES, Asked, count, last_day
from wenlan.indicators.errors import BreakdownUnknown
from wenlan.indicators.selection import Place
from wenlan.indicators.types import NETWORK, ActPage, Cell, Figure
from wenlan.kernel.periods import Period
from wenlan.ledger import queries as ledger
from wenlan.ledger.declarations import DIMENSIONS
from wenlan.ledger.types import EventView, Sums
from wenlan.network import queries as network

OWN_KINDS = {"building", "bus", "bus_stop"}
BREAKDOWNS = (*DIMENSIONS, *sorted(TIMES), "branch")

measures = ledger.measures
measure = ledger.measure
unfolded_count = ledger.unfolded_count


def figures(codes: Sequence[str], *, node: int, period: Period, scope: str = NETWORK) -> dict[str, Figure]:
    """Return the figures of some measures for a place and period, by code.

    Each place counts under whatever stood above it on the day of the act. Raises MeasureUnknown.
    """
    asked = _asked(node, scope, period)
    complete_until = _complete_until(period)
    found = {}
    for code in codes:
        view = asked.measure(code)
        value, estimated = count(view, asked).get((), (0, 0))
        found[code] = Figure(
            measure=view,
            value=None if value is None else view.shown(value),
            estimated=view.shown(estimated),
            node=node,
            period=period,
            scope=scope,
            complete_until=complete_until,
        )
    return found


def breakdown(code: str, *, node: int, period: Period, by: tuple[str, ...], scope: str = NETWORK) -> tuple[Cell, ...]:
    """Return the parts of a figure by one or more of `BREAKDOWNS`, in order of their keys.

    `branch` is the place directly under the node asked; None there is the node itself. The parts of an additive
    figure add up to it. Raises BreakdownUnknown for a dimension the measure has not.
    """
    asked = _asked(node, scope, period, by)
    view = asked.measure(code)
    for name in by:
        if name not in BREAKDOWNS:
            raise BreakdownUnknown(measure=view.name, dimension=name)
    cells = count(view, asked).items()
    shown = {keys: None if value is None else view.shown(value) for keys, (value, _) in cells}
    return tuple(Cell(keys=keys, value=value) for keys, value in sorted(shown.items(), key=_in_order))


def acts_of(
    code: str,
    *,
    node: int,
    period: Period,
    cell: Mapping[str, object] | None = None,
    after: tuple[date, int] | None = None,
    limit: int = 50,
    scope: str = NETWORK,
) -> ActPage:
    """Return a page of the acts behind a figure or one cell of its breakdown. A formula shows those of its parts
    one by one, so it has none of its own; a stock has all acts until the end of the period."""
    view = ledger.measure(code, on=last_day(period))
    if not (view.kinds or view.minus_kinds):
        return ActPage(rows=(), next=None)
    if view.sums == Sums.STOCK:
        period = Period(BEGINNING, period.end)
    place, cell = _place(node, scope, period), dict(cell or {})
    rows: list[EventView] = []
    start = after[0] if after else period.start
    while start < period.end and len(rows) <= limit:
        wanted = Period(start, period.end)
        days = [_as_day(day) for (day,) in statements.fetch(selection.days_with_acts(view, place, wanted, cell, limit))]
        if not days:
            break
        page = statements.fetch(selection.acts(view, place, days, cell, after, limit + 1 - len(rows)))
        rows += [_event(row) for row in page]
        start = days[-1] + timedelta(days=1)
    more = len(rows) > limit
    rows = rows[:limit]
    return ActPage(rows=tuple(rows), next=(rows[-1].day, rows[-1].id) if more else None)


def _asked(node: int, scope: str, period: Period, by: tuple[str, ...] = ()) -> Asked:
    return Asked(place=_place(node, scope, period, by), period=period, by=by, dictionary=ledger.dictionary())


def _place(node: int, scope: str, period: Period, by: tuple[str, ...] = ()) -> Place:
    changes = _changes(node, "branch" in by)
    if scope == NETWORK:
        return Place(node, changes=changes)
    on = last_day(period)
    own, waiting = [node], [node]
    while waiting:
        under = [child.id for child in network.children(waiting.pop(), on) if str(child.kind) in OWN_KINDS]
        own += under
        waiting += under
    return Place(node, only=tuple(own), changes=changes)


def _changes(node: int, among_branches: bool) -> tuple[date, ...]:
    """The days on which nodes came under the node or left it; with `among_branches` also those of moves within."""
    return tuple(
        _as_day(day) for row in statements.fetch(selection.tree_changes(node, among_branches)) for day in row if day
    )


def _complete_until(period: Period) -> date:
    waiting = ledger.unfolded_since()
    return period.end if waiting is None else min(waiting, period.end)


def _as_day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _event(row: tuple[Any, ...]) -> EventView:
    values = dict(zip(EventView.__dataclass_fields__, row, strict=True))
    values["day"], values["estimated"] = _as_day(values["day"]), bool(values["estimated"])
    occurred: datetime = values["occurred_at"]
    if settings.USE_TZ and timezone.is_naive(occurred):
        values["occurred_at"] = timezone.make_aware(occurred, connection.timezone)
    return EventView(**values)


def _in_order(item: tuple[tuple[object, ...], object]) -> tuple[tuple[bool, str, object], ...]:
    """The order of cells: what is not known comes last."""
    return tuple((key is None, type(key).__name__, key if key is not None else 0) for key in item[0])
