"""The page of a plan: say which volumes move, look at them, make the slip that is picked, packed and signed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wenlan.catalogue import queries as catalogue
from wenlan.holdings import queries as items
from wenlan.holdings.rotation import queries
from wenlan.holdings.rotation.forms import PlanForm
from wenlan.holdings.transfers import operations
from wenlan.kernel.errors import DomainError
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock

SHOWN = 50


@needs(Right.HOLDINGS_EDIT)
def plan(request: HttpRequest) -> HttpResponse:
    """Say what moves; look first, then make the slip."""
    nodes = request.desk.nodes_with(Right.HOLDINGS_EDIT)
    start = {name: request.GET[name] for name in ("place", "to", "classes", "units", "purpose") if name in request.GET}
    here = request.desk.node if request.desk.node in nodes else None
    form = PlanForm(request.POST or None, nodes=nodes, initial={"place": here} | start)
    found: tuple[int, ...] | None = None
    if request.method == "POST" and form.is_valid():
        request.desk.insist(Right.HOLDINGS_EDIT, form.plan().from_node)
        found = queries.fitting(form.plan(), clock.today())
        if "make" in request.POST and (made := make(request, form, found)):
            return redirect("holdings:transfer", made)
    context = {"form": form, "found": found, "lines": lines(found or ())}
    return render(request, "holdings/rotation.html", context, status=422 if form.errors else 200)


def make(request: HttpRequest, form: PlanForm, found: tuple[int, ...]) -> int | None:
    """Make the slip of a plan, of nothing yet where items are to be picked by scan; None when it is refused."""
    if not found and request.POST["make"] != "empty":
        form.add_error(None, _("Nothing fits. Choose more classes, or fewer months."))
        return None
    ids = () if request.POST["make"] == "empty" else found
    try:
        act = request.desk.act(key=form.cleaned_data["key"] or None)
        return operations.make(act, route=form.route(), items=ids).id
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return None


def lines(found: tuple[int, ...]) -> list[dict[str, Any]]:
    """Return the first items of a plan as the page shows them."""
    known = items.items_by_id(found[:SHOWN])
    titles = catalogue.titles({one.record for one in known.values()})
    shown = [known[item] for item in found[:SHOWN] if item in known]
    return [{"item": one, "title": titles.get(one.record, "")} for one in shown]
