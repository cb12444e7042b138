"""Lending and taking back, one question a page."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wenlan.circulation import operations
from wenlan.circulation.errors import Refused
from wenlan.circulation.outgoing import out_of
from wenlan.circulation.panel import reader_panel
from wenlan.circulation.scans import step_lines
from wenlan.circulation.types import CardRef, ItemRef, LoanView
from wenlan.holdings.types import ItemStatus
from wenlan.kernel.errors import DomainError
from wenlan.patrons import queries as patrons
from wenlan.patrons.errors import CardUnknown
from wenlan.staff.types import Right
from wenlan.ui import clock
from wenlan.web.keeper import finding
from wenlan.web.keeper.access import keeps, key_of, page, text


@require_http_methods(["GET", "HEAD", "POST"])
@keeps
def lend(request: HttpRequest) -> HttpResponse:
    """First the reader, then the books, one after the other."""
    card = text(request, "card")
    if not card:
        asked = text(request, "reader")
        found = finding.readers(request.desk, asked)
        if len(found) == 1 and found[0].card == asked:
            return redirect(with_card(asked))
        return page(request, "lend_reader", asked=asked, found=found)
    try:
        reader = reader_panel(request.desk, patrons.patron_id_by_card(card), card=card)
    except CardUnknown as unknown:
        messages.error(request, str(unknown))
        return redirect("keeper:lend")
    if request.method == "POST":
        return lend_book(request, card, reader)
    return page(request, "lend_book", card=card, reader=reader)


def lend_book(request: HttpRequest, card: str, reader: dict[str, Any]) -> HttpResponse:
    """Lend the book that was scanned or chosen; show what it may be when it is not clear."""
    asked, scope = text(request, "book"), text(request, "scope")
    chosen = text(request, "chosen")
    found = () if chosen else finding.books(request.desk, asked)
    if not chosen and not is_clear(asked, found):
        return page(request, "lend_book", card=card, reader=reader, asked=asked, found=found, sought=True)
    item = ItemRef(chosen, scope) if chosen else ItemRef(found[0].item.barcode, found[0].item.barcode_scope)
    try:
        lent = operations.check_out(request.desk.act(key_of(request)), item=item, card=CardRef(card))
    except Refused as refused:
        reasons = [refused.sentence(reason) for reason in refused.refusals]
        return page(request, "lend_book", card=card, reader=reader, refused=reasons, status=422)
    except DomainError as refusal:
        return page(request, "lend_book", card=card, reader=reader, refused=[str(refusal)], status=422)
    said = {"title": lent.title, "day": lent.due_on.isoformat(), "reader": reader["name"]}
    messages.success(request, _("Lent to %(reader)s: %(title)s. Due on %(day)s.") % said)
    return redirect(with_card(card))


def is_clear(asked: str, found: tuple[finding.FoundItem, ...]) -> bool:
    """Tell whether what was read can only be one book: its own barcode, not a title that happens to be there once."""
    return len(found) == 1 and found[0].item.barcode.casefold() == asked.casefold()


def with_card(card: str) -> str:
    """Return the address of lending to a reader."""
    return f"{reverse('keeper:lend')}?{urlencode({'card': card})}"


@require_http_methods(["GET", "HEAD", "POST"])
@keeps
def take_back(request: HttpRequest) -> HttpResponse:
    """Take back what is scanned, or chosen from the list of what is out."""
    if request.method != "POST":
        return page(request, "return", **loans_out(request))
    asked, barcode = text(request, "book"), text(request, "chosen")
    if not barcode:
        found = finding.books(request.desk, asked)
        lent = tuple(one for one in found if one.item.status == ItemStatus.ON_LOAN)
        if not is_clear(asked, found) and len(lent) != 1:
            return page(request, "return", asked=asked, found=lent or found, sought=True, **loans_out(request))
        item = (lent or found)[0].item
        barcode, scope = item.barcode, item.barcode_scope
    else:
        scope = text(request, "scope")
    try:
        returned = operations.check_in(request.desk.act(key_of(request)), item=ItemRef(barcode, scope))
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("keeper:return")
    lines = " ".join(step_lines(returned))
    say = messages.warning if lines else messages.success
    say(request, _("Taken back: %(title)s. %(lines)s") % {"title": returned.title, "lines": lines})
    return redirect("keeper:return")


def loans_out(request: HttpRequest) -> dict[str, Any]:
    """Return what is out of this room, each with its reader as the keeper may see them."""
    loans = out_of([request.desk.node])
    known = patrons.patrons_by_id({loan.patron for loan in loans if loan.patron})
    today = clock.today()

    def reader_of(loan: LoanView) -> str:
        reader = known.get(loan.patron or 0)
        if reader is None:
            return ""
        return reader.name if request.desk.may(Right.PATRONS_NAMES, reader.home_node) else reader.masked().name

    return {
        "out": [{"loan": loan, "reader": reader_of(loan), "late": max((today - loan.due_on).days, 0)} for loan in loans]
    }
