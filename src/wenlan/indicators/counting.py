"""How a measure is counted for what was asked: by sums, by persons, as a stock, or by a formula of other measures."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from wenlan.indicators import selection, statements
from wenlan.indicators.cubes import PERSONS
from wenlan.indicators.errors import BreakdownUnknown
from wenlan.indicators.selection import Place
from wenlan.indicators.stocks import snapshot_cells
from wenlan.indicators.types import Value
from wenlan.kernel.periods import Period
from wenlan.ledger.errors import MeasureUnknown
from wenlan.ledger.queries import version_on
from wenlan.ledger.types import MeasureView, Sums
from wenlan.network import queries as network

BEGINNING = date(1900, 1, 1)
TIMES = {"day", "month"}

Sum = tuple[Any, int]  # the sum before the measure's divisor (None: cannot be known), and its estimated part
SumsByKey = dict[tuple[object, ...], Sum]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Where, when and by what; with the dictionary as it was read for the whole answer."""

    place: Place
    period: Period
    by: tuple[str, ...]
    dictionary: Mapping[str, tuple[MeasureView, ...]]

    @property
    def last_day(self) -> date:
        """The last day of the period; of an empty one the day on which it would start."""
        return last_day(self.period)

    def measure(self, code: str) -> MeasureView:
        """Return a measure in the version of the last day. Raises MeasureUnknown."""
        versions = self.dictionary.get(code)
        found = version_on(versions, self.last_day) if versions else None
        if found is None:
            raise MeasureUnknown(measure=code)
        return found


def last_day(period: Period) -> date:
    """Return the last day of a period; of an empty one the day on which it would start."""
    return period.start if period.start == period.end else period.last_day


def count(view: MeasureView, asked: Asked) -> SumsByKey:
    """Return the sums of a measure by the keys asked, before its divisor. Raises BreakdownUnknown."""
    if view.sums == Sums.FORMULA:
        return by_formula(view, asked)
    if view.sums == Sums.STOCK:
        if timed := TIMES & set(asked.by):
            raise BreakdownUnknown(measure=view.name, dimension=", ".join(sorted(timed)))
        if view.snapshot:
            nodes = network.subtree(asked.place.node, asked.last_day)
            return snapshot_cells(view, nodes, asked.place.only, asked.period, asked.by)
        asked = replace(asked, period=Period(BEGINNING, asked.period.end))
    if view.counts in {"persons", "visits"}:
        return by_persons(view, asked)
    return by_sums(view, asked)


def by_sums(view: MeasureView, asked: Asked) -> SumsByKey:
    """Add up the acts; where the definition changed within the period, each span as it was defined then."""
    found: SumsByKey = {}
    for version, span in spans_of_versions(view, asked):
        spans = selection.spans_of(span, asked.place.changes, daily="day" in asked.by)
        for row in statements.fetch(selection.total(version, asked.place, spans, asked.by)):
            keys = selection.spoken(asked.by, row[: len(asked.by)])
            before = found.get(keys, (0, 0))
            found[keys] = (before[0] + int(row[-2]), before[1] + int(row[-1]))
    return found


def by_persons(view: MeasureView, asked: Asked) -> SumsByKey:
    """Count different persons, or their visits."""
    for name in asked.by:
        if not PERSONS.serves([name]):
            raise BreakdownUnknown(measure=view.name, dimension=name)
    if view.counts == "persons" and asked.period.start.year != asked.last_day.year:
        return {(): (None, 0)}  # the key of the tokens changes with the year: nobody can tell
    rows = statements.fetch(selection.persons(view, asked.place, asked.period, asked.by))
    return {selection.spoken(asked.by, row[: len(asked.by)]): (int(row[-2]), 0) for row in rows}


def by_formula(view: MeasureView, asked: Asked) -> SumsByKey:
    """Add, subtract and divide the parts cell by cell, each in its own unit."""
    sums: dict[tuple[object, ...], list[Any]] = {}
    for sign, slot, codes in ((1, 0, view.plus), (-1, 0, view.less), (1, 1, view.over)):
        for code in codes:
            part = asked.measure(code)
            for keys, (value, _) in count(part, asked).items():
                parts = sums.setdefault(keys, [0, 0])
                known = value is not None and parts[slot] is not None
                parts[slot] = parts[slot] + sign * part.shown(value) if known else None
    return {keys: (ratio(view, *parts), 0) for keys, parts in sums.items()}


def ratio(view: MeasureView, above: Any, below: Any) -> Value:
    """Return what a formula makes of its sums; None when a part is unknown or nothing stands below."""
    if above is None or (view.over and not below):
        return None
    return Decimal(above) * view.times / Decimal(below) if view.over else above * view.times


def spans_of_versions(view: MeasureView, asked: Asked) -> list[tuple[MeasureView, Period]]:
    """Return the period cut by the versions of an additive measure; a stock is counted as it is defined now."""
    if view.sums != Sums.ADDITIVE:
        return [(view, asked.period)]
    cut = []
    for version in asked.dictionary[view.code]:
        start = max(asked.period.start, version.valid_from)
        end = min(asked.period.end, version.valid_until or asked.period.end)
        if start < end:
            cut.append((version, Period(start, end)))
    return cut
