"""Pages of the two registers: shown by year and owner, printed, locked by month."""

import re
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenlan.holdings import queries as items
from wenlan.holdings.accounts import documents, operations, queries
from wenlan.kernel.errors import DomainError
from wenlan.kernel.periods import Period
from wenlan.network import queries as network
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock
from wenlan.ui.addresses import whole_number

PRICE = re.compile(r"\d{1,7}(\.\d{1,2})?", re.ASCII)
BATCHES, VOLUMES = "batches", "volumes"
MOST_SHOWN = 300
FIRST_YEAR = 1949


def owners_here(request: HttpRequest) -> dict[int, str]:
    """Return the owners whose books this desk may see, by name."""
    names = network.node_names()
    return {owner: names.get(owner, "") for owner in items.owners() if request.desk.may(Right.HOLDINGS_EDIT, owner)}


def asked(request: HttpRequest) -> tuple[int | None, int, str]:
    """Return owner, year and book that the address asks for; the owner is one that may be seen, else none."""
    owners = owners_here(request)
    owner = whole_number(request.GET.get("owner")) or request.desk.node
    year = whole_number(request.GET.get("year")) or clock.today().year
    book = VOLUMES if request.GET.get("book") == VOLUMES else BATCHES
    first = next(iter(owners), None)
    return owner if owner in owners else first, min(max(year, FIRST_YEAR), clock.today().year), book


@needs(Right.HOLDINGS_EDIT)
def registers(request: HttpRequest) -> HttpResponse:
    """Show one book of an owner and year, with the months that are locked."""
    owner, year, book = asked(request)
    context: dict[str, Any] = {"year": year, "book": book, "owners": owners_here(request)}
    if owner is not None:
        period = Period.year(year)
        context |= {
            "owner": owner,
            "query": address_of(owner, year, book),
            "books": [
                {
                    "label": label,
                    "url": f"?{address_of(owner, year, code)}",
                    "current": code == book,
                }
                for code, label in ((BATCHES, _("Batch register")), (VOLUMES, _("Accession register")))
            ],
            "months": queries.locked_months(owner),
            "next_month": next_month(owner),
        }
        if book == BATCHES:
            context["entries"] = [documents.entry_row(line) for line in queries.entries(owner, period)]
            context["opening"] = queries.stock_before(owner, period.start)
        else:
            lines = list(queries.volumes(owner, period))
            context["volumes"] = [documents.volume_row(line) for line in lines[:MOST_SHOWN]]
            context["more"] = len(lines) - MOST_SHOWN
    return render(request, "holdings/registers.html", context)


def address_of(owner: int, year: int, book: str) -> str:
    """Return the query of one book's page."""
    return urlencode({"owner": str(owner), "year": str(year), "book": book})


def next_month(owner: int) -> date | None:
    """Return the month that may be locked next; None while it runs."""
    locked = queries.locked_months(owner)
    today = clock.today()
    month = queries.month_after(locked[0].month) if locked else month_before(today)
    return month if queries.month_after(month) <= today else None


def month_before(day: date) -> date:
    """Return the first day of the month before."""
    return date(day.year - (day.month == 1), (day.month - 2) % 12 + 1, 1)


@needs(Right.HOLDINGS_EDIT)
def pdf(request: HttpRequest) -> HttpResponse:
    """Return the book as bound pages."""
    owner, year, book = asked(request)
    if owner is None:
        return redirect("holdings:registers")
    make = documents.volumes_pdf if book == VOLUMES else documents.entries_pdf
    response = HttpResponse(make(owner=owner, period=Period.year(year)), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{book}-{year}.pdf"'
    return response


@require_POST
@needs(Right.HOLDINGS_EDIT)
def lock(request: HttpRequest) -> HttpResponse:
    """Close a month of an owner's books."""
    owner = whole_number(request.POST.get("owner")) or 0
    request.desk.insist(Right.HOLDINGS_EDIT, owner)
    try:
        month = date.fromisoformat(f"{request.POST.get('month', '')[:7]}-01")
    except ValueError:
        messages.error(request, _("Please say which month."))
        return redirect("holdings:registers")
    try:
        operations.lock_month(request.desk.act(), owner=owner, month=month)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The registers of %(month)s are closed.") % {"month": f"{month:%Y-%m}"})
    return redirect(f"{reverse('holdings:registers')}?{urlencode({'owner': owner, 'year': month.year})}")


@require_POST
@needs(Right.HOLDINGS_EDIT)
def correct_price(request: HttpRequest, item_id: int) -> HttpResponse:
    """Correct the list price of a volume."""
    from_page = redirect("holdings:item", item_id)
    request.desk.insist(Right.HOLDINGS_EDIT, items.item(item_id).owner_node)
    yuan = request.POST.get("price", "")
    reason = request.POST.get("reason", "")[:200]
    try:
        price_fen = read_yuan(yuan)
        operations.correct_price(request.desk.act(), item=item_id, price_fen=price_fen, reason=reason)
    except ValueError:
        messages.error(request, _("Please write the price in yuan, for example 38.50."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The price is corrected."))
    return from_page


def read_yuan(text: str) -> int:
    """Return a price in yuan as fen. Raises ValueError for what is no price of a book."""
    if not PRICE.fullmatch(text.strip()):
        raise ValueError(text[:20])
    return round(float(text) * 100)
