"""Pages of units: the list, one unit with its classes and their readers, the new school year."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from wenlan.kernel.errors import DomainError, NotFound
from wenlan.patrons import queries as patrons
from wenlan.patrons.types import PatronView
from wenlan.patrons.units import operations, queries
from wenlan.patrons.units.forms import ClassesForm
from wenlan.patrons.units.types import UnitLine
from wenlan.staff.access import needs
from wenlan.staff.types import Right

LONGEST = 500


@needs(Right.PATRONS_NAMES)
def units(request: HttpRequest) -> HttpResponse:
    """List the units whose readers this desk sees by name."""
    text = request.GET.get("q", "").strip()
    found = queries.units(request.desk.nodes_with(Right.PATRONS_NAMES), beginning=text)
    lines = [{"unit": one, "url": address(one.unit)} for one in found]
    return render(request, "patrons/units.html", {"lines": lines, "query": text})


def address(unit: str, group: str | None = None) -> str:
    """Return the page of a unit, or of one of its classes."""
    said = {"unit": unit} | ({} if group is None else {"group": group})
    return f"{reverse('patrons:unit')}?{urlencode(said)}"


@needs(Right.PATRONS_NAMES)
def unit(request: HttpRequest) -> HttpResponse:
    """Show a unit: its classes, the readers of one of them, and new names for all of them at once."""
    nodes = request.desk.nodes_with(Right.PATRONS_NAMES)
    name, group = request.GET.get("unit", ""), request.GET.get("group")
    if not name:
        return redirect("patrons:units")
    found = next((one for one in queries.units(nodes, beginning=name) if one.unit == name), None)
    if found is None:
        raise NotFound(what=name)
    may_change = bool(request.desk.nodes_with(Right.PATRONS_REGISTER))
    form = ClassesForm(request.POST or None, unit=found, suggest="next" in request.GET)
    if may_change and request.method == "POST" and form.is_valid() and renamed(request, found, form):
        return redirect(address(name) if remains(request, name) else reverse("patrons:units"))
    readers = (
        patrons.patrons_by_id(queries.members(nodes, unit=name, group=group)[:LONGEST]) if group is not None else {}
    )
    context = {
        "unit": found,
        "group": group,
        "classes": [{"line": one, "url": address(name, one.group)} for one in found.groups],
        "readers": [reader_line(one) for one in readers.values()],
        "form": form if may_change and form.classes else None,
        "suggest_url": f"{address(name)}&next=1#classes",
        "suggested": "next" in request.GET,
        "crumbs": [(_("Classes and units"), reverse("patrons:units")), (name, "")],
    }
    return render(request, "patrons/unit.html", context, status=422 if form.is_bound else 200)


def reader_line(reader: PatronView) -> dict[str, object]:
    """Return a reader as the list of a class shows it."""
    card = next((card.number for card in reader.cards if card.until_day is None), "")
    return {"reader": reader, "card": card}


def remains(request: HttpRequest, name: str) -> bool:
    """Return whether anybody still belongs to the unit."""
    found = queries.units(request.desk.nodes_with(Right.PATRONS_NAMES), beginning=name)
    return any(one.unit == name for one in found)


def renamed(request: HttpRequest, found: UnitLine, form: ClassesForm) -> bool:
    """Rename the classes, or say in the form why not."""
    nodes = request.desk.nodes_with(Right.PATRONS_REGISTER) & request.desk.nodes_with(Right.PATRONS_NAMES)
    try:
        done = operations.move_up(
            request.desk.act(),
            nodes=nodes,
            unit=found.unit,
            renames=form.renames(),
            may_join=form.cleaned_data["may_join"],
        )
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return False
    said = {"moved": sum(done.moved.values()), "left": sum(done.left.values())}
    messages.success(request, _("%(moved)d readers are in their new classes, %(left)d left the unit.") % said)
    return True
