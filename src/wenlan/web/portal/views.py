"""The portal's public pages."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wenlan.activities import queries as activity_queries
from wenlan.activities.types import SessionView
from wenlan.catalogue import queries as catalogue
from wenlan.catalogue.narrowing import address, asked, drawn_facets, switch, widened
from wenlan.catalogue.types import RecordView
from wenlan.circulation.reserving import queries as reservations
from wenlan.holdings import queries as holdings
from wenlan.holdings.types import Availability
from wenlan.indicators import queries as indicators
from wenlan.kernel.periods import Period
from wenlan.kernel.words import say
from wenlan.network import queries as network
from wenlan.network.types import NodeKind, NodeView
from wenlan.ui import clock
from wenlan.ui.typography import unit_beside
from wenlan.web.finding import available_in, by_barcode
from wenlan.web.portal import reserving
from wenlan.web.portal.captions import CAPTIONS
from wenlan.web.portal.opening import in_spans
from wenlan.web.portal.reading import reader_of
from wenlan.web.portal.searching import crumbs_of

SHELF = 36
DAYS_AHEAD = 45
PUBLIC_MEASURES = (
    "loans",
    "returns",
    "visits",
    "reading_room_visits",
    "borrowing_visits",
    "activity_sessions",
    "activity_attendance",
    "bus_trips",
    "volunteer_hours",
)
OUTLETS = {
    NodeKind.LIBRARY,
    NodeKind.BUILDING,
    NodeKind.BRANCH,
    NodeKind.STUDY_ROOM,
    NodeKind.VILLAGE_ROOM,
    NodeKind.POINT,
}


def shown(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """Render a page of the portal, with the reader's masked name where one is signed in."""
    reader = reader_of(request)
    return render(request, template, {"reader_name": reader.masked().name if reader else "", **context})


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The library's name as a title page: search, what is open, today's activities, new titles."""
    today = clock.today()
    places = outlets(today)
    open_now = [place for place in places if is_open_now(place)]
    context = {
        "places": len(places),
        "open_now": open_now,
        "sessions": timetable(sessions_between(today, today + timedelta(days=1))),
        "coming": dated(timetable(sessions_between(today + timedelta(days=1), today + timedelta(days=15))[:6])),
        "shelf": catalogue.newest(SHELF),
    }
    return shown(request, "web/portal/home.html", context)


def outlets(today: date) -> list[NodeView]:
    """Return the places where readers are served."""
    return [view for view in network.nodes(today) if view.kind in OUTLETS and view.status == "open"]


def is_open_now(place: NodeView) -> bool:
    """Return whether the doors stand open at this minute."""
    now = timezone.localtime(clock.now())
    return any(opens <= now.time() < closes for opens, closes in network.opening_on(place.id, now.date()))


def sessions_between(start: date, end: date) -> tuple[SessionView, ...]:
    """Return what readers can go to, in all the network."""
    return activity_queries.upcoming(network.subtree(network.root().id), start, end)


def timetable(sessions: Sequence[SessionView]) -> list[dict[str, Any]]:
    """Return sessions as lines of a timetable."""
    names = network.node_names()
    return [
        {
            "day": timezone.localtime(session.starts_at).date(),
            "time": f"{timezone.localtime(session.starts_at):%H:%M}",
            "until": f"{timezone.localtime(session.ends_at):%H:%M}" if session.ends_at else "",
            "title": session.title or say(session.programme_words),
            "place": " · ".join(part for part in (names.get(session.node, ""), session.place) if part),
        }
        for session in sessions
    ]


def dated(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return lines of several days: the day in front, the time under it."""
    return [{**line, "time": f"{line['day']:%m-%d}", "until": line["time"]} for line in lines]


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results with where each can be had, facets, and never a silent zero."""
    query = asked(request.GET)
    page = catalogue.search(query, available=available_in(query.node) if request.GET.get("available") else None)
    if not page.total and (of_barcode := by_barcode(query.text)):
        page = replace(page, hits=(of_barcode,), total=1, suggestions=())
    found = holdings.availability([hit.id for hit in page.hits])
    context = {
        "query": query.text,
        "page": page,
        "filters": [switch(request.GET, "available", _("Can be borrowed now"))],
        "count_url": "" if page.is_counted or not page.is_complete else address(request.GET, count="1"),
        "rows": [{"record": hit, **counted(found.get(hit.id, ()))} for hit in page.hits],
        "facets": drawn_facets(page, query, request.GET),
        "crumbs": crumbs_of(query),
        "widened_url": "" if page.total else widened(request.GET),
    }
    return shown(request, "web/portal/search.html", context)


def counted(places: Sequence[Availability]) -> dict[str, int]:
    """Return how many units are held and how many can be borrowed now."""
    return {"held": sum(place.held for place in places), "available": sum(place.available for place in places)}


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Titles that begin like what is being typed."""
    lines = catalogue.suggestions(request.GET.get("q", ""))
    address = reverse("portal:search")
    return JsonResponse(
        {"suggestions": [{"text": line, "url": f"{address}?{urlencode({'q': line})}"} for line in lines]}
    )


@require_safe
def record(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One work: where it is now, then what it is."""
    found = catalogue.shown_record(uid)
    places = holdings.availability([found.id]).get(found.id, ())
    names = network.node_names()
    context = {
        "record": found,
        "places": [{"name": names.get(place.node, ""), "place": place} for place in places],
        **counted(places),
        "facts": facts_of(found),
        "waiting": reservations.waiting_count(found.id),
    }
    if places:
        reader = reader_of(request)
        context["reader"] = reader
        if reader:
            context["pickup_points"] = reserving.pickup_points(reader)
            context["copies"] = reserving.copy_choices(found.id, places)
    return shown(request, "web/portal/record.html", context)


def facts_of(found: RecordView) -> list[tuple[str, str]]:
    """Return the lines of the description that are known, each with its caption."""
    lines = ((caption, text_of(getattr(found, name))) for name, caption in CAPTIONS)
    return [(str(caption), text) for caption, text in lines if text]


def text_of(value: object) -> str:
    """Return a value of a record as one line."""
    if isinstance(value, tuple):
        return "；".join(value)
    return str(value or "")


@require_safe
def activities(request: HttpRequest) -> HttpResponse:
    """What is on in the coming weeks, by day."""
    today = clock.today()
    lines = timetable(sessions_between(today, today + timedelta(days=DAYS_AHEAD)))
    days = sorted({line["day"] for line in lines})
    context = {"days": [(day, [line for line in lines if line["day"] == day]) for day in days]}
    return shown(request, "web/portal/activities.html", context)


@require_safe
def hours(request: HttpRequest) -> HttpResponse:
    """When each place is open this week, and what is closed ahead."""
    today = clock.today()
    monday = today - timedelta(days=today.weekday())
    week = [monday + timedelta(days=offset) for offset in range(7)]
    rows = [
        {
            "place": place,
            "days": (days := [network.opening_on(place.id, day) for day in week]),
            "spans": in_spans(week, days),
            "hours": network.hours_a_week(place.id, today),
            "open_now": is_open_now(place),
        }
        for place in outlets(today)
    ]
    closed = network.closures(network.root().id, today, today + timedelta(days=120))
    return shown(request, "web/portal/hours.html", {"week": week, "rows": rows, "closed": closed, "today": today})


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """The network's figures of this year and the last, each with its definition."""
    today = clock.today()
    root = network.root()
    this_year = Period(date(today.year, 1, 1), today + timedelta(days=1))
    last_year = Period.year(today.year - 1)
    now = indicators.figures(PUBLIC_MEASURES, node=root.id, period=this_year)
    before = indicators.figures(PUBLIC_MEASURES, node=root.id, period=last_year)
    rows = [
        {
            "now": now[code],
            "before": before[code],
            "unit": unit_beside(now[code].measure.name, say(now[code].measure.unit)),
            "definition": say(now[code].measure.definition),
        }
        for code in PUBLIC_MEASURES
    ]
    context = {"rows": rows, "year": str(today.year), "last_year": str(today.year - 1)}
    return shown(request, "web/portal/figures.html", context)
