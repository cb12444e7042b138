"""Pages of service at the door: the runs, one run with its visits, and the sheet of whoever drives."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenlan.circulation import queries as loans
from wenlan.circulation.groups.views import items as scanned
from wenlan.circulation.ordering import handing
from wenlan.circulation.ordering import queries as orders
from wenlan.circulation.types import ItemRef
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.outreach.doorstep import operations, queries, visiting
from wenlan.outreach.doorstep.forms import RunForm, VisitForm
from wenlan.outreach.doorstep.types import DoorReaderView, Outcome, RunView, VisitView
from wenlan.patrons import queries as patrons
from wenlan.patrons.types import PatronView
from wenlan.staff.access import needs
from wenlan.staff.errors import NotAllowed
from wenlan.staff.types import Right
from wenlan.ui import clock
from wenlan.ui.addresses import whole_number

MOST_ORDERS = 100


def places_of(request: HttpRequest) -> frozenset[int]:
    """Return the places where this desk lends."""
    return request.desk.nodes_with(Right.CHECK_OUT)


def named(request: HttpRequest, reader: PatronView | None) -> PatronView | None:
    """Return a reader as this desk may see them."""
    if reader is None or request.desk.may(Right.PATRONS_NAMES, reader.home_node):
        return reader
    return reader.masked()


@needs(Right.CHECK_OUT)
def runs(request: HttpRequest) -> HttpResponse:
    """List the runs to be made and those made, what waits to be brought, and plan a run from here."""
    form = RunForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.plan(request.desk.act(key=form.cleaned_data["key"] or None), run=form.run())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The run is planned. Put the doors on it."))
            return redirect("doorstep:run", made.id)
    places, names = places_of(request), network.node_names()
    context = {
        "form": form,
        "open": [{"one": one, "place": names.get(one.node, "")} for one in queries.runs(places)],
        "closed": [{"one": one, "place": names.get(one.node, "")} for one in queries.runs(places, closed=True)],
        "waiting": waiting(request, places),
        "today": clock.today(),
    }
    return render(request, "outreach/door_runs.html", context, status=422 if form.errors else 200)


def waiting(request: HttpRequest, places: frozenset[int]) -> list[dict[str, Any]]:
    """Return the orders to the door that stand on no open run, with whether their reader is served at the door."""
    found = orders.orders(places, to_door=True, limit=MOST_ORDERS)
    taken = queries.orders_on_runs([one.id for one in found])
    rest = [one for one in found if one.id not in taken]
    readers = patrons.patrons_by_id({one.patron for one in rest if one.patron})
    served = {one.patron: one for one in queries.readers(places)}
    return [
        {
            "order": one,
            "reader": named(request, readers.get(one.patron or 0)),
            "served": served.get(one.patron or 0),
        }
        for one in rest
    ]


def seen(request: HttpRequest, run_id: int) -> RunView:
    """Return a run of a place where this desk lends. Raises NotFound and NotAllowed."""
    found = queries.run(run_id)
    if found.node not in places_of(request):
        raise NotAllowed(right=Right.CHECK_OUT.label)
    return found


def visit_lines(request: HttpRequest, found: RunView) -> list[dict[str, Any]]:
    """Return the visits of a run, each with what is to be given and what may be collected."""
    visits = queries.visits(found.id)
    readers = patrons.patrons_by_id({one.reader.patron for one in visits})
    return [
        {
            "one": one,
            "reader": named(request, readers.get(one.reader.patron)),
            "give": [copy for line in orders.lines(one.order) for copy in line.copies if copy.state == "ready"]
            if one.order
            else [],
            "order": orders.order(one.order) if one.order else None,
            "collect": loans.open_loans(one.reader.patron),
        }
        for one in visits
    ]


@needs(Right.CHECK_OUT)
def run(request: HttpRequest, run_id: int) -> HttpResponse:
    """Show a run: its doors in their order, each with the form of what happened there."""
    found = seen(request, run_id)
    lines = visit_lines(request, found)
    for line in lines:
        initial = {"persons": line["one"].persons, "outcome": line["one"].outcome or Outcome.GIVEN}
        line["form"] = VisitForm(initial=initial | {"key": request.desk.act().key}, auto_id=f"v{line['one'].id}_%s")
    on_run = {line["one"].reader.id for line in lines}
    context = {
        "run": found,
        "place": network.node(found.node).name,
        "lines": lines,
        "choices": [] if found.is_closed else choices(request, on_run),
        "crumbs": [(_("Books to the door"), reverse("doorstep:runs"))],
    }
    return render(request, "outreach/door_run.html", context)


def choices(request: HttpRequest, on_run: set[int]) -> list[dict[str, Any]]:
    """Return which doors may be put on a run, those with an order that waits first."""
    places = places_of(request)
    wait = {line["served"].id: line["order"] for line in waiting(request, places) if line["served"]}
    free = [one for one in queries.readers(places) if one.id not in on_run]
    readers = patrons.patrons_by_id({one.patron for one in free})
    found = [door_choice(request, one, readers, wait.get(one.id)) for one in free]
    return sorted(found, key=lambda one: (one["order"] is None, one["area"]))


def door_choice(
    request: HttpRequest, one: DoorReaderView, readers: dict[int, PatronView], order: Any
) -> dict[str, Any]:
    """Return one door as the list of doors says it."""
    reader = named(request, readers.get(one.patron))
    return {"id": one.id, "name": reader.name if reader else "", "area": one.area, "order": order}


@needs(Right.PATRONS_NAMES)
def sheet(request: HttpRequest, run_id: int) -> HttpResponse:
    """Show the sheet for who drives: where, whom to ask for, what to give and to collect; no card, no full name."""
    found = seen(request, run_id)
    lines = visit_lines(request, found)
    plates = queries.doorplates([line["one"].reader.id for line in lines])
    for line in lines:
        line["plate"] = plates.get(line["one"].reader.id)
        line["ask"] = line["reader"].masked().name if line["reader"] else ""
    context = {"run": found, "lines": lines, "place": network.node(found.node).name}
    return render(request, "outreach/door_sheet.html", context)


@require_POST
@needs(Right.CHECK_OUT)
def change(request: HttpRequest, run_id: int, what: str) -> HttpResponse:
    """Put a door on a run, take one off, call at it earlier or later, or close the run."""
    found = seen(request, run_id)
    act = request.desk.act(key=request.POST.get("key", "")[:60] or None)
    visit = whole_number(request.POST.get("visit")) or 0
    try:
        if what == "add":
            served, order = request.POST.get("door", "").partition(":")[::2]
            reader, brought = whole_number(served) or 0, whole_number(order)
            operations.add_visit(act, run=found.id, reader=reader, order=brought)
        elif what == "drop":
            operations.drop_visit(act, visit=visit_of(found, visit).id)
        elif what in {"up", "down"}:
            operations.move_visit(act, visit=visit_of(found, visit).id, up=what == "up")
        elif what == "close":
            visiting.close(act, run=found.id)
            messages.success(request, _("The run is closed and counted; the record book has its entries."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("doorstep:run", found.id)


def visit_of(found: RunView, visit_id: int) -> VisitView:
    """Return a visit of a run. Raises NotFound, and NotAllowed for one of another run."""
    one = queries.visit(visit_id)
    if one.run != found.id:
        raise NotAllowed(right=Right.CHECK_OUT.label)
    return one


@require_POST
@needs(Right.CHECK_OUT)
def settle(request: HttpRequest, run_id: int, visit_id: int) -> HttpResponse:
    """Enter how a visit ended."""
    found = seen(request, run_id)
    one, form = visit_of(found, visit_id), VisitForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say how it ended, and how many persons were served."))
        return redirect("doorstep:run", found.id)
    act = request.desk.act(key=form.cleaned_data["key"] or None)
    try:
        report = form.report(given_of(request, one), scanned(form.cleaned_data["collected"]) + ticked(request, "back"))
        done = visiting.settle(act, visit=one.id, report=report)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Entered: %(how)s.") % {"how": done.visit.outcome_label})
        for item, why in done.refused:
            messages.error(request, f"{item.barcode}　{why}")
    return redirect("doorstep:run", found.id)


def given_of(request: HttpRequest, one: VisitView) -> list[ItemRef]:
    """Return what was given: the ticks among what stood ready, and what was scanned besides."""
    ready = {item.barcode: item for item in handing.set_aside(one.order)} if one.order else {}
    ticks = [ready[code] for code in request.POST.getlist("give")[:500] if code in ready]
    return [*ticks, *scanned(request.POST.get("given", ""))]


def ticked(request: HttpRequest, name: str) -> list[ItemRef]:
    """Return ticked books; a value is SCOPE:BARCODE."""
    return [item for value in request.POST.getlist(name)[:500] for item in scanned(value)]
