"""Pages of the end of a deposit scheme: proposed, approved by another, everybody told, refunds laid ready."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenlan.credit.money import deposits
from wenlan.credit.pages import people, place_choices
from wenlan.credit.till.forms import ClosingForm
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock


@needs(Right.MONEY, Right.MONEY_APPROVE, Right.RULES_EDIT)
def index(request: HttpRequest) -> HttpResponse:
    """List the ends of deposit schemes with how far each is; propose one."""
    may_propose = request.desk.may(Right.RULES_EDIT)
    form = ClosingForm(request.POST or None, nodes=place_choices(request, Right.RULES_EDIT))
    if request.method == "POST" and may_propose and form.is_valid():
        said = form.cleaned_data
        try:
            facts = {name: said[name] for name in ("name", "node", "basis")}
            deposits.propose_closing(request.desk.act(key=said["key"] or None), from_day=clock.today(), **facts)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Proposed. It works once somebody else approves it."))
            return redirect("till:schemes")
    found = deposits.closings(request.desk.visible, on=clock.today())
    me = request.desk.act().operator
    context = {
        "rows": [
            {
                "closing": one,
                "may_approve": one.approved_at is None
                and one.asked_by != me
                and request.desk.may(Right.MONEY_APPROVE, one.node),
                "may_run": one.approved_at is not None and request.desk.may(Right.MONEY),
            }
            for one in found
        ],
        "who": people({one.asked_by for one in found} | {one.approved_by for one in found}),
        "places": network.node_names(),
        "form": form if may_propose else None,
    }
    return render(request, "credit/till/schemes.html", context, status=422 if form.errors else 200)


@require_POST
@needs(Right.MONEY_APPROVE)
def approve(request: HttpRequest, closing_id: int) -> HttpResponse:
    """Approve what somebody else proposed."""
    request.desk.insist(Right.MONEY_APPROVE, deposits.closing(closing_id, on=clock.today()).node)
    try:
        deposits.approve_closing(request.desk.act(), closing_id=closing_id)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("till:schemes")


@require_POST
@needs(Right.MONEY)
def run(request: HttpRequest, closing_id: int) -> HttpResponse:
    """Tell every reader and lay the refunds ready, in steps of one transaction each."""
    after = told = 0
    try:
        while True:
            done, after = deposits.run_closing(request.desk.act(), closing_id=closing_id, after=after)
            told += done
            if not after:
                break
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(count)d readers were told or have their refund ready.") % {"count": told})
    return redirect("till:schemes")
