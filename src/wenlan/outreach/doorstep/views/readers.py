"""Pages of who is served at the door, and by which rules."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.outreach.doorstep import operations, queries
from wenlan.outreach.doorstep.forms import AdmitForm, PlateForm, RuleForm
from wenlan.outreach.doorstep.types import DoorReaderView
from wenlan.outreach.doorstep.views.runs import named
from wenlan.patrons import passes
from wenlan.patrons import queries as patrons
from wenlan.staff.access import needs
from wenlan.staff.errors import NotAllowed
from wenlan.staff.types import Right
from wenlan.ui import clock
from wenlan.ui.addresses import whole_number

PAGE = 100


@needs(Right.PATRONS_NAMES)
def readers(request: HttpRequest) -> HttpResponse:
    """List who is served at the door from the places where names may be seen, and take somebody in."""
    form = AdmitForm(request.POST or None, initial={"card": request.GET.get("card", "")[:64]})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            patron = patrons.patron_id_by_card(passes.card_number(said["card"], clock.now()))
            operations.admit(request.desk.act(key=said["key"] or None), reader=form.reader(patron))
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Served at the door from now on."))
            return redirect("doorstep:readers")
    start, today = whole_number(request.GET.get("after")) or 0, clock.today()
    found = queries.readers(request.desk.nodes_with(Right.PATRONS_NAMES), after=start, limit=PAGE + 1)
    known = patrons.patrons_by_id({one.patron for one in found})
    names = network.node_names()
    context = {
        "form": form,
        "lines": [
            {
                "one": one,
                "reader": named(request, known.get(one.patron)),
                "place": names.get(one.node, ""),
                "is_over": one.valid_until is not None and one.valid_until < today,
            }
            for one in found[:PAGE]
        ],
        "next": str(start + PAGE) if len(found) > PAGE else "",
        "first": not start,
        "crumbs": [(_("Books to the door"), reverse("doorstep:runs"))],
    }
    return render(request, "outreach/door_readers.html", context, status=422 if form.errors else 200)


def seen(request: HttpRequest, reader_id: int) -> DoorReaderView:
    """Return an entry of a place where this desk may see names. Raises NotFound and NotAllowed."""
    found = queries.reader(reader_id)
    if found.node not in request.desk.nodes_with(Right.PATRONS_NAMES):
        raise NotAllowed(right=Right.PATRONS_NAMES.label)
    return found


@needs(Right.PATRONS_NAMES)
def reader(request: HttpRequest, reader_id: int) -> HttpResponse:
    """Show and change where somebody is found and how long they are served."""
    one = seen(request, reader_id)
    plate = queries.doorplates([one.id])[one.id]
    initial = {"address": plate.address, "phone": plate.phone, "note": plate.note, "area": one.area}
    form = PlateForm(request.POST or None, initial=initial | {"valid_until": one.valid_until})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        act = request.desk.act(key=said["key"] or None)
        operations.amend(act, reader=one.id, doorplate=form.plate(), area=said["area"], valid_until=said["valid_until"])
        messages.success(request, _("Changed."))
        return redirect("doorstep:readers")
    context = {
        "one": one,
        "reader": named(request, patrons.patron(one.patron)),
        "form": form,
        "crumbs": [(_("Served at the door"), reverse("doorstep:readers"))],
    }
    return render(request, "outreach/door_reader.html", context, status=422 if form.errors else 200)


@require_POST
@needs(Right.PATRONS_NAMES)
def end(request: HttpRequest, reader_id: int) -> HttpResponse:
    """Serve somebody at the door no longer; the address is forgotten."""
    one = seen(request, reader_id)
    operations.end(request.desk.act(), reader=one.id, reason=request.POST.get("reason", "")[:200])
    messages.success(request, _("No longer served at the door. The address is forgotten."))
    return redirect("doorstep:readers")


@needs(Right.RULES_EDIT)
def rules(request: HttpRequest) -> HttpResponse:
    """List the rules of who is served at the door, and make one for the place of this desk."""
    form = RuleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.set_rule(request.desk.act(key=form.cleaned_data["key"] or None), rule=form.rule())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The rule holds from today on."))
            return redirect("doorstep:rules")
    names = network.node_names()
    categories = {one.code: one.name for one in patrons.categories()}
    found = queries.rules(clock.today(), request.desk.nodes_with(Right.RULES_EDIT))
    context = {
        "form": form,
        "lines": [
            {"one": one, "place": names.get(one.node, ""), "category": categories.get(one.category, one.category)}
            for one in found
        ],
        "crumbs": [(_("Books to the door"), reverse("doorstep:runs"))],
    }
    return render(request, "outreach/door_rules.html", context, status=422 if form.errors else 200)


@require_POST
@needs(Right.RULES_EDIT)
def end_rule(request: HttpRequest, rule_id: int) -> HttpResponse:
    """End a rule from today on."""
    mine = {one.id for one in queries.rules(clock.today(), request.desk.nodes_with(Right.RULES_EDIT))}
    if rule_id not in mine:
        raise NotAllowed(right=Right.RULES_EDIT.label)
    operations.end_rule(request.desk.act(), rule=rule_id)
    messages.success(request, _("The rule has ended."))
    return redirect("doorstep:rules")
