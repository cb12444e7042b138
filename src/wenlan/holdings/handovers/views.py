"""Pages of handover: slips, their two signatures, the printed list; dealing copies out by a plan."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from wenlan.catalogue import queries as catalogue
from wenlan.holdings import queries as items
from wenlan.holdings.batches.views import allowed, warn
from wenlan.holdings.choosing import Selection, chosen, read_scans
from wenlan.holdings.handovers import operations, queries
from wenlan.holdings.handovers.forms import AllocateForm, HandoverForm, PlanForm
from wenlan.holdings.handovers.queries import HandoverView
from wenlan.holdings.pages import people, show_form
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui.addresses import whole_number

STATES = {
    "draft": gettext_lazy("Not signed yet"),
    "sent": gettext_lazy("On its way"),
    "received": gettext_lazy("Signed for"),
    "cancelled": gettext_lazy("Cancelled"),
}


@needs(Right.HOLDINGS_RECEIVE)
def handovers(request: HttpRequest) -> HttpResponse:
    """List the slips from and to the places this desk sees."""
    found = queries.handovers(request.desk.visible)
    names = network.node_names()
    rows = [
        {
            "number": one.number,
            "url": reverse("holdings:handover", args=[one.id]),
            "from": names.get(one.from_node, ""),
            "to": names.get(one.to_node, ""),
            "titles": one.titles,
            "units": one.units,
            "sum": one.list_sum_fen,
            "state": STATES[one.state],
        }
        for one in found
    ]
    columns = [
        {"key": "number", "label": _("Slip"), "kind": "code", "url_key": "url"},
        {"key": "from", "label": _("Handed over by")},
        {"key": "to", "label": _("Taken over by")},
        {"key": "titles", "label": _("Number of titles"), "kind": "number"},
        {"key": "units", "label": _("Number of volumes"), "kind": "number"},
        {"key": "sum", "label": _("List price sum"), "kind": "money"},
        {"key": "state", "label": _("State")},
    ]
    may_edit = request.desk.may(Right.HOLDINGS_EDIT)
    context = {"rows": rows, "columns": columns, "may_edit": may_edit}
    return render(request, "holdings/handovers.html", context)


@needs(Right.HOLDINGS_EDIT)
def new(request: HttpRequest) -> HttpResponse:
    """Make a slip."""
    form = HandoverForm(request.POST or None, nodes=every_place())
    if request.method == "POST" and form.is_valid():
        act = request.desk.act(key=form.cleaned_data["key"] or None)
        try:
            made = operations.make(act, to=form.destination(), items=scanned(request, form.cleaned_data["scans"]))
        except DomainError as refusal:
            form.add_error("scans", str(refusal))
        else:
            return redirect("holdings:handover", made.id)
    return form_page(request, form, _("New handover slip"), "holdings:handovers", _("Make the slip"))


def every_place() -> frozenset[int]:
    """Return every place of the network: items may be handed over to any."""
    return frozenset(view.id for view in network.nodes())


def scanned(request: HttpRequest, text: str) -> list[int]:
    """Return the items of scans as far as this desk may change them; says what was left out."""
    scans = read_scans(text)
    found = chosen(Selection(scans=scans)) if scans else None
    if found is None:
        return []
    warn(request, found)
    return allowed(request, found.ids)


def form_page(request: HttpRequest, form: Any, heading: str, back: str, button: str) -> HttpResponse:
    """Render a page that is one form."""
    return show_form(request, form, heading, reverse(back), button)


@needs(Right.HOLDINGS_EDIT)
def allocate(request: HttpRequest) -> HttpResponse:
    """Deal items out by a plan, as slips to be looked at and signed."""
    form = AllocateForm(request.POST or None, nodes=request.desk.nodes_with(Right.HOLDINGS_EDIT))
    if not form.fields["plan"].choices:
        messages.info(request, _("There is no plan yet. Write the first one."))
        return redirect("holdings:plan_new")
    if request.method == "POST" and form.is_valid():
        found = chosen(form.selection())
        warn(request, found)
        plan = queries.plan(int(form.cleaned_data["plan"]))
        try:
            act = request.desk.act(key=form.cleaned_data["key"] or None)
            made = operations.allocate(act, items=allowed(request, found.ids), by=plan)
        except DomainError as refusal:
            form.add_error("scans", str(refusal))
        else:
            messages.success(request, _("%(count)d slips were made. Look at them and sign.") % {"count": len(made)})
            return redirect("holdings:handovers")
    return form_page(request, form, _("Allocate items by a plan"), "holdings:handovers", _("Deal them out"))


@needs(Right.HOLDINGS_EDIT)
def new_plan(request: HttpRequest) -> HttpResponse:
    """Write a plan of allocation."""
    form = PlanForm(request.POST or None, nodes=every_place())
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        operations.make_plan(request.desk.act(), name=said["name"], shares=form.shares(), in_turn=said["in_turn"])
        return redirect("holdings:allocate")
    return form_page(request, form, _("New plan of allocation"), "holdings:handovers", _("Keep the plan"))


def seen(request: HttpRequest, handover_id: int) -> HandoverView:
    """Return a slip from or to a place this desk sees. Raises NotAllowed."""
    found = queries.handover(handover_id)
    if not {found.from_node, found.to_node} & request.desk.visible:
        request.desk.insist(Right.HOLDINGS_RECEIVE, found.to_node)
    return found


def described(found: HandoverView) -> dict[str, Any]:
    """Return what a slip's page and its print show."""
    lines = queries.lines(found.id)
    known = items.items_by_id([line.item for line in lines])
    records = catalogue.records({one.record for one in known.values()})
    names, who = network.node_names(), people([found.made_by, found.sent_by, found.received_by])
    department = network.department(found.to_department).name if found.to_department else ""
    return {
        "slip": found,
        "state": STATES[found.state],
        "from_name": names.get(found.from_node, ""),
        "to_name": f"{names.get(found.to_node, '')} {department}".strip(),
        "sent_by": who.get(found.sent_by, found.sent_by),
        "received_by": who.get(found.received_by, found.received_by),
        "lines": [
            {"line": line, "item": known[line.item], "record": records.get(known[line.item].record)} for line in lines
        ],
        "taken": found.units - found.refused,
    }


@needs(Right.HOLDINGS_RECEIVE)
def handover(request: HttpRequest, handover_id: int) -> HttpResponse:
    """Show a slip with what may be done now."""
    found = seen(request, handover_id)
    may_edit = request.desk.may(Right.HOLDINGS_EDIT, found.from_node)
    context = described(found) | {
        "may_change": may_edit and found.state == "draft",
        "may_sign_for": found.state == "sent" and request.desk.may(Right.HOLDINGS_RECEIVE, found.to_node),
        "is_first_signer": found.sent_by == request.desk.act().operator,
    }
    return render(request, "holdings/handover.html", context)


@needs(Right.HOLDINGS_RECEIVE)
def printed(request: HttpRequest, handover_id: int) -> HttpResponse:
    """Show the slip as it is printed and signed by hand."""
    return render(request, "holdings/handover_print.html", described(seen(request, handover_id)))


def changeable(request: HttpRequest, handover_id: int) -> HandoverView:
    """Return a slip of a place where this desk may change items. Raises NotAllowed."""
    found = queries.handover(handover_id)
    request.desk.insist(Right.HOLDINGS_EDIT, found.from_node)
    return found


@require_POST
@needs(Right.HOLDINGS_EDIT)
def add(request: HttpRequest, handover_id: int) -> HttpResponse:
    """Put the scanned items on the slip."""
    changeable(request, handover_id)
    try:
        ids = scanned(request, request.POST.get("scans", "")[:10_000])
        operations.add_items(request.desk.act(), handover_id=handover_id, items=ids)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("holdings:handover", handover_id)


@require_POST
@needs(Right.HOLDINGS_EDIT)
def remove(request: HttpRequest, handover_id: int) -> HttpResponse:
    """Take an item off the slip."""
    changeable(request, handover_id)
    item = whole_number(request.POST.get("item")) or 0
    operations.remove_item(request.desk.act(), handover_id=handover_id, item=item)
    return redirect("holdings:handover", handover_id)


@require_POST
@needs(Right.HOLDINGS_EDIT)
def cancel(request: HttpRequest, handover_id: int) -> HttpResponse:
    """Give the slip up."""
    changeable(request, handover_id)
    operations.cancel(request.desk.act(), handover_id=handover_id)
    messages.success(request, _("The slip was given up; the items stay where they are."))
    return redirect("holdings:handovers")


@require_POST
@needs(Right.HOLDINGS_EDIT)
def sign_over(request: HttpRequest, handover_id: int) -> HttpResponse:
    """Sign as who hands over."""
    changeable(request, handover_id)
    try:
        operations.sign_over(request.desk.act(), handover_id=handover_id)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Signed. Print the list and send it with the items."))
    return redirect("holdings:handover", handover_id)


@require_POST
@needs(Right.HOLDINGS_RECEIVE)
def sign_for(request: HttpRequest, handover_id: int) -> HttpResponse:
    """Sign as who takes over; ticked items are refused."""
    found = queries.handover(handover_id)
    request.desk.insist(Right.HOLDINGS_RECEIVE, found.to_node)
    ticked = [item for text in request.POST.getlist("refused") if (item := whole_number(text)) is not None]
    refused = {item: request.POST.get(f"reason-{item}", "")[:100] for item in ticked}
    try:
        done = operations.sign_for(request.desk.act(), handover_id=handover_id, refused=refused)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        said = {"taken": done.units - done.refused, "refused": done.refused}
        messages.success(request, _("%(taken)d items are yours now, %(refused)d were refused.") % said)
    return redirect("holdings:handover", handover_id)
