"""Pages of the items' desk: find an item by barcode; one item with its state, its history and its treatments."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenlan.catalogue import queries as catalogue
from wenlan.holdings import operations, queries
from wenlan.holdings.ancient import queries as ancient
from wenlan.holdings.call_numbers import queries as call_numbers
from wenlan.holdings.errors import ItemUnknown
from wenlan.holdings.forms import StateForm, TreatmentEndForm, TreatmentForm, offered
from wenlan.holdings.pages import people
from wenlan.holdings.types import ItemStatus, ItemView, Lending, NewTreatment, Transition, TreatmentKind
from wenlan.network import queries as network
from wenlan.staff.access import needs
from wenlan.staff.types import Right

SEALS = {
    ItemStatus.IN_PROCESSING: "in_processing",
    ItemStatus.AVAILABLE: "in",
    ItemStatus.ON_LOAN: "on_loan",
    ItemStatus.IN_TRANSIT: "in_transit",
    ItemStatus.ON_HOLD_SHELF: "on_hold_shelf",
    ItemStatus.MISSING: "missing",
    ItemStatus.SEARCHED_FOR: "searched_for",
    ItemStatus.LOST: "lost",
    ItemStatus.LOST_ON_THE_WAY: "lost_on_the_way",
    ItemStatus.DAMAGED: "damaged",
    ItemStatus.IN_REPAIR: "in_repair",
    ItemStatus.AT_BINDERY: "at_bindery",
    ItemStatus.IN_HANDOVER: "in_handover",
    ItemStatus.IN_TRANSFER: "in_transfer",
    ItemStatus.LOCKED: "locked",
    ItemStatus.SET_ASIDE: "set_aside",
    ItemStatus.WITHDRAWN: "withdrawn",
}


@needs(Right.CATALOGUE_SEE)
def find(request: HttpRequest) -> HttpResponse:
    """Open the item of a barcode; ask when several carry it."""
    barcode = request.GET.get("q", "").strip()
    found = queries.items_with_barcode(barcode) if barcode else ()
    if len(found) == 1:
        return redirect("holdings:item", found[0].id)
    if barcode and not found:
        messages.error(request, str(ItemUnknown(what=barcode)))
    names = network.node_names()
    titles = catalogue.titles({one.record for one in found})
    lines = [
        {
            "item": item,
            "title": titles.get(item.record, ""),
            "place": names.get(item.shelved_at, ""),
            "seal": SEALS[ItemStatus(item.status)],
        }
        for item in found
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
    facts = {} if lines or not request.desk.may(Right.HOLDINGS_EDIT) else catalogue.shelf_facts([record_id])
    context = {
        "lines": lines,
        "record": record_id,
        "kept": call_numbers.kept_for(record_id) if facts else (),
        "may_keep": any(one.class_number for one in facts.values()),
    }
    return render(request, "holdings/items_of_record.html", context)


@needs(Right.CATALOGUE_SEE)
def item(request: HttpRequest, item_id: int) -> HttpResponse:
    """Show one item: what it is, where it stands, what was and what may be done with it."""
    return item_page(request, queries.item(item_id))


def item_page(request: HttpRequest, found: ItemView, **refused: Form) -> HttpResponse:
    """Render the item's page; a refused form takes the place of the fresh one, its dialog open."""
    record = catalogue.records([found.record])[found.record]
    may_edit = request.desk.may(Right.HOLDINGS_EDIT, found.owner_node)
    changes = queries.state_changes(found.id)
    names, staff_names = network.node_names(), people(one.operator for one in changes)
    context = {
        "item": found,
        "record": record,
        "seal": SEALS[ItemStatus(found.status)],
        "may_edit": may_edit,
        "pairs": described(found),
        "history": [
            {"change": one, "place": names.get(one.node, ""), "who": staff_names.get(one.operator, one.operator)}
            for one in changes
        ],
        "treatments": queries.treatments(found.id),
        "ancient": ancient.work_of(found.id),
        **(offered(found.status) if may_edit else {}),
        **refused,
    }
    return render(request, "holdings/item.html", context, status=422 if refused else 200)


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
def change_state(request: HttpRequest, item_id: int) -> HttpResponse:
    """Do with the item what was chosen."""
    found = editable(request, item_id)
    form = StateForm(request.POST, present=found.status)
    if form.is_valid():
        said = form.cleaned_data
        operations.change_state(
            request.desk.act(key=said["key"] or None),
            item=item_id,
            transition=said["transition"],
            reason=said["reason"],
        )
        messages.success(request, Transition(said["transition"]).label)
        return redirect("holdings:item", item_id)
    return item_page(request, found, state_form=form)


@require_POST
@needs(Right.HOLDINGS_EDIT)
def send_for_treatment(request: HttpRequest, item_id: int) -> HttpResponse:
    """Send the item to repair or to the bindery."""
    found = editable(request, item_id)
    form = TreatmentForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        treatment = NewTreatment(
            kind=said["kind"], work=said["work"], sent_to=said["sent_to"], expected_on=said["expected_on"]
        )
        operations.send_for_treatment(request.desk.act(key=said["key"] or None), item=item_id, treatment=treatment)
        messages.success(request, _("The item is on its way to be treated."))
        return redirect("holdings:item", item_id)
    return item_page(request, found, treatment_form=form)


@require_POST
@needs(Right.HOLDINGS_EDIT)
def end_treatment(request: HttpRequest, item_id: int) -> HttpResponse:
    """Take the item back from repair or bindery."""
    found = editable(request, item_id)
    form = TreatmentEndForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        operations.end_treatment(
            request.desk.act(key=said["key"] or None),
            item=item_id,
            outcome=said["outcome"],
            cost_fen=form.cost_fen(),
            note=said["note"],
        )
        messages.success(request, _("The item is back."))
        return redirect("holdings:item", item_id)
    return item_page(request, found, treatment_end_form=form)


def editable(request: HttpRequest, item_id: int) -> ItemView:
    """Return an item that may be changed at this desk. Raises ItemUnknown and NotAllowed."""
    found = queries.item(item_id)
    request.desk.insist(Right.HOLDINGS_EDIT, found.owner_node)
    return found


@needs(Right.HOLDINGS_EDIT)
def treatments(request: HttpRequest) -> HttpResponse:
    """List what is at repair or at the bindery from the places this desk sees."""
    found = queries.open_treatments(request.desk.visible)
    items = queries.items_by_id([one.item for one in found])
    titles = catalogue.titles({one.record for one in items.values()})
    rows = [
        {
            "title": titles.get(items[one.item].record, ""),
            "url": reverse("holdings:item", args=[one.item]),
            "barcode": items[one.item].barcode,
            "kind": TreatmentKind(one.kind).label,
            "work": one.work,
            "sent_to": one.sent_to,
            "sent_on": one.sent_on,
            "expected_on": one.expected_on,
        }
        for one in found
    ]
    columns = [
        {"key": "title", "label": _("Title"), "kind": "title", "url_key": "url"},
        {"key": "barcode", "label": _("Barcode"), "kind": "code"},
        {"key": "kind", "label": _("Kind of work")},
        {"key": "work", "label": _("What is to be done")},
        {"key": "sent_to", "label": _("Done by")},
        {"key": "sent_on", "label": _("Sent"), "kind": "day"},
        {"key": "expected_on", "label": _("Expected back on"), "kind": "day"},
    ]
    return render(request, "holdings/treatments.html", {"rows": rows, "columns": columns})
