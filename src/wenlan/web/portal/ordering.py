"""Ordering books on line: the menu for everybody, and a reader's own orders with their history."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from wenlan.catalogue import queries as catalogue
from wenlan.circulation.ordering import operations, queries
from wenlan.circulation.ordering.forms import LineFormSet, WishForm, lines_of
from wenlan.circulation.ordering.types import OrderChannel
from wenlan.kernel.errors import DomainError, NotFound
from wenlan.network import queries as network
from wenlan.outreach.doorstep import queries as doorstep
from wenlan.outreach.doorstep.types import DoorReaderView
from wenlan.patrons.types import PatronView
from wenlan.ui import clock
from wenlan.ui.addresses import whole_number
from wenlan.web.portal.reading import reader_of
from wenlan.web.portal.reserving import act_of, pickup_points

MOST_ORDERS = 20


@require_safe
def menu(request: HttpRequest) -> HttpResponse:
    """Show the themed sets that may be ordered: a reader's own library's, and without one those of every place."""
    today, reader = clock.today(), reader_of(request)
    found = queries.menu(today, at=reader.home_node) if reader else queries.menu(today)
    names = network.node_names()
    rows = [{"one": one, "place": names.get(one.node, "")} for one in found]
    return render(request, "web/portal/menu.html", {"rows": rows, "reader": reader})


@require_safe
def themed(request: HttpRequest, themed_id: int) -> HttpResponse:
    """Show one themed set with its titles. Raises NotFound for one that is not offered today."""
    one = next((one for one in queries.menu(clock.today()) if one.id == themed_id), None)
    if one is None:
        raise NotFound(what=str(themed_id))
    titles = queries.titles_of(one.id)
    records = catalogue.records([title.record for title in titles])
    rows = [{"title": records[title.record], "copies": title.copies} for title in titles if title.record in records]
    context = {"set": one, "rows": rows, "place": network.node_names().get(one.node, "")}
    return render(request, "web/portal/themed.html", context)


@never_cache
def orders(request: HttpRequest) -> HttpResponse:
    """List a reader's orders, each with its history, and take a new one."""
    reader = reader_of(request)
    if reader is None:
        return redirect("portal:sign_in")
    form = WishForm(request.POST or None, initial={"themed": request.GET.get("set", "")[:12]})
    form.offer(reader.home_node)
    formset = LineFormSet(request.POST or None, prefix="line")
    if request.method == "POST" and form.is_valid() and formset.is_valid() and asked(request, reader, form, formset):
        return redirect("portal:orders")
    found = queries.of_reader(reader.id, limit=MOST_ORDERS)
    names, steps = network.node_names(), queries.steps_of([one.id for one in found])
    context = {
        "form": form,
        "formset": formset,
        "places": pickup_points(reader),
        "pickup": reader.home_node,
        "is_served": served(reader) is not None,
        "rows": [{"one": one, "place": names.get(one.place, ""), "steps": steps[one.id]} for one in found],
    }
    status = 422 if form.errors or any(formset.errors) else 200
    return render(request, "web/portal/orders.html", context, status=status)


def asked(request: HttpRequest, reader: PatronView, form: Any, formset: Any) -> bool:
    """Take the order; False when it is refused, which the form then says."""
    pickup = whole_number(request.POST.get("pickup"))
    place = pickup if pickup in {one.id for one in pickup_points(reader)} else reader.home_node
    order = form.order(
        patron=reader.id,
        place=place or reader.home_node,
        lines=lines_of(formset),
        channel=OrderChannel.PORTAL,
        **brought(request, reader),
    )
    try:
        made = operations.ask(act_of(request, reader), order=order)
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(
        request, _("Your order %(number)s has come in. We tell you of each step.") % {"number": made.number}
    )
    return True


def brought(request: HttpRequest, reader: PatronView) -> dict[str, Any]:
    """Return where an order is brought, for a reader who is served at the door and asked for it."""
    entry = served(reader) if request.POST.get("to_door") else None
    return {"to_door": True, "address": doorstep.doorplates([entry.id])[entry.id].address} if entry else {}


def served(reader: PatronView) -> DoorReaderView | None:
    """Return a reader's entry among those served at the door today, None for others."""
    entry = doorstep.of_patron(reader.id)
    return entry if entry is not None and doorstep.is_served(entry, reader, clock.today()) else None


@require_POST
def cancel(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take back one of one's own orders; of others nothing is said."""
    reader = reader_of(request)
    if reader is None:
        return redirect("portal:sign_in")
    try:
        one = queries.by_uid(uid)
        if one.patron == reader.id:
            operations.cancel(act_of(request, reader), order=one.id)
            messages.success(request, _("The order is taken back."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("portal:orders")
