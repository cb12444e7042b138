"""The circulation desk: the page, its scans, the undoing of the last one, and the list of what is overdue."""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenlan.circulation import losing, queries, scans
from wenlan.circulation.compensating import queries as compensating
from wenlan.circulation.errors import ReasonMissing
from wenlan.circulation.forms import DamageForm
from wenlan.circulation.pages import answered_in_json
from wenlan.circulation.types import LoanEnd, LoanView
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.patrons import queries as patrons
from wenlan.patrons.types import PatronView
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock
from wenlan.ui.addresses import place_in_list, whole_number

PAGE = 50
for_the_page = answered_in_json(
    scans.ScanUnreadable, json.JSONDecodeError, UnicodeDecodeError, RecursionError, status=400
)


@needs(Right.CHECK_OUT)
def desk(request: HttpRequest) -> HttpResponse:
    """Show the desk."""
    place = network.node(request.desk.node).name
    if request.desk.department is not None:
        place = network.department(request.desk.department).name
    context = {
        "scan_url": reverse("circulation:scan"),
        "undo_url": reverse("circulation:undo"),
        "may_override": request.desk.may(Right.OVERRIDE),
        "patron_url": reverse("patrons:reader", args=[0]),
        "loan_desk": place,
    }
    return render(request, "circulation/desk.html", context)


@require_POST
@for_the_page
def scan(request: HttpRequest) -> HttpResponse:
    """Do what a scan asks for; the same key is answered the same."""
    read = scans.read_scan(json.loads(request.body))
    return JsonResponse(scans.answer_scan(request.desk, read))


@require_POST
@for_the_page
def undo(request: HttpRequest) -> HttpResponse:
    """Take back the act of this desk that the page names."""
    sent = json.loads(request.body)
    key, undo_key = scans.read_key(sent, "key"), scans.read_key(sent, "undo_key")
    return JsonResponse(scans.answer_undo(request.desk, key=key, undo_key=undo_key))


@needs(Right.CHECK_OUT)
def overdue(request: HttpRequest) -> HttpResponse:
    """List what was lent at the places this desk sees and should be back, the longest first."""
    today = clock.today()
    found = queries.overdue_loans(
        request.desk.visible, today, after=place_in_list(request.GET.get("after", "")), limit=PAGE + 1
    )
    shown = found[:PAGE]
    readers = patrons.patrons_by_id({line.loan.patron for line in shown if line.loan.patron})
    lines = [
        {
            "line": line,
            **shown_reader(request, readers.get(line.loan.patron or 0)),
            "place": network.node(line.loan.lent_node).name,
        }
        for line in shown
    ]
    following = queries.place_of(shown[-1].loan) if len(found) > PAGE else ""
    context = {"lines": lines, "next": following, "first": not request.GET.get("after")}
    return render(request, "circulation/overdue.html", context)


@needs(Right.PATRONS_SEE)
def reader_loans(request: HttpRequest, patron_id: int) -> HttpResponse:
    """Show what a reader has at home and had, for the reader's page; of a masked reader only what a return needs."""
    today = clock.today()
    may_see = request.desk.may(Right.PATRONS_NAMES, patrons.patron(patron_id).home_node)
    history: tuple[LoanView, ...] = ()
    if may_see:
        history = queries.loan_history(patron_id, before=whole_number(request.GET.get("before")), limit=PAGE)
    context = {
        "patron": patron_id,
        "open_loans": queries.open_loans(patron_id),
        "history": [loan for loan in history if loan.returned_on or loan.is_cancelled],
        "may_see": may_see,
        "may_end": request.desk.may(Right.CHECK_OUT),
        "today": today,
    }
    return render(request, "circulation/reader_loans.html", context)


@needs(Right.CHECK_OUT)
def receipt(request: HttpRequest, patron_id: int) -> HttpResponse:
    """Show what a reader has at home as a slip to be printed; the reader is named by the end of the card only."""
    reader = patrons.patron(patron_id)
    serving = [card.number for card in reader.cards if card.until_day is None]
    context = {
        "place": network.node(request.desk.node).name,
        "card_end": serving[0][-4:] if serving else "",
        "loans": queries.open_loans(patron_id),
        "may_see": request.desk.may(Right.PATRONS_NAMES, reader.home_node),
    }
    return render(request, "circulation/receipt.html", context)


@require_POST
@needs(Right.CHECK_OUT)
def end_loan(request: HttpRequest, item_id: int) -> HttpResponse:
    """End a loan that is no return: lost by the reader, or claimed to have been brought back; say what follows."""
    act, reason = request.desk.act(), request.POST.get("reason", "")[:200]
    loan = queries.loan_of_item(item_id)
    try:
        if request.POST.get("what") == "lost":
            followed = losing.report_lost(act, item=item_id, title=loan.title if loan else "", reason=reason)
            said = [_("Recorded as lost."), *scans.consequence_lines(followed)]
        else:
            losing.report_claimed(act, item=item_id, reason=reason)
            said = [_("Written down. Search the shelves; a scan closes the loan.")]
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, " ".join(said))
    reader = whole_number(request.POST.get("patron"))
    return redirect("patrons:reader", reader) if reader else redirect("circulation:desk")


@require_POST
@needs(Right.CHECK_OUT)
def end_item(request: HttpRequest, item_id: int) -> HttpResponse:
    """Write down that an item came back damaged, or that a lost one is found."""
    form = DamageForm(request.POST)
    try:
        if request.POST.get("what") == "found":
            losing.report_found(request.desk.act(), item=item_id)
            said = [_("It is found and may be lent again."), *refund_lines(item_id)]
        elif form.is_valid():
            followed = losing.report_damage(request.desk.act(), item=item_id, **form.damage())
            said = [_("Recorded as damaged.")] + (scans.consequence_lines(followed) if followed else [])
        else:
            raise ReasonMissing()
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, " ".join(said))
    return redirect("holdings:item", item_id)


def refund_lines(item_id: int) -> list[str]:
    """Return what the clerk says about money that was paid for an item that is found."""
    paid = losing.paid_for(item_id)
    if paid is None:
        return []
    said = {"sum": f"{paid.paid_fen / 100:.2f}", "reader": patrons.patron(paid.patron).masked().name}
    return [_("%(reader)s paid %(sum)s yuan for it: ask for the refund on the reader's account.") % said]


@needs(Right.CATALOGUE_SEE)
def item_loans(request: HttpRequest, item_id: int) -> HttpResponse:
    """Show the loans of an item, for the item's page; readers are named only to those who may see them."""
    loans = queries.loans_of_item(item_id)
    readers = patrons.patrons_by_id({loan.patron for loan in loans if loan.patron})
    may_see = request.desk.may(Right.PATRONS_SEE)
    lines = [
        {
            "loan": loan,
            **(shown_reader(request, readers.get(loan.patron or 0)) if may_see else {}),
            "place": network.node(loan.lent_node).name,
        }
        for loan in loans
    ]
    context = {
        "lines": lines,
        "today": clock.today(),
        "item": item_id,
        "may_end": request.desk.may(Right.CHECK_OUT),
        "damage_form": DamageForm(),
        "compensations": compensating.of_item(item_id),
        "is_lost": bool(loans) and loans[0].ended_as == LoanEnd.LOST,
    }
    return render(request, "circulation/item_loans.html", context)


def shown_reader(request: HttpRequest, reader: PatronView | None) -> dict[str, Any]:
    """Return who has an item: the reader, or, where the name is masked, only the library they belong to.

    A masked name beside a title would still tell what somebody reads.
    """
    if reader is None or request.desk.may(Right.PATRONS_NAMES, reader.home_node):
        return {"reader": reader}
    return {"reader": None, "reader_of": network.node(reader.home_node).name}
