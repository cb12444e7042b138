"""Pages of stocktaking: counts, scans, differences, the statement."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenlan.catalogue import queries as catalogue
from wenlan.holdings import queries as items
from wenlan.holdings.choosing import read_scans
from wenlan.holdings.handovers.views import form_page
from wenlan.holdings.pages import people
from wenlan.holdings.stocktaking import operations, queries
from wenlan.holdings.stocktaking.forms import CountForm, ScansForm
from wenlan.holdings.stocktaking.queries import CountView
from wenlan.holdings.stocktaking.types import OFFERED, FindingKind, Resolution
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui.addresses import whole_number

LARGEST_FILE = 5 << 20


@needs(Right.HOLDINGS_EDIT)
def counts(request: HttpRequest) -> HttpResponse:
    """List the counts of the places this desk sees."""
    names = network.node_names()
    rows = [
        {
            "name": one.name,
            "url": reverse("holdings:count", args=[one.id]),
            "place": names.get(one.node, ""),
            "opened_on": one.opened_on,
            "scanned": one.scanned,
            "open": one.open,
            "state": _("Closed count") if one.is_closed else _("Being counted"),
        }
        for one in queries.counts(request.desk.visible)
    ]
    columns = [
        {"key": "name", "label": _("Count"), "url_key": "url"},
        {"key": "place", "label": _("Place")},
        {"key": "opened_on", "label": _("Opened"), "kind": "day"},
        {"key": "scanned", "label": _("Scanned"), "kind": "number"},
        {"key": "open", "label": _("Differences to resolve"), "kind": "number"},
        {"key": "state", "label": _("State")},
    ]
    return render(request, "holdings/counts.html", {"rows": rows, "columns": columns})


@needs(Right.HOLDINGS_EDIT)
def new(request: HttpRequest) -> HttpResponse:
    """Open a count."""
    form = CountForm(request.POST or None, nodes=request.desk.nodes_with(Right.HOLDINGS_EDIT))
    if request.method == "POST" and form.is_valid():
        act = request.desk.act(key=form.cleaned_data["key"] or None)
        made = operations.open_count(act, name=form.cleaned_data["name"], scope=form.scope())
        return redirect("holdings:count", made.id)
    return form_page(request, form, _("Open a count"), "holdings:counts", _("Open a count"))


def countable(request: HttpRequest, count_id: int) -> CountView:
    """Return a count of a place where this desk may change items. Raises NotFound, NotAllowed."""
    found = queries.count(count_id)
    request.desk.insist(Right.HOLDINGS_EDIT, found.node)
    return found


@needs(Right.HOLDINGS_EDIT)
def count(request: HttpRequest, count_id: int) -> HttpResponse:
    """Show a count: the scan field while it runs, its differences by kind, the statement when it is closed."""
    found = countable(request, count_id)
    kinds = queries.by_kind(count_id)
    asked = request.GET.get("kind", "")
    kind = asked if asked in kinds else next(iter(kinds), "")
    context = described(found) | {
        "scans_form": ScansForm() if found.closed_at is None else None,
        "last": queries.last_scans(count_id),
        "kind": kind,
        "kinds": [
            {"label": FindingKind(code).label, "url": f"?kind={code}", "current": code == kind, "count": unresolved}
            for code, (_every, unresolved) in kinds.items()
        ],
        "lines": lines(count_id, kind) if kind else [],
        "offered": OFFERED.get(kind, ()) if found.closed_at is None else (),
        "may_close": found.closed_at is None and found.compared_at is not None and not found.open,
    }
    return render(request, "holdings/count.html", context)


def described(found: CountView) -> dict[str, object]:
    """Return what page and statement say of a count."""
    who = people([found.opened_by, found.closed_by])
    department = network.department(found.department).name if found.department else ""
    statement = found.statement or {}
    by_class = statement.get("missing_by_class", {})
    return {
        "count": found,
        "place": f"{network.node(found.node).name} {department} {found.class_start}".strip(),
        "opened_by": who.get(found.opened_by, found.opened_by),
        "closed_by": who.get(found.closed_by, found.closed_by),
        "said_kinds": [(FindingKind(code).label, n) for code, n in statement.get("kinds", {}).items()],
        "said_resolutions": [(Resolution(code).label, n) for code, n in statement.get("resolutions", {}).items()],
        "said_classes": "　".join(f"{letter or '—'} {n}" for letter, n in by_class.items()),
        "missing_fen": statement.get("missing_fen", 0),
    }


def lines(count_id: int, kind: str) -> list[dict[str, object]]:
    """Return the differences of a kind, with their items."""
    found = queries.findings(count_id, kind)
    known = items.items_by_id([one.item for one in found if one.item])
    titles = catalogue.titles({one.record for one in known.values()})
    names = network.node_names()
    return [
        {
            "finding": one,
            "item": known.get(one.item or 0),
            "title": titles.get(known[one.item].record, "") if one.item else "",
            "place": names.get(known[one.item].shelved_at, "") if one.item else "",
            "resolution": Resolution(one.resolution).label if one.resolution else "",
        }
        for one in found
    ]


@require_POST
@needs(Right.HOLDINGS_EDIT)
def scan(request: HttpRequest, count_id: int) -> HttpResponse:
    """Take scans from the field or a file."""
    countable(request, count_id)
    form = ScansForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        if file is not None and file.size > LARGEST_FILE:
            messages.error(request, _("The file is too large for a list of barcodes."))
            return redirect("holdings:count", count_id)
        text = file.read().decode("utf-8-sig", errors="replace") if file is not None else ""
        codes = [code for code in read_scans(f"{form.cleaned_data['scans']}\n{text}") if code.isprintable()]
        return done(request, count_id, codes)
    messages.error(request, _("The list of barcodes could not be read."))
    return redirect("holdings:count", count_id)


def done(request: HttpRequest, count_id: int, codes: list[str]) -> HttpResponse:
    """Take the barcodes and say how many were new."""
    try:
        new_ones = operations.take_scans(request.desk.act(), count_id=count_id, barcodes=codes)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        said = {"new": new_ones, "again": len(codes) - new_ones}
        messages.success(request, _("%(new)d barcodes taken, %(again)d were read before.") % said)
    return redirect("holdings:count", count_id)


@require_POST
@needs(Right.HOLDINGS_EDIT)
def compare(request: HttpRequest, count_id: int) -> HttpResponse:
    """Compare shelf and records."""
    countable(request, count_id)
    return step(request, count_id, lambda: operations.compare(request.desk.act(), count_id=count_id))


@require_POST
@needs(Right.HOLDINGS_EDIT)
def resolve(request: HttpRequest, count_id: int) -> HttpResponse:
    """Resolve the ticked differences."""
    countable(request, count_id)
    ticked = [one for text in request.POST.getlist("finding") if (one := whole_number(text)) is not None]
    resolution = request.POST.get("resolution", "")
    return step(
        request,
        count_id,
        lambda: operations.resolve(request.desk.act(), count_id=count_id, findings=ticked, resolution=resolution),
    )


@require_POST
@needs(Right.HOLDINGS_EDIT)
def close(request: HttpRequest, count_id: int) -> HttpResponse:
    """Close the count."""
    countable(request, count_id)
    return step(request, count_id, lambda: operations.close_count(request.desk.act(), count_id=count_id))


def step(request: HttpRequest, count_id: int, take: object) -> HttpResponse:
    """Take a step, say why when it is refused, and show the count."""
    try:
        take()  # type: ignore[operator]
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("holdings:count", count_id)


@needs(Right.HOLDINGS_EDIT)
def printed(request: HttpRequest, count_id: int) -> HttpResponse:
    """Show the statement as it is printed."""
    return render(request, "holdings/count_print.html", described(countable(request, count_id)))
