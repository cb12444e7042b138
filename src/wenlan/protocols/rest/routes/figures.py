"""Figures: the dictionary of measures, figures of a place and period, and their parts."""

from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from wenlan.indicators import queries
from wenlan.indicators.types import Value
from wenlan.kernel.periods import Period
from wenlan.ledger.types import MeasureView
from wenlan.network import queries as network
from wenlan.protocols.rest.access import StaffToken, caller
from wenlan.protocols.rest.errors import RequestInvalid
from wenlan.protocols.rest.messages import Code, Day, FigureOut, Figures, MeasureOut, Part, Parts
from wenlan.protocols.rest.refusals import REFUSALS
from wenlan.protocols.rest.tokens import Scope
from wenlan.staff.types import Right

MOST_DAYS = 20 * 366
MOST_DAYS_BY_DAY = 366
PLACES = {"node", "owner_node", "home_node", "branch"}

router = Router(tags=["figures"])


class Span(Schema):
    """Place, period (`until` is the first day after it) and scope of a figure."""

    node: Code | None = None
    since: Day
    until: Day
    scope: Literal["network", "own"] = "network"


class FiguresAsked(Span):
    """Which figures."""

    codes: Annotated[list[Code], Field(min_length=1, max_length=50)]


class PartsAsked(Span):
    """Which parts."""

    by: Annotated[list[Literal[queries.BREAKDOWNS]], Field(min_length=1, max_length=3)]  # type: ignore[valid-type]


@router.get("/measures", response={200: list[MeasureOut], **REFUSALS}, summary="The dictionary of measures")
def measures(request: HttpRequest) -> list[MeasureOut]:
    """List every measure in its latest version, with its definition and source. Open to everybody."""
    return [measure_out(view) for view in queries.measures()]


@router.get("/measures/{code}", response={200: MeasureOut, **REFUSALS}, summary="One measure")
def measure(request: HttpRequest, code: Code) -> MeasureOut:
    """Return the definition of one measure. Open to everybody."""
    return measure_out(queries.measure(code))


def measure_out(view: MeasureView) -> MeasureOut:
    """Return a measure as it travels."""
    return MeasureOut(
        code=view.code,
        words=dict(view.words),
        definition=dict(view.definition),
        unit=dict(view.unit),
        source=view.source,
        sums=str(view.sums),
        valid_from=view.valid_from,
        valid_until=view.valid_until,
    )


@router.get("/figures", auth=StaffToken(), response={200: Figures, **REFUSALS}, summary="Figures of a place and period")
def figures(request: HttpRequest, asked: Query[FiguresAsked]) -> Figures:
    """Return some figures; each names its unit and says whether every act of the period is in."""
    place, period = place_of(request, asked.node), period_of(asked, MOST_DAYS)
    found = queries.figures(list(dict.fromkeys(asked.codes)), node=place, period=period, scope=asked.scope)
    return Figures(
        node=network.node(place).code,
        start=period.start,
        end=period.end,
        scope=asked.scope,
        figures=[
            FigureOut(
                code=code,
                name=figure.measure.name,
                unit=figure.measure.unit.get("zh", ""),
                value=number(figure.value),
                estimated=number(figure.estimated),
                is_complete=figure.is_complete,
            )
            for code, figure in found.items()
        ],
    )


@router.get(
    "/figures/{code}/parts", auth=StaffToken(), response={200: Parts, **REFUSALS}, summary="The parts of a figure"
)
def parts(request: HttpRequest, code: Code, asked: Query[PartsAsked]) -> Parts:
    """Return a figure broken down by up to three dimensions."""
    place = place_of(request, asked.node)
    period = period_of(asked, MOST_DAYS_BY_DAY if "day" in asked.by else MOST_DAYS)
    by = tuple(dict.fromkeys(asked.by))
    cells = queries.breakdown(code, node=place, period=period, by=by, scope=asked.scope)
    return Parts(
        code=code,
        node=network.node(place).code,
        start=period.start,
        end=period.end,
        by=list(by),
        parts=[
            Part(keys=[key_of(name, key) for name, key in zip(by, cell.keys, strict=True)], value=number(cell.value))
            for cell in cells
        ],
    )


def place_of(request: HttpRequest, code: str | None) -> int:
    """Return the place asked for, if token and role reach it."""
    using = caller(request)
    using.insist(Scope.FIGURES)
    return using.desk_at(code, Right.FIGURES_SEE).node


def period_of(asked: Span, most_days: int) -> Period:
    """Return the period asked for. Raises RequestInvalid for one that is empty or too long."""
    if not 0 < (asked.until - asked.since).days <= most_days:
        raise RequestInvalid(fields=[{"field": "query.until", "fault": f"1 to {most_days} days after since"}])
    return Period(asked.since, asked.until)


def number(value: Value) -> int | float | None:
    """Return a value as JSON writes numbers."""
    return value if value is None or isinstance(value, int) else float(value)


def key_of(name: str, key: object) -> str | int | None:
    """Return the value of a dimension; places and departments by their code."""
    if key is None:
        return None
    if name in PLACES and isinstance(key, int):
        return network.node(key).code
    if name == "department" and isinstance(key, int):
        return network.department(key).code
    return key if isinstance(key, int) else str(key)
