"""Pages of compensation: what a reader has lost, the copy that is brought for it, and the slip for the reader."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wenlan.catalogue import queries as catalogue
from wenlan.circulation.compensating import operations, queries
from wenlan.circulation.compensating.forms import CopyForm
from wenlan.circulation.compensating.types import CompensationView, LostLoan
from wenlan.holdings import queries as holdings
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.patrons import passes
from wenlan.patrons import queries as patrons
from wenlan.patrons.errors import CardUnknown
from wenlan.patrons.types import PatronView
from wenlan.staff.access import needs
from wenlan.staff.errors import NotAllowed
from wenlan.staff.types import Right
from wenlan.ui import clock


@needs(Right.CHECK_OUT)
def compensation(request: HttpRequest) -> HttpResponse:
    """Ask for the reader or the lost item, list what may be compensated, and what was lately."""
    code = request.GET.get("q", "").strip()
    reader: PatronView | None = None
    lost: tuple[LostLoan, ...] = ()
    try:
        patron = patron_of(code) if code else None
    except DomainError as refusal:
        messages.error(request, str(refusal))
        patron = None
    if patron is not None:
        reader, lost = patrons.patron(patron), queries.lost_loans(patron)
    context = {
        "query": code,
        **seen(request, reader),
        "lost": lost,
        "recent": described(queries.recent(request.desk.visible)),
    }
    return render(request, "circulation/compensation.html", context)


def patron_of(code: str) -> int | None:
    """Return the reader of a card, or of the loan of an item. Raises ItemUnknown, ItemAmbiguous, PassStale."""
    try:
        return patrons.patron_id_by_card(passes.card_number(code, clock.now()))
    except CardUnknown:
        return queries.patron_of_barcode(code)


def seen(request: HttpRequest, reader: Any) -> dict[str, Any]:
    """Return the reader as this desk may see them; of a masked one no title is shown."""
    may_see = reader is not None and request.desk.may(Right.PATRONS_NAMES, reader.home_node)
    return {"reader": reader if may_see or reader is None else reader.masked(), "may_see": may_see}


def described(found: tuple[CompensationView, ...]) -> list[dict[str, Any]]:
    """Return compensations with both copies (three statements)."""
    items = holdings.items_by_id({item for one in found for item in (one.lost_item, one.new_item)})
    titles = catalogue.titles({item.record for item in items.values()})
    names = network.node_names()
    return [
        {
            "one": one,
            "lost": items[one.lost_item],
            "new": items[one.new_item],
            "title": titles.get(items[one.new_item].record, ""),
            "place": names.get(one.node, ""),
        }
        for one in found
    ]


@needs(Right.CHECK_OUT)
def take_copy(request: HttpRequest, loan_id: int) -> HttpResponse:
    """Show what was lost and take the copy that is brought for it."""
    lost = queries.lost_loan(loan_id)
    record = catalogue.record(holdings.item(lost.item).record)
    form = CopyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.take_copy(
                request.desk.act(key=form.cleaned_data["key"] or None),
                loan=loan_id,
                copy=form.copy(record.id),
                reason=form.cleaned_data["reason"],
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said_of(made))
            return redirect("circulation:compensated", made.id)
    reader = patrons.patron(lost.patron) if lost.patron else None
    context = {"lost": lost, "record": record, "form": form, **seen(request, reader)}
    return render(request, "circulation/compensation_take.html", context, status=422 if form.errors else 200)


def said_of(made: CompensationView) -> str:
    """Return what the clerk does next."""
    new = holdings.item(made.new_item)
    said = {"number": new.accession_number, "sum": f"{made.settled_fen / 100:.2f}"}
    if made.settled_fen:
        return _("Taken in as %(number)s; %(sum)s yuan are settled. Hand the copy to processing.") % said
    return _("Taken in as %(number)s. Hand the copy to processing.") % said


@needs(Right.CHECK_OUT)
def compensated(request: HttpRequest, compensation_id: int) -> HttpResponse:
    """Show the slip of a compensation, to be printed and signed."""
    one = queries.compensation(compensation_id)
    if one.node not in request.desk.visible:
        raise NotAllowed(right=Right.CHECK_OUT.label)
    (line,) = described((one,))
    context = {"line": line, "back": reverse("circulation:compensation")}
    return render(request, "circulation/compensation_slip.html", context)
