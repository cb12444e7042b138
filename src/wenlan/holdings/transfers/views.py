"""Pages of transfers: slips, their boxes, their two signatures, the printed list."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from wenlan.catalogue import queries as catalogue
from wenlan.holdings import queries as items
from wenlan.holdings.batches.views import allowed, warn
from wenlan.holdings.choosing import chosen
from wenlan.holdings.handovers.views import form_page, scanned
from wenlan.holdings.pages import people
from wenlan.holdings.transfers import operations, queries
from wenlan.holdings.transfers.forms import TransferForm, VoucherForm
from wenlan.holdings.transfers.queries import TransferLineView, TransferView
from wenlan.holdings.transfers.types import Purpose
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.patrons import queries as patrons
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock
from wenlan.ui.addresses import whole_number

STATES = {
    "draft": gettext_lazy("Not signed yet"),
    "sent": gettext_lazy("Waiting for the second signature"),
    "received": gettext_lazy("Signed for"),
    "cancelled": gettext_lazy("Cancelled"),
}


@needs(Right.HOLDINGS_RECEIVE)
def transfers(request: HttpRequest) -> HttpResponse:
    """List the slips that concern the places this desk sees, of one purpose or all."""
    names, chosen = network.node_names(), request.GET.get("purpose", "")
    purpose = chosen if chosen in Purpose.values else ""
    rows = [
        {
            "number": one.number,
            "url": reverse("holdings:transfer", args=[one.id]),
            "from": names.get(one.from_node, ""),
            "to": names.get(one.to_node or one.from_node, ""),
            "owner": names.get(one.new_owner or 0, ""),
            "purpose": one.purpose_label,
            "titles": one.titles,
            "units": one.units,
            "sum": one.list_sum_fen,
            "state": STATES[one.state],
        }
        for one in queries.transfers(request.desk.visible, purpose=purpose)
    ]
    columns = [
        {"key": "number", "label": _("Transfer slip"), "kind": "code", "url_key": "url"},
        {"key": "from", "label": _("Transferred from")},
        {"key": "to", "label": _("Transferred to")},
        {"key": "purpose", "label": _("What for")},
        {"key": "owner", "label": _("New owner")},
        {"key": "titles", "label": _("Number of titles"), "kind": "number"},
        {"key": "units", "label": _("Number of volumes"), "kind": "number"},
        {"key": "sum", "label": _("List price sum"), "kind": "money"},
        {"key": "state", "label": _("State")},
    ]
    may_edit = request.desk.may(Right.HOLDINGS_EDIT)
    context = {
        "rows": rows,
        "columns": columns,
        "may_edit": may_edit,
        "purposes": purpose_tabs(purpose),
    }
    return render(request, "holdings/transfers.html", context)


def purpose_tabs(chosen: str) -> list[dict[str, Any]]:
    """Return the purposes as tabs over the list."""
    page = reverse("holdings:transfers")
    known = [("", _("All slips")), *Purpose.choices]
    return [
        {"label": label, "url": f"{page}?purpose={code}" if code else page, "current": code == chosen}
        for code, label in known
    ]


@needs(Right.HOLDINGS_EDIT)
def new(request: HttpRequest) -> HttpResponse:
    """Make a slip from scanned items, or from a part of a shelf."""
    nodes = request.desk.nodes_with(Right.HOLDINGS_EDIT)
    here = request.desk.node if request.desk.node in nodes else None
    form = TransferForm(request.POST or None, nodes=nodes, initial={"place": here})
    if request.method == "POST" and form.is_valid():
        selection = form.selection()
        found = chosen(selection) if selection else None
        if found:
            warn(request, found)
        ids = allowed(request, found.ids) if found else []
        if form.cleaned_data["new_owner"] and not ids:
            form.add_error("scans", _("Scan the items that pass to another owner, or say which they are."))
            return new_page(request, form)
        try:
            act = request.desk.act(key=form.cleaned_data["key"] or None)
            made = operations.make(act, route=form.route(old_owner=owner_of(ids)), items=ids)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("holdings:transfer", made.id)
    return new_page(request, form)


def new_page(request: HttpRequest, form: TransferForm) -> HttpResponse:
    """Render the page of a new slip."""
    return form_page(request, form, _("New transfer slip"), "holdings:transfers", _("Make the slip"))


def owner_of(ids: list[int]) -> int | None:
    """Return whose the items are; None when there are none (a slip that passes property names its items at once)."""
    return next((one.owner_node for one in items.items_by_id(ids[:1]).values()), None)


def seen(request: HttpRequest, transfer_id: int) -> TransferView:
    """Return a slip that concerns a place this desk sees. Raises NotAllowed."""
    found = queries.transfer(transfer_id)
    if not found.places & request.desk.visible:
        request.desk.insist(Right.HOLDINGS_RECEIVE, found.to_node or found.new_owner)
    return found


def described(found: TransferView) -> dict[str, Any]:
    """Return what a slip's page and its print show."""
    lines = queries.lines(found.id)
    known = items.items_by_id([line.item for line in lines])
    records = catalogue.records({one.record for one in known.values()})
    names, who = network.node_names(), people([found.made_by, found.sent_by, found.received_by])
    department = network.department(found.to_department).name if found.to_department else ""
    return {
        "slip": found,
        "state": STATES[found.state],
        "from_name": names.get(found.from_node, ""),
        "to_name": f"{names.get(found.to_node or 0, '')} {department}".strip(),
        "old_owner": names.get(found.old_owner or 0, ""),
        "new_owner": names.get(found.new_owner or 0, ""),
        "sent_by": who.get(found.sent_by, found.sent_by),
        "received_by": who.get(found.received_by, found.received_by),
        "differs": found.voucher_sum_fen is not None and found.voucher_sum_fen != found.list_sum_fen,
        "lines": [
            {"line": line, "item": known[line.item], "record": records.get(known[line.item].record)} for line in lines
        ],
        "boxes": boxes(lines),
        "came_back": any(line.back_at for line in lines),
        "holder": patrons.patron(found.holder).name if found.holder else "",
    }


def boxes(lines: Iterable[TransferLineView]) -> list[tuple[str, int]]:
    """Return the boxes of a slip with how many volumes each has, in their order."""
    packed = Counter(line.box for line in lines if line.box)
    return sorted(packed.items(), key=lambda box: (len(box[0]), box[0]))


@needs(Right.HOLDINGS_RECEIVE)
def transfer(request: HttpRequest, transfer_id: int) -> HttpResponse:
    """Show a slip with what may be done now."""
    found = seen(request, transfer_id)
    changes, is_first = (
        found.state == "draft" and may_give(request, found),
        found.sent_by == request.desk.act().operator,
    )
    context = described(found) | {
        "may_change": changes,
        "may_sign_for": found.state == "sent" and (may_take(request, found) or may_enter_paper(request, found)),
        "may_be_missing": found.purpose != Purpose.TRANSFER,
        "box": request.GET.get("box", "")[:10],
        "may_follow": found.out and may_give(request, found),
        "may_see_reader": request.desk.may(Right.PATRONS_SEE),
        "today": clock.today(),
        "may_send_back": found.state == "sent" and (may_give(request, found) or may_take(request, found)),
        "is_first_signer": is_first,
        "may_sign": found.purpose != Purpose.TRANSFER or not is_first,
        "unpacked": found.units - found.packed,
        "voucher_form": VoucherForm(
            initial={"voucher": found.voucher, "voucher_sum": (found.voucher_sum_fen or 0) / 100}
        )
        if changes and found.new_owner
        else None,
    }
    return render(request, "holdings/transfer.html", context)


def givers(found: TransferView) -> list[int]:
    """Return where the first signature belongs: the place the items leave, and the owner who gives them away."""
    return [node for node in (found.from_node, found.old_owner) if node is not None]


def takers(found: TransferView) -> list[int]:
    """Return where the second signature belongs."""
    return [node for node in (found.to_node, found.new_owner) if node is not None]


def may_give(request: HttpRequest, found: TransferView) -> bool:
    """Return whether this desk may change the slip and sign it first."""
    return all(request.desk.may(Right.HOLDINGS_EDIT, node) for node in givers(found))


def may_take(request: HttpRequest, found: TransferView) -> bool:
    """Return whether this desk may sign for the items."""
    return all(request.desk.may(Right.HOLDINGS_RECEIVE, node) for node in takers(found))


def may_enter_paper(request: HttpRequest, found: TransferView) -> bool:
    """Return whether who brought the items may enter that somebody of the place signed on paper."""
    return found.purpose != Purpose.TRANSFER and may_give(request, found)


@needs(Right.HOLDINGS_RECEIVE)
def printed(request: HttpRequest, transfer_id: int) -> HttpResponse:
    """Show the slip as it is printed and signed by hand."""
    return render(request, "holdings/transfer_print.html", described(seen(request, transfer_id)))


def changeable(request: HttpRequest, transfer_id: int) -> TransferView:
    """Return a slip that this desk may change. Raises NotAllowed."""
    found = queries.transfer(transfer_id)
    for node in givers(found):
        request.desk.insist(Right.HOLDINGS_EDIT, node)
    return found


def step(request: HttpRequest, transfer_id: int, take: Callable[[], object], done: str = "") -> HttpResponseRedirect:
    """Take a step, say what came of it, and show the slip."""
    try:
        take()
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        if done:
            messages.success(request, done)
    return redirect("holdings:transfer", transfer_id)


@require_POST
@needs(Right.HOLDINGS_EDIT)
def add(request: HttpRequest, transfer_id: int) -> HttpResponse:
    """Put the scanned items on the slip, and into the box that is being packed."""
    changeable(request, transfer_id)
    ids, box = scanned(request, request.POST.get("scans", "")[:10_000]), request.POST.get("box", "").strip()[:10]
    act = request.desk.act()
    shown = step(request, transfer_id, lambda: operations.add_items(act, transfer_id=transfer_id, items=ids, box=box))
    return redirect(f"{shown.url}?{urlencode({'box': box})}") if box else shown


@require_POST
@needs(Right.HOLDINGS_EDIT)
def drop_unpacked(request: HttpRequest, transfer_id: int) -> HttpResponse:
    """Take off what was not found; it is searched for from now on."""
    changeable(request, transfer_id)
    act, search = request.desk.act(), "search" in request.POST
    done = _("What is in no box was taken off the slip.")
    return step(
        request, transfer_id, lambda: operations.drop_unpacked(act, transfer_id=transfer_id, search=search), done
    )


@require_POST
@needs(Right.HOLDINGS_EDIT)
def remove(request: HttpRequest, transfer_id: int) -> HttpResponse:
    """Take an item off the slip."""
    changeable(request, transfer_id)
    item, act = whole_number(request.POST.get("item")) or 0, request.desk.act()
    return step(request, transfer_id, lambda: operations.remove_item(act, transfer_id=transfer_id, item=item))


@require_POST
@needs(Right.HOLDINGS_EDIT)
def voucher(request: HttpRequest, transfer_id: int) -> HttpResponse:
    """Put the voucher right."""
    changeable(request, transfer_id)
    form = VoucherForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("A new owner needs the number and the sum of the asset voucher."))
        return redirect("holdings:transfer", transfer_id)
    act, said = request.desk.act(), form.cleaned_data["voucher"]
    return step(
        request,
        transfer_id,
        lambda: operations.correct_voucher(act, transfer_id=transfer_id, voucher=said, sum_fen=form.sum_fen()),
    )


@require_POST
@needs(Right.HOLDINGS_EDIT)
def cancel(request: HttpRequest, transfer_id: int) -> HttpResponse:
    """Give the slip up."""
    changeable(request, transfer_id)
    act, done = request.desk.act(), _("The slip was given up; the items stay where they are.")
    return step(request, transfer_id, lambda: operations.cancel(act, transfer_id=transfer_id), done)


@require_POST
@needs(Right.HOLDINGS_EDIT)
def sign_over(request: HttpRequest, transfer_id: int) -> HttpResponse:
    """Sign as who gives."""
    changeable(request, transfer_id)
    act, done = request.desk.act(), _("Signed. Print the list and send it with the items.")
    return step(request, transfer_id, lambda: operations.sign_over(act, transfer_id=transfer_id), done)


@require_POST
@needs(Right.HOLDINGS_RECEIVE)
def send_back(request: HttpRequest, transfer_id: int) -> HttpResponse:
    """Take the first signature back."""
    found = queries.transfer(transfer_id)
    if not may_give(request, found):
        for node in takers(found):
            request.desk.insist(Right.HOLDINGS_RECEIVE, node)
    act, reason = request.desk.act(), request.POST.get("reason", "")[:100]
    done = _("The slip is back and can be changed; its items stand on their shelf again.")
    return step(request, transfer_id, lambda: operations.send_back(act, transfer_id=transfer_id, reason=reason), done)


@require_POST
@needs(Right.HOLDINGS_RECEIVE)
def sign_for(request: HttpRequest, transfer_id: int) -> HttpResponse:
    """Sign as who takes; ticked items are refused."""
    found, host = queries.transfer(transfer_id), request.POST.get("host", "")
    if not (host.strip() and may_enter_paper(request, found)):
        for node in takers(found):
            request.desk.insist(Right.HOLDINGS_RECEIVE, node)
    but = operations.Differences(
        refused=ticked(request, "refused"),
        missing=ticked(request, "missing"),
        extra=scanned(request, request.POST.get("beside", "")[:10_000]),
    )
    act, done = request.desk.act(), _("Signed. The transfer is complete.")
    return step(
        request, transfer_id, lambda: operations.sign_for(act, transfer_id=transfer_id, but=but, host=host), done
    )


def ticked(request: HttpRequest, what: str) -> dict[int, str]:
    """Return the items that were ticked, each with its reason."""
    ids = [item for text in request.POST.getlist(what) if (item := whole_number(text)) is not None]
    return {item: request.POST.get(f"reason-{item}", "")[:100] for item in ids}
