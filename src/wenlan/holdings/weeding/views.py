"""Pages of weeding: propose, review, decide, dispose; the pick list."""

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
from wenlan.holdings.choosing import chosen
from wenlan.holdings.handovers.views import form_page
from wenlan.holdings.pages import people
from wenlan.holdings.types import WithdrawalWay
from wenlan.holdings.weeding import operations, queries
from wenlan.holdings.weeding.forms import BY_SCAN, DecideForm, DisposeForm, ProposeForm, ReviewForm
from wenlan.holdings.weeding.queries import ListView
from wenlan.holdings.weeding.types import HARD, WeedingReason
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui.addresses import whole_number

STATES = {
    "proposed": gettext_lazy("Proposed, to be reviewed"),
    "reviewed": gettext_lazy("Reviewed, to be decided"),
    "approved": gettext_lazy("Approved, to be disposed of"),
    "rejected": gettext_lazy("Rejected"),
    "disposed": gettext_lazy("Out of the registers"),
}


@needs(Right.CATALOGUE_SEE)
def weedings(request: HttpRequest) -> HttpResponse:
    """List the weeding lists of the places this desk sees."""
    names = network.node_names()
    rows = [
        {
            "number": one.number,
            "url": reverse("holdings:weeding", args=[one.id]),
            "owner": names.get(one.owner, ""),
            "subject": one.subject,
            "proposed_on": one.proposed_on,
            "titles": one.titles,
            "units": one.units,
            "sum": one.list_sum_fen,
            "state": STATES[one.state],
        }
        for one in queries.weedings(request.desk.visible)
    ]
    columns = [
        {"key": "number", "label": _("List"), "kind": "code", "url_key": "url"},
        {"key": "owner", "label": _("Owner")},
        {"key": "subject", "label": _("What the list is about")},
        {"key": "proposed_on", "label": _("Proposed"), "kind": "day"},
        {"key": "titles", "label": _("Number of titles"), "kind": "number"},
        {"key": "units", "label": _("Number of volumes"), "kind": "number"},
        {"key": "sum", "label": _("List price sum"), "kind": "money"},
        {"key": "state", "label": _("State")},
    ]
    may_edit = request.desk.may(Right.HOLDINGS_EDIT)
    context = {"rows": rows, "columns": columns, "may_edit": may_edit}
    return render(request, "holdings/weedings.html", context)


@needs(Right.HOLDINGS_EDIT)
def propose(request: HttpRequest) -> HttpResponse:
    """Propose volumes for weeding."""
    form = ProposeForm(request.POST or None, nodes=request.desk.nodes_with(Right.HOLDINGS_EDIT))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            ids, owner = proposed(request, form)
            reason = said["reason"] if said["rule"] == BY_SCAN else said["rule"]
            act = request.desk.act(key=said["key"] or None)
            made = operations.propose(act, owner=owner, items=dict.fromkeys(ids, reason), subject=said["subject"])
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("holdings:weeding", made.id)
    return form_page(request, form, _("Propose for weeding"), "holdings:weedings", _("Make the list"))


def proposed(request: HttpRequest, form: ProposeForm) -> tuple[list[int], int]:
    """Return the volumes that are meant and their owner: this place for a rule, that of the first volume for scans."""
    said = form.cleaned_data
    act = request.desk.act()
    if said["rule"] != BY_SCAN:
        owner = next(iter(owners_of(request)), request.desk.node)
        return list(queries.candidates(owner, rule=said["rule"], on=act.day, years=said["years"])), owner
    found = chosen(form.selection())
    warn(request, found)
    ids = allowed(request, found.ids)
    owner = items.item(ids[0]).owner_node if ids else request.desk.node
    return ids, owner


def owners_of(request: HttpRequest) -> list[int]:
    """Return the owner whose stock this desk works with: this place, or the nearest above that owns items."""
    from_here = network.ancestors(request.desk.node)
    owning = items.owners()
    return [node for node in from_here if node in owning] or [node for node in owning if node in request.desk.visible]


def seen(request: HttpRequest, list_id: int, right: Right) -> ListView:
    """Return a list whose owner's stock this desk may treat so. Raises NotAllowed."""
    found = queries.weeding(list_id)
    request.desk.insist(right, found.owner)
    return found


@needs(Right.CATALOGUE_SEE)
def weeding(request: HttpRequest, list_id: int) -> HttpResponse:
    """Show a list with what stands against each volume, and the next step for those who may take it."""
    found = seen(request, list_id, Right.CATALOGUE_SEE)
    context = described(found)
    me = request.desk.act().operator
    may_edit = request.desk.may(Right.HOLDINGS_EDIT, found.owner)
    may_review = may_edit or request.desk.may(Right.HOLDINGS_APPROVE, found.owner)
    may_approve = request.desk.may(Right.HOLDINGS_APPROVE, found.owner)
    if found.state in {"proposed", "reviewed"} and may_review and me != found.proposed_by:
        context["review_form"] = ReviewForm(initial={"opinion": found.opinion})
    if found.state == "reviewed" and may_approve and me not in {found.proposed_by, found.reviewed_by}:
        context["decide_form"] = DecideForm()
    if found.state == "approved" and may_edit:
        context["dispose_form"] = DisposeForm()
    return render(request, "holdings/weeding.html", context)


def described(found: ListView) -> dict[str, Any]:
    """Return what a list's page and its print show."""
    lines = queries.lines(found.id)
    known = items.items_by_id([line.item for line in lines])
    titles = catalogue.titles({one.record for one in known.values()})
    who = people([found.proposed_by, found.reviewed_by, found.decided_by])
    names = network.node_names()
    return {
        "list": found,
        "state": STATES[found.state],
        "owner_name": names.get(found.owner, ""),
        "way": WithdrawalWay(found.way).label if found.way else "",
        "people": {
            "proposed": who.get(found.proposed_by, found.proposed_by),
            "reviewed": who.get(found.reviewed_by, found.reviewed_by),
            "decided": who.get(found.decided_by, found.decided_by),
        },
        "lines": [
            {
                "line": line,
                "item": known[line.item],
                "title": titles.get(known[line.item].record, ""),
                "place": names.get(known[line.item].shelved_at, ""),
                "reason": WeedingReason(line.reason).label,
                "obstacles": [obstacle.label for obstacle in line.obstacles],
                "needs_note": any(obstacle not in HARD for obstacle in line.obstacles),
            }
            for line in lines
        ],
    }


@needs(Right.CATALOGUE_SEE)
def printed(request: HttpRequest, list_id: int) -> HttpResponse:
    """Show the list as it is printed: for the meeting, and for picking from the shelves."""
    found = seen(request, list_id, Right.CATALOGUE_SEE)
    return render(request, "holdings/weeding_print.html", described(found))


@require_POST
@needs(Right.CATALOGUE_SEE)
def review(request: HttpRequest, list_id: int) -> HttpResponse:
    """Give the opinion; ticked volumes are kept."""
    found = queries.weeding(list_id)
    if not request.desk.may(Right.HOLDINGS_APPROVE, found.owner):
        request.desk.insist(Right.HOLDINGS_EDIT, found.owner)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please write the opinion."))
        return redirect("holdings:weeding", list_id)
    keep = [item for text in request.POST.getlist("keep") if (item := whole_number(text)) is not None]
    notes = {
        item: str(value)[:200]
        for name, value in request.POST.items()
        if name.startswith("note-") and (item := whole_number(name.removeprefix("note-"))) is not None
    }
    return step(
        request,
        list_id,
        lambda: operations.review(
            request.desk.act(), list_id=list_id, opinion=form.cleaned_data["opinion"], keep=keep, notes=notes
        ),
        _("The opinion stands on the list."),
    )


@require_POST
@needs(Right.HOLDINGS_APPROVE)
def decide(request: HttpRequest, list_id: int) -> HttpResponse:
    """Approve or reject."""
    seen(request, list_id, Right.HOLDINGS_APPROVE)
    paper, approve = request.POST.get("paper", "")[:60], request.POST.get("decision") == "approve"
    said = _("Approved: the volumes are set aside.") if approve else _("Rejected: the volumes stay.")
    return step(
        request,
        list_id,
        lambda: operations.decide(request.desk.act(), list_id=list_id, approve=approve, paper=paper),
        said,
    )


@require_POST
@needs(Right.HOLDINGS_EDIT)
def dispose(request: HttpRequest, list_id: int) -> HttpResponse:
    """Deregister the volumes."""
    seen(request, list_id, Right.HOLDINGS_EDIT)
    form = DisposeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please say how the volumes leave."))
        return redirect("holdings:weeding", list_id)
    said = form.cleaned_data
    return step(
        request,
        list_id,
        lambda: operations.dispose(request.desk.act(), list_id=list_id, way=said["way"], recipient=said["recipient"]),
        _("The volumes are out of both registers."),
    )


def step(request: HttpRequest, list_id: int, take: Any, done: str) -> HttpResponse:
    """Take a step, say what came of it, and show the list."""
    try:
        take()
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("holdings:weeding", list_id)
