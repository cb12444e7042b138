"""The trips: what is to run today, a trip under way on the bus's own device, and what each one came to."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenlan.facilities.machines import queries as machines
from wenlan.kernel.errors import DomainError, NotFound
from wenlan.kernel.periods import Period
from wenlan.network import queries as network
from wenlan.network.types import NodeKind
from wenlan.outreach.bus import operations, queries
from wenlan.outreach.bus.forms import AddStopForm, CrewForm, DropForm, TimesForm, TripForm, YearForm
from wenlan.outreach.bus.types import Purpose, TripState, TripView
from wenlan.registers import queries as entries
from wenlan.staff import queries as staff
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock
from wenlan.ui.addresses import place_in_list, whole_number

FIGURES = ("bus_trips", "stops_served", "bus_loans", "bus_cards", "bus_persons", "service_trips")
DAYS_AHEAD = 8
PAGE = 100
FIRST_YEAR = 1950
OVER = (TripState.CLOSED, TripState.DROPPED)
MADE = (TripState.UNDER_WAY, TripState.CLOSED)
AT_STOP: dict[str, Callable[..., TripView]] = {
    "arrive": operations.arrive,
    "leave": operations.leave,
    "leave-out": operations.leave_out,
}
SEALS = {TripState.UNDER_WAY: "open", TripState.CLOSED: "held", TripState.DROPPED: "cancelled"}


@needs(Right.BUS)
def trips(request: HttpRequest) -> HttpResponse:
    """Show what is under way, what the timetable says of the coming days, and the trips of a year."""
    today, nodes = clock.today(), request.desk.nodes_with(Right.BUS)
    year = year_of(request, today.year)
    after = place_in_list(request.GET.get("after", ""))
    found = queries.trips(nodes, Period.year(year), states=OVER, after=after, limit=PAGE + 1)
    out = queries.under_way(nodes)
    ahead = Period(today, today + timedelta(days=DAYS_AHEAD))
    made = {(one.line, one.day) for one in queries.trips(nodes, ahead, states=MADE)}
    vehicles = machines.machines_by_id({one.vehicle for one in (*found, *out)})
    names = {line.id: line.name for line in queries.lines(nodes)}
    context = {
        "under_way": [row_of(one, names, vehicles) for one in out],
        "ahead": [
            {"run": run, "is_made": (run.line.id, run.day) in made, "is_today": run.day == today}
            for run in queries.runs(queries.lines(nodes, on=today), ahead)
        ],
        "rows": [row_of(one, names, vehicles) for one in found[:PAGE]],
        "first": after is None,
        "next": f"{found[PAGE - 1].day:%Y-%m-%d}.{found[PAGE - 1].id}" if len(found) > PAGE else "",
        "form": YearForm(initial={"year": year}, today=today),
        "year": year,
        "figures_url": figures_url(request, year),
        "has_vehicles": bool(machines.vehicles(request.desk.visible)),
    }
    return render(request, "outreach/trips.html", context)


def year_of(request: HttpRequest, this_year: int) -> int:
    """Return the year whose trips are asked for, this one for none and for one in which no bus ran."""
    asked = whole_number(request.GET.get("year")) or this_year
    return asked if FIRST_YEAR <= asked <= this_year else this_year


def row_of(one: TripView, lines: dict[int, str], vehicles: dict[int, Any]) -> dict[str, Any]:
    """Return a trip as the list shows it."""
    return {
        "one": one,
        "title": lines.get(one.line, one.title) if one.line else one.title,
        "vehicle": vehicles[one.vehicle].title,
        "seal": SEALS[one.state],
        "served": len(one.served),
    }


def figures_url(request: HttpRequest, year: int) -> list[tuple[str, str]]:
    """Return the addresses of the year's figures of the bus, where this desk sees figures."""
    if not request.desk.may(Right.FIGURES_SEE):
        return []
    said = urlencode({"start": f"{year}-01-01", "last": f"{year}-12-31"})
    words = dict(zip(FIGURES, figure_words(), strict=True))
    return [(words[code], f"{reverse('indicators:figure', args=[code])}?{said}") for code in FIGURES]


def figure_words() -> tuple[str, ...]:
    """Return what the figures of the bus are called here."""
    return (
        _("Trips"),
        _("Stops served"),
        _("Loans on the bus"),
        _("Cards issued"),
        _("Persons served"),
        _("Service trips"),
    )


@needs(Right.BUS)
def new(request: HttpRequest) -> HttpResponse:
    """Open a trip from the timetable or outside it, or write one down that was made."""
    form = trip_form(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.open_trip(
                request.desk.act(key=form.cleaned_data["key"]), trip=form.trip(node_of(request, form))
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The trip is open."))
            return redirect("bus:trip", made.id)
    context = {"form": form, "crumbs": crumbs(_("Open a trip"))}
    return render(request, "outreach/new_trip.html", context, status=422 if form.is_bound else 200)


def node_of(request: HttpRequest, form: TripForm) -> int:
    """Return the place from which a trip is made: the line's, else where its vehicle stands."""
    line = form.cleaned_data["line"]
    node = queries.line(line).node if line else machines.machine(form.cleaned_data["vehicle"]).node
    request.desk.insist(Right.BUS, node)
    return node


def trip_form(request: HttpRequest, data: Any) -> TripForm:
    """Return the form of a trip; opened for a line it is filled with the people of its last trip."""
    today, nodes = clock.today(), request.desk.nodes_with(Right.BUS)
    lines, vehicles = queries.lines(nodes, on=today), machines.vehicles(request.desk.visible)
    asked = whole_number(request.GET.get("line"))
    chosen = next((line for line in lines if line.id == asked), None)
    initial: dict[str, Any] = {"started_at": clock.now(), "crew": [request.desk.staff.id], "purpose": Purpose.AD_HOC}
    if chosen is not None:
        initial |= {"purpose": Purpose.LINE, "line": chosen.id, "vehicle": chosen.vehicle}
        if last := queries.last_crew(chosen.id):
            initial |= {"drivers": "、".join(last.drivers), "others": "、".join(last.others), "vehicle": last.vehicle}
            initial["crew"] = [*last.crew]
    return TripForm(
        data,
        initial=initial,
        lines=lines,
        vehicles=vehicles,
        stops=queries.stops(nodes, on=today),
        people=people_at(request, initial["crew"]),
    )


def people_at(request: HttpRequest, also: list[int]) -> list[tuple[int, str]]:
    """Return the members of staff who may be on a trip: those who belong to a bus, and those already named."""
    nodes = request.desk.nodes_with(Right.BUS)
    found = staff.members_at([view.id for view in network.nodes() if view.id in nodes and view.kind == NodeKind.BUS])
    known = dict(found)
    return [*found, *((member, name) for member, name in staff.names(also).items() if member not in known)]


@needs(Right.BUS)
def trip(request: HttpRequest, trip_id: int) -> HttpResponse:
    """Show a trip: its stops with what was done at each, its people, and what can be done with it."""
    return page(request, own_trip(request, trip_id))


def page(request: HttpRequest, one: TripView, status: int = 200, **forms: Any) -> HttpResponse:
    """Return the page of a trip; the forms that were refused are given."""
    made = queries.composition(one, clock.now())
    crew = staff.names(one.crew)
    entry = entries.entry(one.entry) if one.entry else None
    lists = ("loans", "returns", "renewals", "cards", "visitors")
    context = {
        "trip": one,
        "title": queries.line(one.line).name if one.line else one.title,
        "seal": SEALS[one.state],
        "vehicle": machines.machine(one.vehicle),
        "stops": [
            {"one": stop, "cells": [made.by_stop.get(stop.id, {}).get(name) for name in lists]} for stop in one.stops
        ],
        "between": [made.between[name] for name in lists],
        "totals": list(zip(words_of_totals(), [made.totals[name] for name in lists], strict=True)),
        "columns": words_of_totals(),
        "people": [*one.drivers, *(crew[member] for member in one.crew if member in crew), *one.others],
        "entry_url": reverse("registers:entry", args=[entry.book, entry.uid]) if entry else "",
        "is_under_way": one.state == TripState.UNDER_WAY,
        "is_dropped": one.state == TripState.DROPPED,
        "add_form": AddStopForm(stops=queries.stops(request.desk.nodes_with(Right.BUS), on=clock.today())),
        "crew_form": crew_form(request, one),
        "drop_form": DropForm(),
        "crumbs": crumbs(f"{one.day:%Y-%m-%d}"),
        **forms,
    }
    return render(request, "outreach/trip.html", context, status=status)


def words_of_totals() -> list[str]:
    """Return the words of what is summed for a trip, in their order."""
    return [_("Loans"), _("Returns"), _("Renewals"), _("Cards issued"), _("Visitors")]


def crew_form(request: HttpRequest, one: TripView, data: Any = None) -> CrewForm:
    """Return the form of a trip's people."""
    initial = {"drivers": "、".join(one.drivers), "crew": list(one.crew), "others": "、".join(one.others)}
    return CrewForm(data, people=people_at(request, list(one.crew)), initial=initial)


@require_POST
@needs(Right.BUS)
def at_stop(request: HttpRequest, trip_id: int, stop_id: int, what: str) -> HttpResponse:
    """Say that the bus comes to a stop, leaves it, or leaves it out."""
    one = own_trip(request, trip_id)
    if what not in AT_STOP:
        raise NotFound(what=what)
    try:
        AT_STOP[what](request.desk.act(), trip=one.id, stop=stop_id)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("bus:trip", one.id)


@require_POST
@needs(Right.BUS)
def add_stop(request: HttpRequest, trip_id: int) -> HttpResponse:
    """Add a stop that was not planned."""
    one = own_trip(request, trip_id)
    form = AddStopForm(request.POST, stops=queries.stops(request.desk.nodes_with(Right.BUS), on=clock.today()))
    if form.is_valid():
        return done(request, one, lambda act: operations.add_stop(act, trip=one.id, **form.cleaned_data))
    return page(request, one, 422, add_form=form)


@require_POST
@needs(Right.BUS)
def crew(request: HttpRequest, trip_id: int) -> HttpResponse:
    """Say who is on a trip."""
    one = own_trip(request, trip_id)
    form = crew_form(request, one, request.POST)
    if form.is_valid():
        people = {name: list(who) for name, who in form.people().items()}
        return done(request, one, lambda act: operations.set_crew(act, trip=one.id, **people))
    return page(request, one, 422, crew_form=form)


@needs(Right.BUS)
def times(request: HttpRequest, trip_id: int) -> HttpResponse:
    """Put the times of a trip right."""
    one = own_trip(request, trip_id)
    form = TimesForm(request.POST or None, trip=one)
    if request.method == "POST" and form.is_valid():
        try:
            operations.put_right(request.desk.act(), trip=one.id, times=form.times())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The times were saved."))
            return redirect("bus:trip", one.id)
    way = [*crumbs(""), (_("Put the times right"), "")]
    way[1] = (f"{one.day:%Y-%m-%d}", reverse("bus:trip", args=[one.id]))
    context = {"form": form, "crumbs": way, "trip": one}
    return render(request, "outreach/times.html", context, status=422 if form.is_bound else 200)


@require_POST
@needs(Right.BUS)
def close(request: HttpRequest, trip_id: int) -> HttpResponse:
    """Close a trip; its line stands in the record book then."""
    one = own_trip(request, trip_id)
    return done(request, one, lambda act: operations.close_trip(act, trip=one.id))


@require_POST
@needs(Right.BUS)
def fill(request: HttpRequest, trip_id: int) -> HttpResponse:
    """Fill the line in the record book anew."""
    one = own_trip(request, trip_id)
    return done(request, one, lambda act: operations.fill_anew(act, trip=one.id))


@require_POST
@needs(Right.BUS)
def drop(request: HttpRequest, trip_id: int) -> HttpResponse:
    """Drop a trip that was not made."""
    one = own_trip(request, trip_id)
    reason = request.POST.get("reason", "")
    return done(request, one, lambda act: operations.drop(act, trip=one.id, reason=reason))


def done(request: HttpRequest, one: TripView, do: Callable[[Any], Any]) -> HttpResponse:
    """Do something with a trip, and say what came of it on its page."""
    try:
        do(request.desk.act())
        messages.success(request, _("Written down."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("bus:trip", one.id)


def own_trip(request: HttpRequest, trip_id: int) -> TripView:
    """Return a trip of a place whose bus this desk keeps. Raises NotFound."""
    found = queries.trip(trip_id)
    if found.node not in request.desk.nodes_with(Right.BUS):
        raise NotFound(what=str(trip_id))
    return found


def crumbs(here: str) -> list[tuple[str, str]]:
    """Return the way to a page about trips."""
    return [(_("Trips of the bus"), reverse("bus:trips")), (here, "")]
