"""Pages of batches: choose, look at before and after, run, undo."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from wenlan.catalogue import queries as catalogue
from wenlan.catalogue.types import Audience
from wenlan.holdings import queries as items
from wenlan.holdings.batches import operations, queries
from wenlan.holdings.batches.forms import BatchForm
from wenlan.holdings.choosing import Chosen, chosen
from wenlan.holdings.pages import people
from wenlan.holdings.types import Lending
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.staff.access import needs
from wenlan.staff.types import Right

NAMES = {
    "shelved_at": gettext_lazy("Place"),
    "department": gettext_lazy("Department"),
    "lending": gettext_lazy("Lending"),
    "audience": gettext_lazy("Audience"),
    "volume": gettext_lazy("Volume or part"),
}
OUTCOMES = {
    "": "",
    operations.DONE: gettext_lazy("Changed"),
    operations.SKIPPED: gettext_lazy("Left: it was changed meanwhile"),
    operations.REFUSED: gettext_lazy("Left: it is not in the house"),
}


@needs(Right.HOLDINGS_EDIT)
def batches(request: HttpRequest) -> HttpResponse:
    """List the last batches."""
    found = queries.batches(request.desk.visible)
    names = people(one.operator for one in found)
    rows = [
        {
            "made_at": one.made_at,
            "url": reverse("holdings:batch", args=[one.id]),
            "what": said_changes(one.changes) if one.undoes is None else _("Undoes batch %(n)d") % {"n": one.undoes},
            "items": one.items,
            "who": names.get(one.operator, one.operator),
            "state": _("Has run") if one.run_at else _("To be looked at"),
        }
        for one in found
    ]
    columns = [
        {"key": "made_at", "label": _("When"), "kind": "moment", "url_key": "url"},
        {"key": "what", "label": _("What changes")},
        {"key": "items", "label": _("Items"), "kind": "number"},
        {"key": "who", "label": _("Done by")},
        {"key": "state", "label": _("State")},
    ]
    return render(request, "holdings/batches.html", {"rows": rows, "columns": columns})


@needs(Right.HOLDINGS_EDIT)
def new(request: HttpRequest) -> HttpResponse:
    """Choose items and say what becomes of them; the next page shows before and after."""
    form = BatchForm(request.POST or None, nodes=request.desk.nodes_with(Right.HOLDINGS_EDIT))
    if request.method == "POST" and form.is_valid():
        found = chosen(form.selection())
        warn(request, found)
        try:
            act = request.desk.act(key=form.cleaned_data["key"] or None)
            made = operations.prepare(act, items=allowed(request, found.ids), changes=form.changes())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("holdings:batch", made.id)
    context = {"form": form}
    return render(request, "holdings/batch_new.html", context, status=422 if form.is_bound else 200)


def allowed(request: HttpRequest, ids: tuple[int, ...]) -> list[int]:
    """Return those of the items that belong to places this desk may change; says how many do not."""
    nodes = request.desk.nodes_with(Right.HOLDINGS_EDIT)
    found = items.items_by_id(ids)
    ours = [one for one in ids if found[one].owner_node in nodes]
    if len(ours) < len(ids):
        foreign = len(ids) - len(ours)
        messages.warning(
            request, _("%(count)d items belong to other libraries and were left out.") % {"count": foreign}
        )
    return ours


def warn(request: HttpRequest, found: Chosen) -> None:
    """Say which scans were not found, which are ambiguous, and when there were too many."""
    if found.unknown:
        messages.warning(request, _("No item has these barcodes: %(list)s") % {"list": "、".join(found.unknown[:20])})
    if found.ambiguous:
        said = "、".join(f"{scope or '—'}:{scan}" for scan in found.ambiguous[:20] for scope in found.scopes[scan])
        messages.warning(
            request,
            _("Several items carry these barcodes. Scan them again with their scope: %(list)s") % {"list": said},
        )
    if found.is_cut:
        messages.warning(request, _("Only the first 5,000 items were taken. Do the others in a further batch."))


@needs(Right.HOLDINGS_EDIT)
def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Show a batch, item by item."""
    found = queries.batch(batch_id)
    lines = queries.lines(batch_id)
    described = items.items_by_id([line.item for line in lines])
    titles = catalogue.titles({one.record for one in described.values()})
    names = people([found.operator, found.run_by])
    context = {
        "batch": found,
        "who": names.get(found.operator, found.operator),
        "what": said_changes(found.changes),
        "lines": [
            {
                "item": described[line.item],
                "title": titles.get(described[line.item].record, ""),
                "before": said_changes(line.before),
                "after": said_changes(line.after),
                "outcome": OUTCOMES[line.outcome],
            }
            for line in lines
        ],
        "may_run": found.run_at is None,
        "may_undo": found.run_at is not None and found.undone_by is None and bool(found.counts.get(operations.DONE)),
    }
    return render(request, "holdings/batch.html", context)


def said_changes(changes: dict[str, Any]) -> str:
    """Return values in words: place and department by name."""
    said = []
    for name, value in changes.items():
        if value in (None, "") and name == "department":
            continue
        said.append(f"{NAMES[name]}: {said_value(name, value)}")
    return " · ".join(said)


def said_value(name: str, value: Any) -> str:
    """Return one value in words."""
    if name == "shelved_at" and value:
        return network.node_names().get(value, str(value))
    if name == "department" and value:
        return network.department(value).name
    if name == "lending" and value:
        return str(Lending(value).label)
    if name == "audience" and value:
        return str(Audience(value).label)
    return str(value or "—")


@require_POST
@needs(Right.HOLDINGS_EDIT)
def run(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Change the items."""
    insist(request, batch_id)
    found = operations.run(request.desk.act(), batch_id=batch_id)
    messages.success(request, _("%(count)d items were changed.") % {"count": found.counts.get(operations.DONE, 0)})
    return redirect("holdings:batch", batch_id)


@require_POST
@needs(Right.HOLDINGS_EDIT)
def undo(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Take it back by a second batch."""
    insist(request, batch_id)
    second = operations.undo(request.desk.act(), batch_id=batch_id)
    messages.success(request, _("The batch was taken back."))
    return redirect("holdings:batch", second.id)


def insist(request: HttpRequest, batch_id: int) -> None:
    """Raise NotAllowed for a batch of a place where this desk may change nothing."""
    request.desk.insist(Right.HOLDINGS_EDIT, queries.batch(batch_id).node)
