"""Amnesties: proposed with a preview, approved by another, run in steps, lengthened."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenlan.credit import amnesties
from wenlan.credit.forms import AmnestyForm, MoveEndForm
from wenlan.credit.pages import people, place_choices
from wenlan.credit.types import AmnestyView
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock
from wenlan.ui.addresses import whole_number

DAY = timedelta(days=1)


@needs(Right.RULES_EDIT)
def index(request: HttpRequest) -> HttpResponse:
    """List the amnesties of the places this desk sees."""
    found = amnesties.amnesties(request.desk.visible)
    context = {
        "rows": [{"amnesty": one, "last_day": one.until_day - DAY} for one in found],
        "places": network.node_names(),
    }
    return render(request, "credit/amnesties.html", context)


@needs(Right.RULES_EDIT)
def new(request: HttpRequest) -> HttpResponse:
    """Propose an amnesty; first what it would mean is shown."""
    form = AmnestyForm(request.POST or None, nodes=place_choices(request, Right.RULES_EDIT))
    preview = None
    if request.method == "POST" and form.is_valid():
        if "propose" in request.POST:
            said = form.cleaned_data
            try:
                act = request.desk.act(key=said["key"] or None)
                made = amnesties.propose(act, name=said["name"], draft=form.draft(), basis=said["basis"])
            except DomainError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Proposed. It works once somebody else approves it."))
                return redirect("credit:amnesty", made.id)
        else:
            preview = amnesties.preview(form.draft(), on=clock.today())
    context = {"form": form, "preview": preview}
    return render(request, "credit/amnesty_new.html", context, status=422 if form.errors else 200)


@needs(Right.PATRONS_SEE)
def amnesty(request: HttpRequest, amnesty_id: int) -> HttpResponse:
    """Show an amnesty: what it is, what it has done, and what may be done now."""
    found = amnesties.amnesty(amnesty_id)
    changes = amnesties.changes(amnesty_id)
    me = request.desk.act().operator
    may_approve = request.desk.may(Right.MONEY_APPROVE, found.node) and found.approved_at is None
    context = {
        "amnesty": found,
        "last_day": found.until_day - DAY,
        "place": network.node(found.node).name,
        "who": people({found.asked_by, found.approved_by} | {one["operator"] for one in changes}),
        "changes": [one | {"before": one["until_before"] - DAY, "after": one["until_after"] - DAY} for one in changes],
        "preview": amnesties.preview(draft_of(found), on=clock.today()),
        "may_approve": may_approve and found.asked_by != me,
        "is_mine": may_approve and found.asked_by == me,
        "may_change": request.desk.may(Right.RULES_EDIT, found.node),
        "move_form": MoveEndForm(initial={"last_day": found.until_day - DAY}),
        "after": whole_number(request.GET.get("after")) or 0,
    }
    return render(request, "credit/amnesty.html", context)


def draft_of(found: AmnestyView) -> amnesties.Draft:
    """Return what an amnesty is about, to look ahead."""
    return amnesties.Draft(
        node=found.node,
        from_day=found.from_day,
        until_day=found.until_day,
        restores=found.restores,
        waives_charges=found.waives_charges,
    )


@require_POST
@needs(Right.MONEY_APPROVE)
def approve(request: HttpRequest, amnesty_id: int) -> HttpResponse:
    """Approve what somebody else proposed."""
    request.desk.insist(Right.MONEY_APPROVE, amnesties.amnesty(amnesty_id).node)
    try:
        amnesties.approve(request.desk.act(), amnesty_id=amnesty_id)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Approved. Late returns of the period cost nothing from now on."))
    return redirect("credit:amnesty", amnesty_id)


@require_POST
@needs(Right.RULES_EDIT)
def move_end(request: HttpRequest, amnesty_id: int) -> HttpResponse:
    """Let it end on another day."""
    request.desk.insist(Right.RULES_EDIT, amnesties.amnesty(amnesty_id).node)
    form = MoveEndForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            amnesties.move_end(
                request.desk.act(), amnesty_id=amnesty_id, until_day=said["last_day"] + DAY, reason=said["reason"]
            )
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The amnesty has another end; the earlier one is kept."))
    else:
        messages.error(request, _("Please enter a day and a reason."))
    return redirect("credit:amnesty", amnesty_id)


@require_POST
@needs(Right.RULES_EDIT)
def run(request: HttpRequest, amnesty_id: int) -> HttpResponse:
    """Give every reader what the amnesty brings for what happened already, in steps of one transaction each."""
    request.desk.insist(Right.RULES_EDIT, amnesties.amnesty(amnesty_id).node)
    after = readers = points = 0
    try:
        while True:
            done, after = amnesties.run(request.desk.act(), amnesty_id=amnesty_id, after=after)
            readers, points = readers + done.readers, points + done.points
            if not after:
                break
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        said = {"readers": readers, "points": points}
        messages.success(request, _("%(readers)d readers got %(points)d points back.") % said)
    return redirect("credit:amnesty", amnesty_id)
