"""Pages of the figures: those of today, one figure with its definition and parts, and the acts behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wenlan.indicators import queries
from wenlan.indicators.capping import capped
from wenlan.indicators.comparing import AverageDay, Comparison, comparison
from wenlan.indicators.errors import BreakdownUnknown
from wenlan.indicators.forms import SCOPES, Question
from wenlan.indicators.types import NETWORK, Figure, Value
from wenlan.indicators.words import DIMENSION_WORDS, kind_name, namer, operator_names, speaker, subject_names
from wenlan.kernel.periods import Period
from wenlan.kernel.words import say
from wenlan.ledger.errors import MeasureUnknown
from wenlan.ledger.types import EventView, MeasureView, Sums
from wenlan.network import queries as network
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock, typography
from wenlan.ui.addresses import place_in_list, whole_number

HEADLINES = ("visits", "loans", "activity_attendance", "registered_patrons")
SHOWN_FIRST = ("branch", "department", "subject")
ORDER = (
    "circulation", "facilities", "patrons", "holdings", "activities", "outreach", "volunteers", "digital", "publicity",
)  # fmt: skip
LONGEST_TABLE = 400
ACTS_A_PAGE = 50
FEWEST_MONTHS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayLine:
    """A measure in the list of today."""

    name: str
    url: str
    day: Value
    before: Value
    month: Value
    year: Value
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartLine:
    """One part of a breakdown, leading to its acts."""

    key: str
    value: Value
    url: str


@needs(Right.FIGURES_SEE)
def today(request: HttpRequest) -> HttpResponse:
    """Show what was done today, the day before, this month and this year at a place."""
    question = asked(request)
    day = clock.today()
    spans = (
        Period.day(day),
        Period.day(day - timedelta(days=1)),
        Period.month(day.year, day.month),
        Period.year(day.year),
    )
    codes = [view.code for view in sorted(queries.measures(), key=rank)]
    of_day, of_day_before, of_month, of_year = (
        queries.figures(codes, node=question.node, period=span, scope=question.scope) for span in spans
    )
    lines = [
        TodayLine(
            name=figure.measure.name,
            url=address("indicators:figure", question, code),
            day=None if figure.measure.sums == Sums.STOCK else of_day[code].value,
            before=None if figure.measure.sums == Sums.STOCK else of_day_before[code].value,
            month=None if figure.measure.sums == Sums.STOCK else of_month[code].value,
            year=figure.value,
            unit=say(figure.measure.unit),
        )
        for code, figure in of_year.items()
    ]
    context = {
        "lines": [line for line in lines if line.year or line.before],
        "silent": [line for line in lines if not line.year and not line.before],
        "columns": today_columns(),
        "headlines": [
            (of_day[code], note_of_day_before(of_day_before[code]), address("indicators:figure", question, code))
            for code in HEADLINES
            if code in of_day
        ],
        "parts": [question.form["node"], question.form["scope"]],
        "incomplete": next((figure for figure in of_year.values() if not figure.is_complete), None),
        "day": day,
    }
    return render(request, "indicators/today.html", context)


def note_of_day_before(figure: Figure) -> str:
    """Return what to say under today's figure: a desk opens on a day of which little is known yet."""
    if figure.measure.sums == Sums.STOCK or figure.value is None:
        return ""
    return _("yesterday %(count)s") % {"count": typography.count(figure.value)}


def rank(view: MeasureView) -> int:
    """Return where a measure stands in the list: as a librarian reads it, the desk first."""
    return ORDER.index(view.origin) if view.origin in ORDER else len(ORDER)


@needs(Right.FIGURES_SEE)
def figure(request: HttpRequest, code: str) -> HttpResponse:
    """Show one figure: what it says, how it is counted, its parts, its months."""
    question = asked(request)
    view = measure_or_404(code)
    found = queries.figures([code], node=question.node, period=question.period, scope=question.scope)[code]
    dimensions = (question.by,) if question.by else SHOWN_FIRST
    context = {
        "figure": found,
        "unit": typography.unit_beside(view.name, say(view.unit)),
        "measure": view,
        "place": network.node(question.node),
        "definition": definition(found),
        "formula": formula(found, question),
        "breakdowns": [table for name in dimensions if (table := breakdown(found, question, name))],
        "months": months_chart(found, question),
        "beside": beside(comparison(found, until=clock.today() + timedelta(days=1))),
        "capped": capped(found),
        "parts": question.sentence,
        "spans": usual_spans(question),
        "spans_label": _("Span"),
        "scope": scope_words(found),
        "refusals": question.refusals,
        "acts_url": address("indicators:acts", question, code) if view.kinds else "",
        "crumbs": [(_("Figures"), reverse("indicators:today")), (view.name, "")],
    }
    return render(request, "indicators/figure.html", context)


def usual_spans(question: Question) -> list[dict[str, Any]]:
    """Return the spans that are asked most, each with the address that keeps the rest of the question."""
    day = clock.today()
    spans = (
        (_("Today"), day, day),
        (_("This month"), day.replace(day=1), day),
        (_("This year"), date(day.year, 1, 1), day),
        (_("Last year"), date(day.year - 1, 1, 1), date(day.year - 1, 12, 31)),
    )
    return [
        {
            "label": label,
            "url": f"?{urlencode(question.query | {'start': start.isoformat(), 'last': last.isoformat()})}",
            "current": (question.period.start, question.period.last_day) == (start, last),
        }
        for label, start, last in spans
    ]


@needs(Right.FIGURES_SEE)
def acts(request: HttpRequest, code: str) -> HttpResponse:
    """Show the acts behind a figure or one part of it, page by page."""
    question = asked(request)
    view = measure_or_404(code)
    cell = cell_of(request.GET)
    page = queries.acts_of(
        code,
        node=question.node,
        period=question.period,
        scope=question.scope,
        cell=cell,
        after=place_in_list(request.GET.get("after", "")),
        limit=ACTS_A_PAGE,
    )
    persons = request.desk.may(Right.FIGURES_SEE_PERSONS, question.node)
    names = operator_names({act.operator for act in page.rows})
    subjects = {
        kind: subject_names([kind], {act.subject for act in page.rows if act.kind == kind})
        for kind in {act.kind for act in page.rows}
    }
    context = {
        "measure": view,
        "rows": [act_line(act, names, subjects[act.kind], show_source=persons) for act in page.rows],
        "columns": act_columns(show_source=persons),
        "cell": [
            (str(DIMENSION_WORDS[name]), namer(name, kinds=kinds_of(view), keys=[key])(key))
            for name, key in cell.items()
        ],
        "place": network.node(question.node),
        "period": question.period,
        "next": f"{page.next[0]:%Y-%m-%d}.{page.next[1]}" if page.next else "",
        "first": not request.GET.get("after"),
        "shown": len(page.rows),
        "crumbs": [
            (_("Figures"), reverse("indicators:today")),
            (view.name, address("indicators:figure", question, code)),
            (_("Acts"), ""),
        ],
    }
    return render(request, "indicators/acts.html", context)


@needs(Right.FIGURES_SEE)
def dictionary(request: HttpRequest) -> HttpResponse:
    """Show every measure with its definition and source."""
    rows = [
        {
            "name": view.name,
            "url": reverse("indicators:figure", args=[view.code]),
            "code": view.code,
            "unit": say(view.unit),
            "definition": say(view.definition),
            "sums": Sums(view.sums).label,
            "source": view.source,
        }
        for view in queries.measures()
    ]
    return render(request, "indicators/dictionary.html", {"rows": rows, "columns": dictionary_columns()})


def asked(request: HttpRequest) -> Question:
    """Return the question of a request; only places whose figures the desk may see can be asked about."""
    today = clock.today()
    granted = (node for node, rights in request.desk.rights.items() if Right.FIGURES_SEE.value in rights)
    nodes = frozenset[int]().union(*(network.subtree(node, today) for node in granted))
    return Question(request.GET or None, nodes=nodes, home=request.desk.node, today=today)


def address(page: str, question: Question, code: str, **more: str) -> str:
    """Return the address of a page about a measure that keeps the question."""
    return f"{reverse(page, args=[code])}?{urlencode(question.query | more)}"


def measure_or_404(code: str) -> MeasureView:
    """Return a measure. Raises Http404."""
    try:
        return queries.measure(code)
    except MeasureUnknown as unknown:
        raise Http404(str(unknown)) from unknown


def definition(figure: Figure) -> list[tuple[str, str]]:
    """Return what a reader of the figure must know, as pairs of term and description."""
    view = figure.measure
    return [
        (_("Definition"), say(view.definition)),
        (pgettext("of a definition", "Source"), view.source),
        (_("Unit"), say(view.unit)),
        (_("How it sums"), str(Sums(view.sums).label)),
        (_("Counted kinds of act"), "、".join(kind_name(kind) for kind in view.kinds)),
        (pgettext("of a definition", "Less"), "、".join(kind_name(kind) for kind in view.minus_kinds)),
        (pgettext("figures", "Scope"), " · ".join(filter(None, (scope_words(figure), say(view.scope))))),
        (pgettext("of a definition", "Valid"), validity(view)),
        (_("Code"), view.code),
    ]


def scope_words(figure: Figure) -> str:
    """Return the scope of a figure in words: what lies under a place is the whole network only at its root."""
    if figure.scope == NETWORK and figure.node != network.root().id:
        return str(dict(SCOPES)[NETWORK])
    return figure.scope_name


def validity(view: MeasureView) -> str:
    """Return since when, and until when, a measure is defined so."""
    if view.valid_until:
        return _("%(start)s until %(end)s") % {"start": view.valid_from, "end": view.valid_until}
    return _("since %(start)s") % {"start": view.valid_from}


def formula(figure: Figure, question: Question) -> list[dict[str, Any]]:
    """Return the parts of a formula with their values: what is added, taken off, divided by."""
    view = figure.measure
    signed = (
        [("+", code) for code in view.plus] + [("−", code) for code in view.less] + [("÷", code) for code in view.over]
    )
    found = queries.figures(
        [code for _sign, code in signed], node=question.node, period=question.period, scope=question.scope
    )
    return [
        {
            "sign": sign,
            "name": found[code].measure.name,
            "value": found[code].value,
            "url": address("indicators:figure", question, code),
        }
        for sign, code in signed
    ]


def beside(found: Comparison) -> dict[str, Any]:
    """Return what stands beside a figure as a table: the year before and the change, the whole, the average days."""
    rows: list[dict[str, Any]] = []
    if found.before.value is not None:
        change = "" if found.change is None else f"{found.change:+f}%"
        rows.append({"what": _("The same span a year before"), "value": found.before.value, "change": change})
    if found.altogether is not None:
        since = _("Since %(day)s") % {"day": typography.prose_day(found.since)}
        rows.append({"what": since, "value": found.altogether.value, "change": ""})
    rows += [{"what": average_words(one), "value": one.value, "change": ""} for one in found.average]
    columns = [
        {"key": "what", "label": _("Compared with")},
        {"key": "value", "label": _("Value"), "kind": "number"},
        {"key": "change", "label": _("Rise or fall"), "kind": "number"},
    ]
    return {"rows": rows, "columns": columns}


def average_words(one: AverageDay) -> str:
    """Return how an average day is called, with the number of days it is taken from."""
    words = {
        "all": _("On an average open day (of %(days)s)"),
        "weekend": _("On an average open Saturday or Sunday (of %(days)s)"),
        "holiday": _("On an average open public holiday (of %(days)s)"),
    }
    said = words.get(one.of, _("On an average open day of %(season)s (of %(days)s)"))
    return said % {"season": one.name, "days": typography.count(one.days)}


def breakdown(figure: Figure, question: Question, dimension: str) -> dict[str, Any] | None:
    """Return a figure's parts by one dimension, as a table; None when it has none of that sort."""
    try:
        cells = queries.breakdown(
            figure.measure.code, node=question.node, period=question.period, by=(dimension,), scope=question.scope
        )
    except BreakdownUnknown:
        return None
    told = [cell for cell in cells if cell.value]
    if not question.by and all(cell.keys[0] in {None, ""} for cell in told):
        return None
    word = namer(dimension, kinds=kinds_of(figure.measure), keys=[cell.keys[0] for cell in told[:LONGEST_TABLE]])
    label = str(DIMENSION_WORDS[dimension])
    has_acts = bool(figure.measure.kinds)
    return {
        "label": label,
        "columns": [
            {"key": "key", "label": label, "url_key": "url" if has_acts else ""},
            {"key": "value", "label": say(figure.measure.unit) or _("Value"), "kind": "number"},
        ],
        "rows": [
            PartLine(
                key=word(cell.keys[0]),
                value=cell.value,
                url=address(
                    "indicators:acts", question, figure.measure.code, **{f"c_{dimension}": as_text(cell.keys[0])}
                ),
            )
            for cell in told[:LONGEST_TABLE]
        ],
        "cut": len(told) > LONGEST_TABLE,
    }


def months_chart(figure: Figure, question: Question) -> dict[str, Any] | None:
    """Return the months of a figure as a chart with its table; None for a stock and for less than two months."""
    try:
        cells = queries.breakdown(
            figure.measure.code, node=question.node, period=question.period, by=("month",), scope=question.scope
        )
    except BreakdownUnknown:
        return None
    points = [(f"{cell.keys[0]:%Y-%m}", cell.value) for cell in cells if isinstance(cell.keys[0], date)]
    if len(points) < FEWEST_MONTHS:
        return None
    values = [None if value is None else float(value) for _month, value in points]
    return {
        "option": {
            "xAxis": {"type": "category", "data": [month for month, _value in points]},
            "yAxis": {"type": "value"},
            "series": [{"type": "bar", "name": figure.measure.name, "data": values}],
        },
        "rows": [{"month": month, "value": value} for month, value in points],
        "columns": [
            {"key": "month", "label": str(DIMENSION_WORDS["month"])},
            {"key": "value", "label": say(figure.measure.unit) or _("Value"), "kind": "number"},
        ],
    }


def cell_of(data: Mapping[str, str]) -> dict[str, object]:
    """Return the cell that an address names by `c_<dimension>`; empty text asks for what is not stated."""
    cell: dict[str, object] = {}
    for name, text in data.items():
        dimension = name.removeprefix("c_")
        if not name.startswith("c_") or dimension not in queries.BREAKDOWNS:
            continue
        cell[dimension] = typed(dimension, text)
    return cell


def typed(dimension: str, text: str) -> object:
    """Return a key of a breakdown from its text. Raises Http404 for what cannot be one."""
    if text == "":
        return None
    try:
        if dimension in {"day", "month"}:
            return date.fromisoformat(text)
        if dimension == "branch" or dimension in {"node", "department", "owner_node", "home_node", "age"}:
            found = whole_number(text)
            if found is None:
                raise Http404(text)
            return found
    except ValueError as wrong:
        raise Http404(text) from wrong
    return text


def as_text(key: object) -> str:
    """Return a key of a breakdown as an address carries it."""
    return "" if key is None else f"{key:%Y-%m-%d}" if isinstance(key, date) else str(key)


def kinds_of(view: MeasureView) -> tuple[str, ...]:
    """Return the kinds of act that a measure counts; none for a formula."""
    return (*view.kinds, *view.minus_kinds)


def act_line(
    act: EventView, names: Mapping[str, str], subjects: Mapping[str, str], *, show_source: bool
) -> dict[str, Any]:
    """Return an act as the list shows it. Where it came from leads to a person, so it needs a right."""
    place = speaker("node")(act.node)
    room = speaker("department")(act.department) if act.department else ""
    return {
        "occurred_at": act.occurred_at,
        "kind": kind_name(act.kind),
        "place": f"{place} {room}".strip(),
        "channel": speaker("channel")(act.channel),
        "subject": subjects.get(act.subject, act.subject),
        "quantity": act.quantity,
        "state": "undone" if act.reverses else "estimated" if act.estimated else "",
        "operator": names.get(act.operator, act.operator),
        "source": act.source if show_source else "",
    }


def today_columns() -> list[dict[str, str]]:
    """Return the columns of the list of today."""
    return [
        {"key": "name", "label": _("Measure"), "url_key": "url"},
        {"key": "day", "label": _("Today"), "kind": "number"},
        {"key": "before", "label": _("Yesterday"), "kind": "number"},
        {"key": "month", "label": _("This month"), "kind": "number"},
        {"key": "year", "label": _("This year"), "kind": "number"},
        {"key": "unit", "label": _("Unit")},
    ]


def act_columns(*, show_source: bool) -> list[dict[str, str]]:
    """Return the columns of a list of acts."""
    columns = [
        {"key": "occurred_at", "label": pgettext("of an act", "When"), "kind": "moment"},
        {"key": "kind", "label": _("Act")},
        {"key": "place", "label": _("Place")},
        {"key": "channel", "label": str(DIMENSION_WORDS["channel"])},
        {"key": "subject", "label": str(DIMENSION_WORDS["subject"])},
        {"key": "quantity", "label": _("Quantity"), "kind": "number"},
        {"key": "state", "label": pgettext("of an act", "Mark"), "kind": "seal"},
        {"key": "operator", "label": str(DIMENSION_WORDS["operator"])},
    ]
    return (
        [*columns, {"key": "source", "label": _("Record it came from"), "kind": "code long"}]
        if show_source
        else columns
    )


def dictionary_columns() -> list[dict[str, str]]:
    """Return the columns of the dictionary."""
    return [
        {"key": "name", "label": _("Measure"), "url_key": "url"},
        {"key": "unit", "label": _("Unit")},
        {"key": "definition", "label": _("Definition")},
        {"key": "sums", "label": _("How it sums")},
        {"key": "source", "label": pgettext("of a definition", "Source")},
        {"key": "code", "label": _("Code"), "kind": "code"},
    ]
