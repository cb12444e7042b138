"""The plan: stops, lines, their timetable, and the days on which it does not hold."""

from datetime import timedelta
from typing import Any

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
from wenlan.outreach.bus import planning, queries
from wenlan.outreach.bus.forms import CallForms, ExceptionForm, LineForm, StopForm, calls_of, weekdays
from wenlan.outreach.bus.types import LineView
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock

DAYS_AHEAD = 90


@needs(Right.BUS)
def plan(request: HttpRequest) -> HttpResponse:
    """Show the lines with their timetables, and the stops."""
    return page(request, stop_form(request))


def page(request: HttpRequest, form: StopForm, status: int = 200) -> HttpResponse:
    """Render the plan with a form for a new stop."""
    today, nodes = clock.today(), request.desk.nodes_with(Right.BUS)
    lines, days = queries.lines(nodes, on=today), dict(weekdays())
    found = queries.stops(nodes)
    on_lines: dict[int, list[str]] = {}
    for one in lines:
        for call in one.calls:
            on_lines.setdefault(call.stop.id, []).append(one.name)
    vehicles = machines.machines_by_id({one.vehicle for one in lines if one.vehicle})
    context = {
        "lines": [
            {"one": one, "weekday": days[one.weekday], "vehicle": vehicles[one.vehicle].title if one.vehicle else ""}
            for one in lines
        ],
        "stops": [{"one": one, "lines": on_lines.get(one.id, [])} for one in found if one.until_day is None],
        "given_up": sum(one.until_day is not None for one in found),
        "form": form,
    }
    return render(request, "outreach/plan.html", context, status=status)


def stop_form(request: HttpRequest, data: Any = None) -> StopForm:
    """Return the form for a new stop; stops of the book may stand there under the bus or under the library above it."""
    listed = queries.in_the_book({*request.desk.nodes_with(Right.BUS), *network.ancestors(request.desk.node)})
    return StopForm(data, listed=listed, initial={"since": clock.today()})


@require_POST
@needs(Right.BUS)
def add_stop(request: HttpRequest) -> HttpResponse:
    """Set up a stop."""
    form = stop_form(request, request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            planning.set_up_stop(
                request.desk.act(key=said["key"]),
                words=form.words(),
                host=said["host"],
                address=said["address"],
                since=said["since"],
                entry=said["entry"] or None,
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The stop is set up. Put it into the timetable of a line."))
            return redirect("bus:plan")
    return page(request, form, status=422)


@require_POST
@needs(Right.BUS)
def give_up(request: HttpRequest, stop_id: int) -> HttpResponse:
    """Give a stop up."""
    request.desk.insist(Right.BUS, queries.stop(stop_id).home)
    try:
        planning.give_up_stop(request.desk.act(), stop=stop_id)
        messages.success(request, _("The stop is given up from today on."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("bus:plan")


@needs(Right.BUS)
def new_line(request: HttpRequest) -> HttpResponse:
    """Open a line."""
    form = line_form(
        request, request.POST or None, initial={"since": clock.today(), "weekday": clock.today().weekday()}
    )
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("weekday", "pattern", "since", "vehicle")}
        try:
            made = planning.open_line(request.desk.act(key=form.cleaned_data["key"]), words=form.words(), **said)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The line is open. Enter its stops and times."))
            return redirect("bus:line", made.id)
    context = {"form": form, "crumbs": crumbs(_("New line"))}
    return render(request, "outreach/new_line.html", context, status=422 if form.is_bound else 200)


def line_form(request: HttpRequest, data: Any = None, **more: Any) -> LineForm:
    """Return the form of a line."""
    return LineForm(data, vehicles=machines.vehicles(request.desk.visible), **more)


@needs(Right.BUS)
def line(request: HttpRequest, line_id: int) -> HttpResponse:
    """Show a line: when it runs, where it stops, its exceptions and its coming days; change when it runs."""
    one = own_line(request, line_id)
    form = line_form(request, request.POST or None, initial=said_of(one))
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("weekday", "pattern", "since", "vehicle")}
        try:
            planning.change_line(request.desk.act(), line=one.id, words=form.words(), **said)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The line was saved."))
            return redirect("bus:line", one.id)
    return line_page(request, one, form=form)


def line_page(request: HttpRequest, one: LineView, **forms: Any) -> HttpResponse:
    """Return the page of a line with its forms; those that were refused are given."""
    today = clock.today()
    initial = [{"stop": call.stop.id, "arrives": call.arrives, "leaves": call.leaves} for call in one.calls]
    stops = queries.stops(request.desk.nodes_with(Right.BUS), on=today)
    context = {
        "line": one,
        "form": line_form(request, initial=said_of(one)),
        "calls": CallForms(initial=initial, form_kwargs={"stops": stops}),
        "has_stops": bool(stops),
        "exception_form": ExceptionForm(),
        "exceptions": queries.exceptions(one.id, today),
        "runs": queries.runs([one], Period(today, today + timedelta(days=DAYS_AHEAD)))[:12],
        "crumbs": crumbs(one.name),
        **forms,
    }
    is_refused = any(form.is_bound for form in forms.values())
    return render(request, "outreach/line.html", context, status=422 if is_refused else 200)


def said_of(one: LineView) -> dict[str, Any]:
    """Return what the form of a line is filled with."""
    name_en = one.words["en"] if one.words["en"] != one.words["zh"] else ""
    when = {"weekday": one.weekday, "pattern": one.pattern, "since": one.from_day, "vehicle": one.vehicle}
    return {"name": one.words["zh"], "name_en": name_en, **when}


@require_POST
@needs(Right.BUS)
def timetable(request: HttpRequest, line_id: int) -> HttpResponse:
    """Say at which stops a line calls, and when."""
    one = own_line(request, line_id)
    stops = queries.stops(request.desk.nodes_with(Right.BUS), on=clock.today())
    lines = CallForms(request.POST, form_kwargs={"stops": stops})
    if lines.is_valid():
        try:
            planning.set_timetable(request.desk.act(), line=one.id, calls=calls_of(lines.forms))
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The timetable holds from now on; readers see it."))
            return redirect("bus:line", one.id)
    return line_page(request, one, calls=lines)


@require_POST
@needs(Right.BUS)
def exception(request: HttpRequest, line_id: int) -> HttpResponse:
    """Say that a line runs otherwise on a day."""
    one, form = own_line(request, line_id), ExceptionForm(request.POST)
    if not form.is_valid():
        return line_page(request, one, exception_form=form)
    said = form.cleaned_data
    planning.set_exception(request.desk.act(), line=one.id, day=said["day"], runs=form.runs, reason=said["reason"])
    messages.success(request, _("Written down; readers see it in the timetable."))
    return redirect("bus:line", one.id)


@require_POST
@needs(Right.BUS)
def end(request: HttpRequest, line_id: int) -> HttpResponse:
    """End a line."""
    planning.end_line(request.desk.act(), line=own_line(request, line_id).id)
    messages.success(request, _("The line ends today."))
    return redirect("bus:plan")


def own_line(request: HttpRequest, line_id: int) -> LineView:
    """Return a line of a bus that this desk plans. Raises NotFound."""
    found = queries.line(line_id)
    if found.node not in request.desk.nodes_with(Right.BUS):
        raise NotFound(what=str(line_id))
    return found


def crumbs(here: str) -> list[tuple[str, str]]:
    """Return the way to a page of the plan."""
    return [(_("Lines and stops"), reverse("bus:plan")), (here, "")]
