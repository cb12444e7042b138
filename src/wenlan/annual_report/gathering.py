"""The figures of one edition, gathered from the sums by a shape's names."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from wenlan.annual_report.policies.proofreading import Partition
from wenlan.annual_report.shapes import FigureSpec, Shape
from wenlan.annual_report.types import StoredFigure
from wenlan.kernel.periods import Period
from wenlan.network.types import DepartmentView, NodeView


class FigureSource(Protocol):
    """What is asked of `indicators.queries`: figures, their parts, and the declarations behind them."""

    def measures(self, on: date | None = None) -> Iterable[Any]: ...

    def figures(self, codes: Sequence[str], *, node: int, period: Period, scope: str) -> Mapping[str, Any]: ...

    def breakdown(self, code: str, *, node: int, period: Period, by: tuple[str, ...], scope: str) -> Iterable[Any]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where and when an edition is composed; `on` is the day of composing."""

    node: NodeView
    year: int
    on: date
    departments: tuple[DepartmentView, ...]
    outlets: tuple[NodeView, ...]
    scope: str
    demo: bool

    @property
    def period(self) -> Period:
        return Period.year(self.year)

    @property
    def period_before(self) -> Period:
        return Period.year(self.year - 1)

    def period_of(self, spec: FigureSpec) -> Period:
        """The year, or the days since the one that the figure counts from."""
        return Period(spec.since, self.period.end) if spec.since else self.period


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a breakdown with what it is called and counted in."""

    label: str
    unit: str
    figure: StoredFigure


class FigureBook:
    """Hands out the figures that a shape names, each under one reference, and notes what belongs together."""

    def __init__(self, *, shape: Shape, setting: Setting, source: FigureSource) -> None:
        self.shape, self.setting, self.source = shape, setting, source
        self.figures: dict[str, StoredFigure] = {}
        self.partitions: list[Partition] = []
        self._by_name: dict[str, StoredFigure | None] = {}
        self._parts: dict[str, tuple[Part, ...]] = {}
        self._totals: dict[tuple[Period, str], Any] = {}
        self._cells: dict[tuple[str, str, Period], dict[Any, Decimal]] = {}
        self._before: dict[str, tuple[Decimal | None, date | None]] = {}
        known = {view.code: view for view in source.measures(setting.period.last_day)}
        self._declared: dict[str, Any] = {spec.measure: known.get(spec.measure) for spec in shape.figures.values()}
        self._read_totals()

    def single(self, name: str) -> StoredFigure | None:
        """Return a figure; None when its measure is not declared, or nothing that would be told is held."""
        if name not in self._by_name:
            spec = self.shape.figures[name]
            value = self._value(spec)
            untold = value is None or (spec.if_any and not value)
            self._by_name[name] = None if untold else self._keep(spec, value=value, where=self._where(spec))
        return self._by_name[name]

    def parts(self, name: str) -> tuple[Part, ...]:
        """Return every part of a breakdown in its order; together they are noted as the parts of their total."""
        if name not in self._parts:
            spec = self.shape.figures[name]
            total = self.single(spec.of) if spec.of else None
            untold = self._declared[spec.measure] is None or (spec.if_any and total is None)
            self._parts[name] = parts = () if untold else tuple(self._split(spec))
            if total is not None and parts:
                refs = tuple(part.figure.ref for part in parts)
                self.partitions.append(Partition(total=total.ref, parts=refs))
        return self._parts[name]

    def has_base(self, names: Sequence[str]) -> bool:
        """Whether the year before was counted: at least half as many figures were told then as are told now."""
        now = [figure for name in names if (figure := self.single(name)) is not None and figure.value]
        then = [name for name in names if self._base(name)]
        return bool(then) and len(then) * 2 >= len(now)

    def before(self, name: str) -> StoredFigure | None:
        """Return a whole figure as it was in the year before; None where none was told or it was defined otherwise."""
        spec, value = self.shape.figures[name], self._base(name)
        return self._keep(spec, value=value, where={}, period=self.setting.period_before) if value else None

    def used_measures(self) -> tuple[StoredFigure, ...]:
        """Return one figure for each measure that was used, in the order of use."""
        first: dict[str, StoredFigure] = {}
        for figure in self.figures.values():
            first.setdefault(figure.measure, figure)
        return tuple(first.values())

    def _read_totals(self) -> None:
        asked: dict[Period, set[str]] = {}
        for spec in self.shape.figures.values():
            if self._declared[spec.measure] is not None:
                asked.setdefault(self.setting.period_of(spec), set()).add(spec.measure)
        for period, codes in asked.items():
            found = self.source.figures(
                tuple(sorted(codes)), node=self.setting.node.id, period=period, scope=self.setting.scope
            )
            self._totals |= {(period, code): figure for code, figure in found.items()}

    def _base(self, name: str) -> Decimal | None:
        """What a figure of the shape was in the year before, under the definition of this year."""
        if not self._before:
            self._read_year_before()
        measure = self.shape.figures[name].measure
        value, version = self._before.get(measure, (None, None))
        return value if version and version == self._declared[measure].valid_from else None

    def _read_year_before(self) -> None:
        """Read the year before of every measure that a comparison names, each with the version it had then."""
        period = self.setting.period_before
        versions = {view.code: view.valid_from for view in self.source.measures(period.last_day)}
        asked = {self.shape.figures[name].measure for name in self.shape.compared} & versions.keys()
        found = self.source.figures(
            tuple(sorted(asked)), node=self.setting.node.id, period=period, scope=self.setting.scope
        )
        self._totals |= {(period, code): figure for code, figure in found.items()}
        self._before = {
            code: (None if figure.value is None else Decimal(figure.value), versions[code])
            for code, figure in found.items()
        }

    def _value(self, spec: FigureSpec) -> Decimal | None:
        if self._declared[spec.measure] is None:
            return None
        where = self._where(spec)
        if not where:
            return self._total(spec)
        ((dimension, wanted),) = where.items()
        cells = self._read_cells(spec, dimension)
        held = [cells[code] for code in _listed(wanted) if code in cells]
        return sum(held, Decimal(0)) if held else None

    def _total(self, spec: FigureSpec) -> Decimal | None:
        figure = self._totals.get((self.setting.period_of(spec), spec.measure))
        return None if figure is None or figure.value is None else Decimal(figure.value)

    def _where(self, spec: FigureSpec) -> dict[str, object]:
        """The narrowing in the ledger's own terms: departments by id, everything else as it is."""
        if "department_kind" in spec.where:
            kinds = _listed(spec.where["department_kind"])
            return {"department": [view.id for view in self.setting.departments if view.kind in kinds]}
        if "department" in spec.where:
            codes = _listed(spec.where["department"])
            return {"department": [view.id for view in self.setting.departments if view.code in codes]}
        return dict(spec.where)

    def _read_cells(self, spec: FigureSpec, dimension: str) -> dict[Any, Decimal]:
        period = self.setting.period_of(spec)
        asked = (spec.measure, dimension, period)
        if asked not in self._cells:
            found = self.source.breakdown(
                spec.measure, node=self.setting.node.id, period=period, by=(dimension,), scope=self.setting.scope
            )
            self._cells[asked] = {cell.keys[0]: Decimal(cell.value) for cell in found}
        return self._cells[asked]

    def _split(self, spec: FigureSpec) -> Iterable[Part]:
        cells = dict(self._read_cells(spec, spec.by))
        for label, codes, unit, kept in self._named_parts(spec, cells):
            held = [cells.pop(code) for code in codes if code in cells]
            if sum(held, Decimal(0)) if spec.if_any else held or kept:
                yield self._part(spec, label=label, unit=unit, codes=codes, value=sum(held, Decimal(0)))
        rest = {code: value for code, value in cells.items() if value}
        if rest:
            total = sum(rest.values(), Decimal(0))
            yield self._part(spec, label=spec.rest, unit=spec.unit, codes=tuple(rest), value=total)

    def _named_parts(
        self, spec: FigureSpec, cells: Mapping[Any, Decimal]
    ) -> Iterable[tuple[str, tuple[Any, ...], str, bool]]:
        """Label, codes, unit of each part in its order, and whether it stands there even when nothing is held."""
        if spec.groups:
            return [(group.name, group.codes, group.unit or spec.unit, True) for group in spec.groups]
        if spec.by == "department":
            return [
                (view.name, (view.id,), spec.unit, bool(cells.get(view.id)))
                for view in self.setting.departments
                if view.kind in spec.kinds or not spec.kinds
                if view.id in cells
            ]
        if spec.by == "month":
            names = self.shape.words["months"].split()
            firsts = [date(self.setting.year, number, 1) for number in range(1, 13)]
            return [(name, (first,), spec.unit, True) for name, first in zip(names, firsts, strict=True)]
        if spec.by in {"node", "branch"}:
            own = [(self.setting.node.name, (None,), spec.unit, False)] if None in cells else []
            return own + [
                (view.name, (view.id,), spec.unit, False) for view in self.setting.outlets if view.id in cells
            ]
        return [(str(code), (code,), spec.unit, False) for code in cells]

    def _part(self, spec: FigureSpec, *, label: str, unit: str, codes: tuple[Any, ...], value: Decimal) -> Part:
        where = {spec.by: codes[0] if len(codes) == 1 else list(codes)}
        return Part(label=label, unit=unit, figure=self._keep(spec, value=value, where=where, name=label))

    def _keep(
        self,
        spec: FigureSpec,
        *,
        value: Decimal | None,
        where: Mapping[str, object],
        name: str = "",
        period: Period | None = None,
    ) -> StoredFigure:
        declared, period = self._declared[spec.measure], period or self.setting.period_of(spec)
        total = self._totals.get((period, spec.measure))
        figure = StoredFigure(
            ref=f"f{len(self.figures) + 1}",
            measure=spec.measure,
            version=declared.valid_from.isoformat(),
            words=dict(declared.words),
            definition=dict(declared.definition),
            unit=dict(declared.unit),
            source=declared.source,
            sums=str(declared.sums),
            where={key: _stated(wanted) for key, wanted in where.items()},
            name=name or spec.words,
            value=value,
            period=period,
            scope=self.setting.scope,
            complete_until=None if total is None else total.complete_until,
        )
        for known in self.figures.values():
            if known.identity == figure.identity and known.value == figure.value:
                return known
        self.figures[figure.ref] = figure
        return figure


def _listed(value: object) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _stated(value: object) -> object:
    """A narrowing as it can be kept: days as ISO text, lists as lists."""
    if isinstance(value, list | tuple):
        return [_stated(member) for member in value]
    return value.isoformat() if isinstance(value, date) else value
