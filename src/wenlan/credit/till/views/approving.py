"""Pages of what one asks and another approves: refunds, waivers, forfeits, and paying refunds out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenlan.credit import queries as credit
from wenlan.credit.money import operations, queries
from wenlan.credit.money.operations import Wish
from wenlan.credit.money.types import ApprovalKind
from wenlan.credit.pages import names_of_readers, people, seen_by
from wenlan.credit.till import shifts
from wenlan.credit.till.forms import PayOutForm, WishForm
from wenlan.credit.till.views.desk import back_to, number_in
from wenlan.kernel.errors import DomainError, NotFound
from wenlan.network import queries as network
from wenlan.patrons import queries as patrons
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock


@needs(Right.MONEY_APPROVE)
def index(request: HttpRequest) -> HttpResponse:
    """List what waits for a decision, the oldest first."""
    waiting = queries.undecided(request.desk.visible)
    me = request.desk.act().operator
    context = {
        "rows": [{"approval": one, "is_mine": one.asked_by == me} for one in waiting],
        "names": names_of_readers(request, [one.patron for one in waiting]),
        "charges": {one.charge: queries.charge(one.charge) for one in waiting if one.charge is not None},
        "who": people({one.asked_by for one in waiting}),
        "places": network.node_names(),
        "may_see": request.desk.may(Right.PATRONS_SEE),
    }
    return render(request, "credit/till/approvals.html", context)


@require_POST
@needs(Right.MONEY_APPROVE)
def decide(request: HttpRequest, approval_id: int, what: str) -> HttpResponse:
    """Grant or refuse."""
    request.desk.insist(Right.MONEY_APPROVE, queries.approval(approval_id).node)
    answer = request.POST.get("answer", "")[:200]
    try:
        operations.decide(request.desk.act(), approval_id=approval_id, is_granted=what == "grant", answer=answer)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Decided."))
    return redirect("till:approvals")


@needs(Right.MONEY)
def ask(request: HttpRequest, patron_id: int, what: str) -> HttpResponse:
    """Ask for a refund, a waiver or a forfeit."""
    if what not in ApprovalKind.values:
        raise NotFound(what=what)
    reader, account = patrons.patron(patron_id), credit.account(patron_id, clock.today())
    charge = next((one for one in queries.charges(patron_id) if one.id == number_in(request, "charge")), None)
    proposed = {
        "refund_deposit": account.deposit_fen,
        "forfeit": min(account.deposit_fen, account.owed_fen),
        "waive": charge.open_fen if charge else 0,
        "refund_charge": charge.paid_fen if charge else 0,
    }
    form = WishForm(request.POST or None, initial={"amount": proposed[what]})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        wish = Wish(
            kind=what, patron=patron_id, amount_fen=said["amount"], reason=said["reason"],
            charge=charge.id if charge else None,
        )  # fmt: skip
        try:
            operations.ask(request.desk.act(key=said["key"] or None), wish=wish)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Asked for. Somebody else decides; then it can be paid out."))
            return redirect(back_to(request, patron_id))
    context = {
        "form": form,
        "heading": ApprovalKind(what).label,
        "reader": seen_by(request, reader),
        "account": account,
        "charge": charge,
        "back": back_to(request, patron_id),
    }
    return render(request, "credit/till/ask.html", context, status=422 if form.is_bound else 200)


@needs(Right.MONEY)
def pay_out(request: HttpRequest, approval_id: int) -> HttpResponse:
    """Pay an approved refund out of the drawer."""
    found = queries.approval(approval_id)
    request.desk.insist(Right.MONEY, found.node)
    reader = patrons.patron(found.patron)
    form = PayOutForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            operations.pay_out(
                request.desk.act(), approval_id=approval_id, means=said["means"], voucher=said["voucher"]
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Paid out."))
            return redirect("till:voucher", approval_id)
    context = {
        "approval": found,
        "form": form,
        "reader": seen_by(request, reader),
        "who": people({found.asked_by, found.decided_by}),
        "has_drawer": shifts.my_shift(request.desk.act().operator) is not None,
        "back": back_to(request, found.patron),
    }
    return render(request, "credit/till/pay_out.html", context, status=422 if form.is_bound else 200)


@needs(Right.MONEY)
def voucher(request: HttpRequest, approval_id: int) -> HttpResponse:
    """Show the voucher of a refund as the reader signs it."""
    found = queries.approval(approval_id)
    request.desk.insist(Right.MONEY, found.node)
    reader = patrons.patron(found.patron)
    line = next((one for one in queries.lines(found.patron) if one.kind.endswith("refunded") and one.voucher), None)
    context = {
        "approval": found,
        "reader": seen_by(request, reader),
        "line": line,
        "who": people({found.asked_by, found.decided_by}),
        "place": network.node(found.node).name,
    }
    return render(request, "credit/till/voucher.html", context)
