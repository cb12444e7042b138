"""Pages of the items' desk: find an item by barcode; one item with its state."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenlan.catalogue import queries as catalogue
from wenlan.holdings import operations, policies, queries
from wenlan.holdings.errors import ItemAmbiguous
from wenlan.holdings.forms import StatusForm, WithdrawForm
from wenlan.holdings.types import ItemStatus, ItemView, Lending
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.staff.access import needs
from wenlan.staff.types import Right

SEALS = {
    ItemStatus.IN_PROCESSING: "processing",
    ItemStatus.AVAILABLE: "in",
    ItemStatus.ON_LOAN: "on_loan",
    ItemStatus.IN_TRANSIT: "in_transit",
    ItemStatus.ON_HOLD_SHELF: "reserved",
    ItemStatus.MISSING: "missing",
    ItemStatus.LOST: "lost",
    ItemStatus.DAMAGED: "repair",
    ItemStatus.IN_REPAIR: "repair",
    ItemStatus.WITHDRAWN: "withdrawn",
}


@needs(Right.CATALOGUE_SEE)
def find(request: HttpRequest) -> HttpResponse:
    """Open the item of a barcode; ask when several carry it."""
    barcode = request.GET.get("q", "").strip()
    found: tuple[ItemView, ...] = ()
    if barcode:
        try:
            return redirect("holdings:item", queries.item_by_barcode(barcode, request.GET.get("scope", "")).id)
        except ItemAmbiguous as ambiguous:
            found = tuple(queries.item_by_barcode(barcode, scope) for scope in ambiguous.scopes if scope)
        except DomainError as unknown:
            messages.error(request, str(unknown))
    titles = catalogue.titles({one.record for one in found})
    lines = [
        {"item": item, "title": titles.get(item.record, ""), "seal": SEALS[ItemStatus(item.status)]} for item in found
    ]
    return render(request, "holdings/find.html", {"query": barcode, "lines": lines})


@needs(Right.CATALOGUE_SEE)
def items_of_record(request: HttpRequest, record_id: int) -> HttpResponse:
    """Show the items of a record by place: a part of the record's page."""
    names = network.node_names()
    lines = [
        {"item": found, "place": names.get(found.shelved_at, ""), "seal": SEALS[ItemStatus(found.status)]}
        for found in queries.items_of(record_id)
    ]
    return render(request, "holdings/items_of_record.html", {"lines": lines})


@needs(Right.CATALOGUE_SEE)
def item(request: HttpRequest, item_id: int) -> HttpResponse:
    """Show one item: what it is, where it stands, what may be done."""
    found = queries.item(item_id)
    record = catalogue.records([found.record])[found.record]
    may_edit = request.desk.may(Right.HOLDINGS_EDIT, found.owner_node)
    context = {
        "item": found,
        "record": record,
        "seal": SEALS[ItemStatus(found.status)],
        "pairs": described(found),
        "status_form": StatusForm(present=found.status) if may_edit and policies.CHANGES[found.status] else None,
        "withdraw_form": WithdrawForm() if may_edit and policies.may_withdraw(found.status) else None,
    }
    return render(request, "holdings/item.html", context)


def described(found: ItemView) -> list[tuple[str, object]]:
    """Return what is known of an item, as terms and words."""
    department = network.department(found.department).name if found.department else ""
    return [
        (_("Barcode"), found.barcode),
        (_("Scope of the barcode"), found.barcode_scope),
        (_("Call number"), found.call_number),
        (_("Accession number"), found.accession_number),
        (_("Accessioned on"), found.accessioned_on.isoformat()),
        (_("Owner"), network.node(found.owner_node).name),
        (_("Its place"), f"{network.node(found.shelved_at).name} {department}".strip()),
        (_("Where it stands, or stood last"), network.node(found.present_node).name),
        (_("Lending"), Lending(found.lending).label),
        (_("Loans so far"), found.loans),
        (_("List price"), f"{found.list_price_fen / 100:.2f}" if found.list_price_fen is not None else ""),
        (_("Withdrawn on"), found.withdrawn_on.isoformat() if found.withdrawn_on else ""),
    ]


@require_POST
@needs(Right.HOLDINGS_EDIT)
def change_status(request: HttpRequest, item_id: int) -> HttpResponse:
    """Set the state by hand."""
    found = queries.item(item_id)
    request.desk.insist(Right.HOLDINGS_EDIT, found.owner_node)
    form = StatusForm(request.POST, present=found.status)
    if form.is_valid():
        said = form.cleaned_data
        operations.change_status(request.desk.act(), item=item_id, status=said["status"], reason=said["reason"])
        messages.success(request, _("Done."))
    else:
        messages.error(request, _("The item cannot become that from its present state."))
    return redirect("holdings:item", item_id)


@require_POST
@needs(Right.HOLDINGS_EDIT)
def withdraw(request: HttpRequest, item_id: int) -> HttpResponse:
    """Take the item out of the stock."""
    request.desk.insist(Right.HOLDINGS_EDIT, queries.item(item_id).owner_node)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        operations.withdraw(request.desk.act(), item=item_id, reason=form.cleaned_data["reason"])
        messages.success(request, _("The item was taken out of the stock."))
    else:
        messages.error(request, _("Please give a reason."))
    return redirect("holdings:item", item_id)
