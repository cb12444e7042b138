"""Pages of transport: what is on its way and how old it is, crates, who sends to whom, what stands away from home."""

from contextlib import suppress
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenlan.circulation.transport import operations, queries, slips
from wenlan.circulation.transport.errors import CrateWrong
from wenlan.circulation.transport.forms import CrateForm
from wenlan.circulation.transport.pages import lists
from wenlan.circulation.transport.types import CrateView, Flow
from wenlan.circulation.types import ItemRef
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.staff.access import needs
from wenlan.staff.errors import NotAllowed
from wenlan.staff.types import Right
from wenlan.ui import clock
from wenlan.ui.addresses import whole_number

OLD_DAYS = 7
WIDEST = 12  # places in a matrix
DECEMBER = 12


@needs(Right.CHECK_OUT)
def transport(request: HttpRequest) -> HttpResponse:
    """Show one of the lists of the places this desk sees."""
    chosen = request.GET.get("list", "way")
    context = {
        "lists": lists(chosen),
        "chosen": chosen,
        **content(request, chosen),
    }
    return render(request, "circulation/transport.html", context)


def content(request: HttpRequest, chosen: str) -> dict[str, Any]:
    """Return what the chosen list shows."""
    names, places, now = network.node_names(), request.desk.visible, clock.now()
    if chosen == "crates":
        boxes = queries.crates(places, now)
        return {"crates": [crate_line(one, names) for one in boxes], "form": CrateForm()}
    if chosen == "flows":
        start, end = month_of(request)
        found = queries.flows(start, end, places)
        return {"flows": flow_lines(found, names), "matrix": matrix(found, names), "month": f"{start:%Y-%m}"}
    if chosen == "away":
        return {"flows": flow_lines(queries.away_from_home(places), names)}
    days = whole_number(request.GET.get("days")) or 0
    found_items = queries.on_the_way(places, now, days=days)
    lines = [
        {
            "one": one,
            "from": names.get(one.from_node, ""),
            "to": names.get(one.to_node, ""),
            "is_old": one.days >= OLD_DAYS,
        }
        for one in found_items
    ]
    return {"lines": lines, "days": days, "old_days": OLD_DAYS}


def month_of(request: HttpRequest) -> tuple[date, date]:
    """Return the month asked for, as `[start, end)`; the present one for none."""
    start = clock.today().replace(day=1)
    with suppress(ValueError):
        start = date.fromisoformat(f"{request.GET.get('month', '')}-01")
    ends_year = start.month == DECEMBER
    following = start.replace(year=start.year + ends_year, month=1 if ends_year else start.month + 1)
    return start, following


def crate_line(one: CrateView, names: Any) -> dict[str, Any]:
    """Return a crate as the list shows it."""
    return {
        "one": one,
        "from": names.get(one.from_node, ""),
        "to": names.get(one.to_node, ""),
        "is_old": one.days >= OLD_DAYS,
    }


def flow_lines(found: tuple[Flow, ...], names: Any) -> list[dict[str, Any]]:
    """Return pairs of places with their number of items."""
    return [
        {"from": names.get(flow.from_node, ""), "to": names.get(flow.to_node, ""), "items": flow.items}
        for flow in found
    ]


def matrix(found: tuple[Flow, ...], names: Any) -> dict[str, Any] | None:
    """Return who sent how much to whom as a table of places by places with sums; None where it would be too wide."""
    places = sorted({flow.from_node for flow in found} | {flow.to_node for flow in found}, key=lambda node: names[node])
    if not places or len(places) > WIDEST:
        return None
    sent = {(flow.from_node, flow.to_node): flow.items for flow in found}
    rows = [
        {
            "place": names.get(start, ""),
            "cells": [sent.get((start, end), 0) for end in places],
            "total": sum(sent.get((start, end), 0) for end in places),
        }
        for start in places
    ]
    ends = [sum(sent.get((start, end), 0) for start in places) for end in places]
    return {"heads": [names.get(end, "") for end in places], "rows": rows, "ends": ends, "total": sum(ends)}


def crate_here(request: HttpRequest, crate_id: int) -> CrateView:
    """Return a crate that comes from or goes to a place of this desk. Raises CrateWrong and NotAllowed."""
    one = queries.crate(crate_id, clock.now())
    if one is None:
        raise CrateWrong(code=crate_id)
    if not {one.from_node, one.to_node} & request.desk.visible:
        raise NotAllowed(right=Right.CHECK_OUT.label)
    return one


@require_POST
@needs(Right.CHECK_OUT)
def new_crate(request: HttpRequest) -> HttpResponse:
    """Open a crate."""
    form = CrateForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            made = operations.open_crate(
                request.desk.act(key=said["key"] or None), code=said["code"], to_node=int(said["to_node"])
            )
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            return redirect("circulation:crate", made.id)
    return redirect(f"{reverse('circulation:transport')}?list=crates")


@needs(Right.CHECK_OUT)
def crate(request: HttpRequest, crate_id: int) -> HttpResponse:
    """Show a crate, to be filled by scan, sent, or received."""
    one = crate_here(request, crate_id)
    context = {
        "crate": one,
        "items": queries.in_crate(one.id, clock.now()),
        "from": network.node(one.from_node).name,
        "to": network.node(one.to_node).name,
        "is_open_here": one.sent_at is None and one.from_node == request.desk.node,
        "is_to_be_received": one.sent_at is not None and one.received_at is None and one.to_node == request.desk.node,
    }
    return render(request, "circulation/crate.html", context)


@require_POST
@needs(Right.CHECK_OUT)
def change_crate(request: HttpRequest, crate_id: int, what: str) -> HttpResponse:
    """Put a scanned item in, send the crate, or sign for it."""
    one, act = crate_here(request, crate_id), request.desk.act()
    try:
        if what == "put":
            operations.put_in(act, crate=one.id, item=ItemRef(request.POST.get("barcode", "").strip()))
        elif what == "send":
            operations.send(act, crate=one.id, run=request.POST.get("run", ""))
            messages.success(request, _("The crate is on its way."))
        else:
            missing = request.POST.get("missing", "").split()
            arrived = operations.receive(act, crate=one.id, missing=missing)
            kept = sum(done.held is not None for done in arrived)
            said = {"items": len(arrived), "kept": kept}
            messages.success(request, _("Signed for: %(items)d items, %(kept)d of them for readers.") % said)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("circulation:crate", crate_id)


@require_POST
@needs(Right.CHECK_OUT)
def lost(request: HttpRequest, transit_id: int) -> HttpResponse:
    """Give up what was sent and never arrived."""
    ours = {one.transit for one in queries.on_the_way(request.desk.visible, clock.now(), limit=10_000)}
    if transit_id not in ours:
        raise NotAllowed(right=Right.CHECK_OUT.label)
    try:
        operations.report_lost(request.desk.act(), transit=transit_id, reason=request.POST.get("reason", ""))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Recorded as lost between two places."))
    return redirect("circulation:transport")


@needs(Right.CHECK_OUT)
def slip(request: HttpRequest, item_id: int) -> HttpResponse:
    """Show the slip that is put into a book on its way, or on a hold shelf; on a roll of 58 or 80 mm, or on A6."""
    return slips.show(request, item_id, visible=request.desk.visible)
