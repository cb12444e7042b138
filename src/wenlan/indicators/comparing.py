"""A figure beside others: the same span a year before, everything since the opening, an average open day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from wenlan.indicators import queries
from wenlan.indicators.types import Figure, Value
from wenlan.kernel.periods import Period
from wenlan.ledger.types import MeasureView, Sums
from wenlan.network import queries as network
from wenlan.network.almanac.queries import almanac
from wenlan.network.almanac.types import DayKind

TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True, kw_only=True)
class AverageDay:
    """What one kind of open day brought: `of` is `all`, a `DayKind`, or the code of a season, which has a `name`.

    A weekend is one of Saturdays and Sundays that are neither a holiday nor worked for one.
    """

    of: str
    days: int
    value: Decimal
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A figure's neighbours. `change` is in per cent of the year before, to a tenth; None over nothing.

    `altogether` is summed since `since`, the day the place was opened, until the end of the figure's span. It is None,
    and `average` empty, for a figure that does not add up over time.
    """

    before: Figure
    change: Decimal | None
    since: date
    altogether: Figure | None
    average: tuple[AverageDay, ...]


def comparison(figure: Figure, *, until: date) -> Comparison:
    """Return what stands beside a figure; days from `until` on have not been, and are no open days yet."""
    before = _same(figure, _a_year_before(figure.period))
    since = min(network.opened_on(figure.node), figure.period.start)
    adds_up = _adds_up(figure.measure)
    whole = _same(figure, Period(since, figure.period.end)) if adds_up else None
    return Comparison(
        before=before,
        change=_change(figure.value, before.value),
        since=since,
        altogether=whole,
        average=_average_days(figure, until) if adds_up else (),
    )


def _same(figure: Figure, period: Period) -> Figure:
    code = figure.measure.code
    return queries.figures([code], node=figure.node, period=period, scope=figure.scope)[code]


def _adds_up(measure: MeasureView) -> bool:
    return measure.sums == Sums.ADDITIVE or (measure.sums == Sums.FORMULA and not measure.over)


def _a_year_before(period: Period) -> Period:
    """The same days of the year before; 29 February is the day after the 28th there."""

    def earlier(day: date) -> date:
        if (day.month, day.day) == (2, 29):
            return date(day.year - 1, 3, 1)
        return day.replace(year=day.year - 1)

    return Period(earlier(period.start), earlier(period.end))


def _change(value: Value, before: Value) -> Decimal | None:
    if value is None or not before:
        return None
    return (Decimal(value - before) * 100 / Decimal(before)).quantize(TENTH, ROUND_HALF_UP)


def _average_days(figure: Figure, until: date) -> tuple[AverageDay, ...]:
    is_open = network.calendar_of(figure.node)
    days = [day for day in figure.period if day < until and is_open(day)]
    values, known = _by_day(figure), almanac(figure.node, figure.period)
    kinds: dict[tuple[str, str], list[date]] = {("all", ""): days}
    for kind in (DayKind.WEEKEND, DayKind.HOLIDAY):
        kinds[kind.value, ""] = [day for day in days if known.kind(day) == kind]
    for season in known.seasons:
        kinds.setdefault((season.code, season.name), []).extend(day for day in days if day in season)
    return tuple(
        AverageDay(of=of, name=name, days=len(chosen), value=_mean([values.get(day, Decimal()) for day in chosen]))
        for (of, name), chosen in kinds.items()
        if chosen
    )


def _by_day(figure: Figure) -> Mapping[date, Decimal]:
    cells = queries.breakdown(
        figure.measure.code, node=figure.node, period=figure.period, by=("day",), scope=figure.scope
    )
    return {cell.keys[0]: Decimal(cell.value or 0) for cell in cells if isinstance(cell.keys[0], date)}


def _mean(values: list[Decimal]) -> Decimal:
    return (sum(values, Decimal()) / len(values)).quantize(TENTH, ROUND_HALF_UP)
