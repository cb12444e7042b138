"""The acquisitions desk: batches as they come, one batch with its figures, its end, and the suppliers."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from wenlan.acquisitions import operations, queries
from wenlan.acquisitions.accepting import hindrances
from wenlan.acquisitions.errors import BatchUnknown, SupplierUnknown
from wenlan.acquisitions.forms import PaidForm, ReasonForm, ReceiveForm, SupplierForm
from wenlan.acquisitions.paying import to_pay
from wenlan.acquisitions.policies import OVERRULED
from wenlan.acquisitions.types import BatchState, BatchView, CopyProblem, ErrorKind, FileKind, Outcome, PaidBy, Step
from wenlan.holdings.tracing import trace
from wenlan.holdings.types import ItemStatus
from wenlan.kernel.errors import DomainError
from wenlan.kernel.ids import new_uid
from wenlan.network import queries as network
from wenlan.staff import queries as staff
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui.addresses import whole_number

SEALS = {
    BatchState.RECEIVING: "look",
    BatchState.MATCHING: "look",
    BatchState.CHECKING: "open",
    BatchState.ACCEPTING: "look",
    BatchState.ACCEPTED: "held",
    BatchState.SENT_BACK: "cancelled",
}
OUTCOME_SEALS = {Outcome.NEW: "open", Outcome.COPY: "held", Outcome.DOUBTFUL: "look"}
PAGE = 50
TITLES = 100


def crumbs(*way: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the way from the list of batches to a page."""
    return [(_("Acquisitions"), reverse("acquisitions:batches")), *way]


def seen(request: HttpRequest, number: str) -> BatchView:
    """Return a batch of a place this desk sees. Raises BatchUnknown for any other."""
    found = queries.batch(number)
    if found.node not in request.desk.visible:
        raise BatchUnknown(what=number)
    return found


def changeable(request: HttpRequest, number: str) -> BatchView:
    """Return a batch that this desk may change. Raises BatchUnknown, NotAllowed."""
    found = seen(request, number)
    request.desk.insist(Right.HOLDINGS_EDIT, found.node)
    return found


@require_safe
@needs(Right.HOLDINGS_EDIT)
def batches(request: HttpRequest) -> HttpResponse:
    """The batches that arrived at the places this desk sees, newest first."""
    before = request.GET.get("after", "")
    found = queries.batches(request.desk.visible, before=whole_number(before), limit=PAGE)
    context = {
        "lines": [{"batch": one, "state": state_of(one)} for one in found],
        "next": found[-1].id if len(found) == PAGE else "",
        "first": not before,
        "has_suppliers": bool(queries.suppliers()),
    }
    return render(request, "acquisitions/batches.html", context)


def state_of(one: BatchView) -> dict[str, str]:
    """Return how a batch's state is shown."""
    return {"seal": SEALS[BatchState(one.state)], "label": str(BatchState(one.state).label)}


@needs(Right.HOLDINGS_EDIT)
def receive(request: HttpRequest) -> HttpResponse:
    """Take in the files of a batch; the doubtful titles come next, if there are any."""
    desk = request.desk
    places = desk.nodes_with(Right.HOLDINGS_EDIT)
    form = ReceiveForm(request.POST or None, request.FILES or None, node=desk.node, places=places)
    if form.is_bound and form.is_valid():
        try:
            number = operations.receive(desk.act(form.cleaned_data["key"]), receipt=form.receipt())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            waits = queries.batch(number).doubtful
            return redirect("acquisitions:doubtful" if waits else "acquisitions:batch", number=number)
    context = {"form": form, "crumbs": crumbs((_("Receive a batch"), "")), "suppliers": queries.suppliers()}
    return render(request, "acquisitions/receive.html", context, status=422 if form.is_bound else 200)


@require_safe
@needs(Right.HOLDINGS_EDIT)
def batch(request: HttpRequest, number: str) -> HttpResponse:
    """One batch: what it is, what waits, its titles, parcels, sample and history."""
    found = seen(request, number)
    outcome = request.GET.get("outcome", "")
    after = whole_number(request.GET.get("after", "")) or 0
    noted = outcome == "noted"
    titles = queries.titles(
        number, outcome=outcome if outcome in Outcome.values else "", noted=noted, after=after, limit=TITLES
    )
    stops = hindrances(number) if found.is_open else ()
    overrules = [one for one in stops if one in OVERRULED]
    parcels = queries.parcels(number)
    context = {
        "batch": found,
        "state": state_of(found),
        "pairs": described(found),
        "files": shown_files(number),
        "lines": [{"title": one, "seal": OUTCOME_SEALS[Outcome(one.outcome)], "label": Outcome(one.outcome).label,
                   "notes": [_(note) for note in one.notes]} for one in titles],
        "tabs": tabs(found, outcome),
        "next": titles[-1].position if len(titles) == TITLES else "",
        "first": not after,
        "parcels": parcels,
        "open_parcel": next((one.number for one in parcels if not one.is_closed), ""),
        "hindrances": [one.label for one in stops],
        "may_overrule": bool(overrules) and len(overrules) == len(stops)
        and request.desk.may(Right.HOLDINGS_APPROVE, found.node),
        "problems": [{"copy": one, "why": CopyProblem(one.problem).label}
                     for one in queries.copies(number, with_problem=True)],
        "errors": error_lines(number),
        "history": history(number),
        "after": after_acceptance(number) if found.accepted_copies else None,
        "key": str(new_uid()),
        "crumbs": crumbs((found.number, "")),
    }  # fmt: skip
    return render(request, "acquisitions/batch.html", context)


def described(found: BatchView) -> list[tuple[str, object]]:
    """Return what is known of a batch, as terms and words."""
    names = network.node_names()
    return [
        (_("Supplier"), found.supplier.name),
        (_("Arrived on"), found.arrived_on.isoformat()),
        (_("Owner"), names.get(found.owner, "")),
        (_("Place of the books"), names.get(found.shelved_at, "")),
        (_("After acceptance"), _("straight to the shelf") if found.is_ready else _("to processing")),
        (_("Total at list price"), money(found.list_price_fen)),
        (_("Total to pay"), paid_words(found)),
        (_("Seed of the sample"), found.sample_seed),
    ]


def paid_words(found: BatchView) -> str:
    """Return what is to pay for what is accepted, and how that is known."""
    due = to_pay(found.number)
    if due is None:
        return str(PaidBy.UNKNOWN.label)
    if found.paid_by == PaidBy.DISCOUNT:
        share = f"{(found.discount_permille or 0) / 10:g} %"
        return _("%(sum)s (%(share)s of the list prices)") % {"sum": money(due), "share": share}
    if found.paid_by == PaidBy.LIST and due != found.paid_fen:
        listed = money(found.paid_fen or 0)
        return _("%(sum)s (the packing list has %(listed)s for all of it)") % {"sum": money(due), "listed": listed}
    return money(due)


def money(fen: int) -> str:
    """Return a sum as it is printed."""
    return f"{fen / 100:,.2f}"


def shown_files(number: str) -> list[dict[str, Any]]:
    """Return the files with the reasons in the language being spoken."""
    return [
        {
            "kind": FileKind(one.kind).label,
            "name": one.name,
            "read": one.read,
            "rejected": [(place, _(reason)) for place, reason in one.rejected],
            "columns": one.columns,
            "sample": one.sample,
        }
        for one in queries.files(number)
    ]


def after_acceptance(number: str) -> dict[str, Any]:
    """Return the way of the volumes after acceptance: in the register, on slips, and where they are now."""
    found, names = trace(number), network.node_names()
    return {
        "entered": found.entered,
        "slips": [{"slip": one, "to": names.get(one.to_node, "")} for one in found.slips],
        "states": [(ItemStatus(status).label, units) for status, units in found.by_status],
        "places": [(names.get(node, ""), units) for node, units in found.by_place],
    }


def tabs(found: BatchView, current: str) -> list[dict[str, Any]]:
    """Return the choices of titles by outcome."""
    counts = (
        ("", _("All titles"), found.titles),
        (Outcome.NEW, Outcome.NEW.label, found.new),
        (Outcome.COPY, Outcome.COPY.label, found.copies_of_held),
        (Outcome.DOUBTFUL, Outcome.DOUBTFUL.label, found.doubtful),
        ("noted", _("With remarks"), None),
    )
    here = reverse("acquisitions:batch", args=[found.number])
    return [
        {"label": label, "url": f"{here}?outcome={code}", "current": code == current, "count": count}
        for code, label, count in counts
    ]


def error_lines(number: str) -> list[tuple[str, int]]:
    """Return the errors of the sample by kind."""
    return [(str(ErrorKind(kind).label), volumes) for kind, volumes in queries.errors_by_kind(number).items()]


def history(number: str) -> list[dict[str, Any]]:
    """Return what was done with a batch, with the names of who did it."""
    steps = queries.steps(number)
    names = staff.names({int(one.operator[6:]) for one in steps if one.operator.startswith("staff:")})
    return [
        {
            "at": one.at,
            "step": Step(one.step).label,
            "who": names.get(int(one.operator[6:]), "") if one.operator.startswith("staff:") else one.operator,
            "reason": one.reason,
        }
        for one in steps
    ]


@require_POST
@needs(Right.HOLDINGS_EDIT)
def accept(request: HttpRequest, number: str) -> HttpResponse:
    """Accept a batch; against the rule only with the right and a reason."""
    found = changeable(request, number)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return redirect("acquisitions:batch", number=number)
    said = form.cleaned_data
    if said["overrules"]:
        request.desk.insist(Right.HOLDINGS_APPROVE, found.node)
    try:
        done = operations.accept(
            request.desk.act(said["key"]), batch=number, overrules=said["overrules"], reason=said["reason"]
        )
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        text = ngettext(
            "Accepted: %(items)d item registered, %(records)d new records, %(left)d copies left out.",
            "Accepted: %(items)d items registered, %(records)d new records, %(left)d copies left out.",
            len(done.items),
        )
        messages.success(request, text % {"items": len(done.items), "records": done.records, "left": done.left_out})
    return redirect("acquisitions:batch", number=number)


@needs(Right.HOLDINGS_EDIT)
def paid(request: HttpRequest, number: str) -> HttpResponse:
    """Set what is to pay: a sum or a discount; the register gets each volume's share."""
    found = changeable(request, number)
    share = None if found.discount_permille is None else found.discount_permille / 10
    total = found.paid_fen / 100 if found.paid_by == PaidBy.TOTAL and found.paid_fen is not None else None
    form = PaidForm(request.POST or None, initial={"total": total, "discount": share})
    if form.is_bound and form.is_valid():
        try:
            operations.set_paid(request.desk.act(), batch=number, **form.paid())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kept."))
            return redirect("acquisitions:batch", number=number)
    way = crumbs((number, reverse("acquisitions:batch", args=[number])), (_("What is to pay"), ""))
    context = {"form": form, "batch": found, "paid": paid_words(found), "crumbs": way}
    return render(request, "acquisitions/paid.html", context, status=422 if form.is_bound else 200)


@require_POST
@needs(Right.HOLDINGS_EDIT)
def send_back(request: HttpRequest, number: str) -> HttpResponse:
    """Send a batch back, with the reason."""
    changeable(request, number)
    try:
        operations.send_back(request.desk.act(), batch=number, reason=request.POST.get("reason", "")[:200])
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The batch goes back; the catalogue is as it was."))
    return redirect("acquisitions:batch", number=number)


@require_POST
@needs(Right.HOLDINGS_EDIT)
def match_again(request: HttpRequest, number: str) -> HttpResponse:
    """Compare a batch with the catalogue as it is now."""
    changeable(request, number)
    waits = operations.match_again(request.desk.act(), batch=number)
    return redirect("acquisitions:doubtful" if waits else "acquisitions:batch", number=number)


@require_safe
@needs(Right.HOLDINGS_EDIT)
def sheet(request: HttpRequest, number: str) -> HttpResponse:
    """The acceptance sheet as printed: counts, sums, what is missing and wrong, room for two signatures."""
    found = seen(request, number)
    context = {
        "batch": found,
        "state": state_of(found),
        "pairs": described(found),
        "parcels": queries.parcels(number),
        "missing": queries.copies(number, is_missing=True),
        "problems": [
            {"copy": one, "why": CopyProblem(one.problem).label} for one in queries.copies(number, with_problem=True)
        ],
        "errors": error_lines(number),
        "wrong": [
            {"copy": one, "errors": [ErrorKind(kind).label for kind in one.errors]}
            for one in queries.copies(number, is_sampled=True)
            if one.errors
        ],
        "history": history(number),
    }
    return render(request, "acquisitions/sheet.html", context)


@require_safe
@needs(Right.HOLDINGS_EDIT)
def suppliers(request: HttpRequest) -> HttpResponse:
    """The suppliers and what is agreed with them."""
    rows = [
        {
            "url": reverse("acquisitions:supplier", args=[one.code]),
            "name": one.name,
            "code": one.code,
            "sample": f"{one.sample_percent} %",
            "most": f"{one.most_errors_permille} ‰",
            "scans": _("yes") if one.scans_parcels else _("no"),
            "active": "" if one.is_active else "closed",
        }
        for one in queries.suppliers()
    ]
    columns = [
        {"key": "name", "label": _("Supplier"), "kind": "text", "url_key": "url"},
        {"key": "code", "label": _("Code"), "kind": "code"},
        {"key": "sample", "label": _("Sample"), "kind": "number"},
        {"key": "most", "label": _("Errors allowed"), "kind": "number"},
        {"key": "scans", "label": _("Parcels scanned"), "kind": "text"},
        {"key": "active", "label": _("State"), "kind": "seal"},
    ]
    context = {"rows": rows, "columns": columns, "crumbs": crumbs((_("Suppliers"), ""))}
    return render(request, "acquisitions/suppliers.html", context)


@needs(Right.HOLDINGS_EDIT)
def supplier(request: HttpRequest, code: str = "") -> HttpResponse:
    """Write down a supplier, or change what is agreed."""
    known = {one.code: one for one in queries.suppliers()}.get(code)
    if code and known is None:
        raise SupplierUnknown(what=code)
    initial = {name: getattr(known, name) for name in SupplierForm.base_fields} if known else {}
    if known and known.discount_permille is not None:
        initial["discount_permille"] = known.discount_permille / 10
    form = SupplierForm(request.POST or None, initial=initial or {"scans_parcels": True, "is_active": True})
    if known:
        form.fields["code"].disabled = True
    if form.is_bound and form.is_valid():
        operations.save_supplier(request.desk.act(), facts=form.facts())
        messages.success(request, _("Kept."))
        return redirect("acquisitions:suppliers")
    name = known.name if known else _("New supplier")
    context = {
        "form": form,
        "name": name,
        "crumbs": crumbs((_("Suppliers"), reverse("acquisitions:suppliers")), (name, "")),
    }
    return render(request, "acquisitions/supplier.html", context, status=422 if form.is_bound else 200)
