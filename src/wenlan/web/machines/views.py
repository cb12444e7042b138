"""The register of machines at the desk: the list, one machine with its history, and what can be done with it."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenlan.facilities.machines import operations, queries
from wenlan.facilities.machines.forms import (
    FilterForm,
    LinkForm,
    MachineForm,
    MoveForm,
    NewMachineForm,
    StateForm,
    TypeForm,
)
from wenlan.facilities.machines.types import DeedView, MachineState, MachineView
from wenlan.kernel.errors import DomainError, NotFound
from wenlan.kernel.periods import Period
from wenlan.network import queries as network
from wenlan.outreach.bus import queries as bus
from wenlan.staff import queries as staff
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock
from wenlan.ui.addresses import whole_number
from wenlan.ui.spreadsheets import as_table
from wenlan.web.machines.figures import handled_by

PAGE = 100
LONGEST_TABLE = 5000
SEALS = {
    MachineState.IN_USE: "in",
    MachineState.IN_REPAIR: "repair",
    MachineState.OUT_OF_USE: "closed",
    MachineState.DISPOSED: "withdrawn",
}


@needs(Right.MACHINES)
def machines(request: HttpRequest) -> HttpResponse:
    """List the machines of the places this desk sees, and the lines of record books that are not listed singly."""
    form, asked = filtered(request)
    if request.GET.get("format") == "csv":
        return for_a_spreadsheet(queries.machines(limit=LONGEST_TABLE, **asked))
    found = queries.machines(after=whole_number(request.GET.get("after")) or 0, limit=PAGE + 1, **asked)
    names = network.node_names()
    context = {
        "parts": [form[name] for name in ("node", "type", "state", "text")],
        "rows": [
            {
                "name": one.name,
                "url": reverse("machines:machine", args=[one.id]),
                "type": one.type.name,
                "number": one.number,
                "place": " · ".join(part for part in (names.get(one.node, ""), one.spot) if part),
                "bought_on": one.bought_on,
                "state": one.state.label,
            }
            for one in found[:PAGE]
        ],
        "columns": columns(),
        "first": not request.GET.get("after"),
        "next": str(found[PAGE - 1].id) if len(found) > PAGE else "",
        "query": request.GET.urlencode(),
        "unlisted": unlisted(request),
        "type_form": TypeForm(),
    }
    return render(request, "web/machines/machines.html", context)


def filtered(request: HttpRequest) -> tuple[FilterForm, dict[str, Any]]:
    """Return the filter's form and what it asks of the register."""
    seen = request.desk.visible
    form = FilterForm(request.GET or None, places=seen)
    said = form.cleaned_data if form.is_valid() else {}
    place = said.get("node")
    nodes = seen & network.subtree(place, clock.today()) if place else seen
    asked = {name: said.get(field) or "" for name, field in (("kind", "type"), ("state", "state"), ("text", "text"))}
    return form, {"nodes": nodes, **asked}


def columns() -> list[dict[str, str]]:
    """Return the columns of the list."""
    return [
        {"key": "name", "label": _("Name and model"), "kind": "title", "url_key": "url"},
        {"key": "type", "label": _("Type")},
        {"key": "number", "label": _("Asset number"), "kind": "code"},
        {"key": "place", "label": _("Place")},
        {"key": "bought_on", "label": _("Bought on"), "kind": "day"},
        {"key": "state", "label": _("State")},
    ]


def unlisted(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the lines of record books that could be listed singly, as the page shows them."""
    names = network.node_names()
    return [
        {"one": line, "place": names.get(line.node, "")}
        for line in queries.unlisted(request.desk.nodes_with(Right.MACHINES))
        if line.pieces > 0
    ]


def for_a_spreadsheet(found: tuple[MachineView, ...]) -> HttpResponse:
    """Return the list as a file."""
    names = network.node_names()
    headings = [
        *(_("Asset number"), _("Type"), _("Name and model"), _("Place"), _("Where it stands"), _("State")),
        *(_("In use since"), _("Bought on"), _("Price in yuan"), _("Source of funds"), _("Supplied by")),
        *(_("Serial number"), _("Number plate"), _("Warranty until"), _("Note")),
    ]
    lines = (
        [
            *(one.number, one.type.name, one.name, names.get(one.node, ""), one.spot, one.state.label),
            *(one.since, one.bought_on or "", "" if one.price_fen is None else one.price_fen / 100, one.fund),
            *(one.supplier, one.serial, one.plate, one.warranty_until or "", one.note),
        ]
        for one in found
    )
    return as_table(headings, lines, "machines.csv")


@needs(Right.MACHINES)
def new(request: HttpRequest) -> HttpResponse:
    """Enter a machine, or several of a kind."""
    initial = {"node": request.desk.node, "since": clock.today()}
    form = NewMachineForm(request.POST or None, places=request.desk.nodes_with(Right.MACHINES), initial=initial)
    if request.method == "POST" and form.is_valid():
        pieces = form.cleaned_data.pop("pieces")
        act = request.desk.act(key=form.cleaned_data["key"])
        try:
            made = operations.enter_alike(act, facts=form.facts(), pieces=pieces)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Entered in the register."))
            return redirect("machines:machine", made[0].id) if pieces == 1 else redirect("machines:list")
    context = {"form": form, "crumbs": crumbs(_("Enter a machine")), "heading": _("Enter a machine")}
    return render(request, "web/machines/form.html", context, status=422 if form.is_bound else 200)


@needs(Right.MACHINES)
def machine(request: HttpRequest, machine_id: int) -> HttpResponse:
    """Show a machine: what is written of it, what it handled, what was done with it, and what can be done."""
    return page(request, visible_machine(request, machine_id))


def page(request: HttpRequest, one: MachineView, status: int = 200, **refused: Any) -> HttpResponse:
    """Return the page of a machine; `refused` are the forms that were not taken."""
    today = clock.today()
    history = queries.deeds(one.id)
    may_change = request.desk.may(Right.MACHINES, one.node)
    places = request.desk.nodes_with(Right.MACHINES)
    spans = {"year": Period(date(today.year, 1, 1), today), "before": Period.year(today.year - 1)}
    spans["year"] = Period(spans["year"].start, date.fromordinal(today.toordinal() + 1))
    links = queries.links([one.id])
    context = {
        "machine": one,
        "seal": SEALS[one.state],
        "pairs": written(one),
        "history": told(history),
        "last_deed": last_deed(history) if may_change else None,
        "links": links,
        "handled": [(name, handled_by([one], span)[0]) for name, span in spans.items()] if links else [],
        "year": today.year,
        "trips": trips_of(one) if one.type.is_vehicle else [],
        "may_trips": request.desk.may(Right.BUS),
        "may_change": may_change,
        "move_form": MoveForm(places=places, initial={"node": one.node, "spot": one.spot, "day": today}),
        "state_form": StateForm(known=one, initial={"day": today}),
        "link_form": LinkForm(),
        "crumbs": crumbs(one.name),
        **refused,
    }
    return render(request, "web/machines/machine.html", context, status=status)


def last_deed(history: tuple[DeedView, ...]) -> int | None:
    """Return the last thing done with a machine that can be taken back; None when its entry is all there is."""
    standing = [deed.id for deed in history if deed.undone_at is None]
    return standing[0] if len(standing) > 1 else None


def trips_of(one: MachineView) -> list[dict[str, Any]]:
    """Return the last trips of a vehicle with where they went, how many stops were served, and who drove."""
    found = bus.trips_of(one.id)
    names = {line.id: line.name for line in bus.lines()} if found else {}
    return [
        {
            "trip": trip,
            "title": names.get(trip.line, trip.title) if trip.line else trip.title,
            "served": len(trip.served),
            "drivers": "、".join(trip.drivers),
        }
        for trip in found
    ]


def written(one: MachineView) -> list[tuple[str, Any]]:
    """Return what is written of a machine, term by term; what is empty is left out by the page."""
    place = " · ".join(part for part in (network.node(one.node).name, one.spot) if part)
    return [
        (_("Type"), one.type.name),
        (_("Asset number"), one.number),
        (_("Place"), place),
        (_("In use since"), one.since),
        (_("Serial number"), one.serial),
        (_("Number plate"), one.plate),
        (_("Bought on"), one.bought_on),
        (_("Source of funds"), one.fund),
        (_("Supplied by"), one.supplier),
        (_("Warranty until"), one.warranty_until),
        (_("Note"), one.note),
    ]


def told(history: tuple[DeedView, ...]) -> list[dict[str, Any]]:
    """Return what was done with a machine as its page shows it, with the names of who did it."""
    ids = {deed.by.removeprefix("staff:") for deed in history if deed.by.startswith("staff:")}
    names = {f"staff:{member}": name for member, name in staff.names([int(member) for member in ids]).items()}
    return [
        {
            "deed": deed,
            "what": deed.state.label if deed.kind == "stated" else deed.kind.label,
            "place": " · ".join(part for part in (network.node(deed.node, deed.day).name, deed.spot) if part),
            "who": names.get(deed.by, deed.by),
        }
        for deed in history
    ]


@needs(Right.MACHINES)
def change(request: HttpRequest, machine_id: int) -> HttpResponse:
    """Put right what is written of a machine."""
    one = own_machine(request, machine_id)
    form = MachineForm(request.POST or None, known=one)
    if request.method == "POST" and form.is_valid():
        facts = form.facts(node=one.node, department=one.department, spot=one.spot, since=one.since)
        try:
            operations.put_right(request.desk.act(key=form.cleaned_data["key"]), machine=one.id, facts=facts)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The machine was saved."))
            return redirect("machines:machine", one.id)
    way = [*crumbs(one.name)[:-1], (one.name, reverse("machines:machine", args=[one.id])), (_("Change"), "")]
    context = {"form": form, "crumbs": way, "heading": one.name}
    return render(request, "web/machines/form.html", context, status=422 if form.is_bound else 200)


@require_POST
@needs(Right.MACHINES)
def move(request: HttpRequest, machine_id: int) -> HttpResponse:
    """Move a machine to another place or spot."""
    one = own_machine(request, machine_id)
    form = MoveForm(request.POST, places=request.desk.nodes_with(Right.MACHINES))
    return done(request, one, form, "move_form", operations.move)


@require_POST
@needs(Right.MACHINES)
def state(request: HttpRequest, machine_id: int) -> HttpResponse:
    """Say how a machine stands."""
    one = own_machine(request, machine_id)
    form = StateForm(request.POST, known=one)
    return done(request, one, form, "state_form", operations.set_state)


def done(request: HttpRequest, one: MachineView, form: Any, name: str, do: Callable[..., Any]) -> HttpResponse:
    """Do what a form of the machine's page says, or show the page with why not."""
    if form.is_valid():
        said = {key: value for key, value in form.cleaned_data.items() if key != "key"}
        if "state" in said:
            said["state"] = MachineState(said["state"])
        try:
            do(request.desk.act(key=form.cleaned_data["key"]), machine=one.id, **said)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Written down."))
            return redirect("machines:machine", one.id)
    return page(request, one, 422, **{name: form})


@require_POST
@needs(Right.MACHINES)
def take_back(request: HttpRequest, machine_id: int) -> HttpResponse:
    """Take back the last thing done with a machine."""
    one = own_machine(request, machine_id)
    try:
        operations.take_back(request.desk.act(key=request.POST.get("key", "")[:64] or None), machine=one.id)
        messages.success(request, _("Taken back; the history keeps it."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("machines:machine", one.id)


@require_POST
@needs(Right.MACHINES)
def link(request: HttpRequest, machine_id: int) -> HttpResponse:
    """Say which device a machine is."""
    one, form = own_machine(request, machine_id), LinkForm(request.POST)
    if form.is_valid():
        try:
            operations.link(request.desk.act(), machine=one.id, **form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("What the device does is shown with the machine from that day on."))
            return redirect("machines:machine", one.id)
    return page(request, one, 422, link_form=form)


@require_POST
@needs(Right.MACHINES)
def unlink(request: HttpRequest, machine_id: int, link_id: int) -> HttpResponse:
    """Say that a machine is a device no longer."""
    one = own_machine(request, machine_id)
    operations.unlink(request.desk.act(), machine=one.id, link=link_id)
    messages.success(request, _("Written down."))
    return redirect("machines:machine", one.id)


@require_POST
@needs(Right.MACHINES)
def list_singly(request: HttpRequest, entry: UUID, node: int) -> HttpResponse:
    """Make single machines of a line of a record book."""
    request.desk.insist(Right.MACHINES, node)
    try:
        made = operations.list_singly(request.desk.act(), entry=entry, node=node)
        said = _("%(count)d machines are listed one by one now; no figure has changed.")
        messages.success(request, said % {"count": len(made)})
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("machines:list")


@require_POST
@needs(Right.MACHINES)
def add_type(request: HttpRequest) -> HttpResponse:
    """Add a type of the library's own."""
    form = TypeForm(request.POST)
    if form.is_valid():
        made = operations.add_type(request.desk.act(), words=form.words())
        messages.success(request, _("%(type)s can be chosen from now on.") % {"type": made.name})
    else:
        messages.error(request, _("Please give the type a name."))
    return redirect("machines:list")


def visible_machine(request: HttpRequest, machine_id: int) -> MachineView:
    """Return a machine at a place that this desk sees. Raises NotFound."""
    found = queries.machine(machine_id)
    if found.node not in request.desk.visible:
        raise NotFound(what=str(machine_id))
    return found


def own_machine(request: HttpRequest, machine_id: int) -> MachineView:
    """Return a machine at a place whose machines this desk keeps. Raises NotFound, NotAllowed."""
    found = visible_machine(request, machine_id)
    request.desk.insist(Right.MACHINES, found.node)
    return found


def crumbs(here: str) -> list[tuple[str, str]]:
    """Return the way to a page about machines."""
    return [(_("Machines"), reverse("machines:list")), (here, "")]
