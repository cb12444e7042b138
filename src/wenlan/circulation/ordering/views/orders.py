"""Pages of orders at the desk: the overview, taking one, working through one, and the paper for the shelves."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST

from wenlan.circulation.groups.views import items as scanned
from wenlan.circulation.ordering import handing, operations, queries
from wenlan.circulation.ordering.forms import LineFormSet, OrderForm, lines_of
from wenlan.circulation.ordering.types import ENDED, TO_DO, OrderKind, OrderState, OrderView, Picked
from wenlan.circulation.ordering.views.naming import order_lines, stood_by
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.patrons import passes
from wenlan.patrons import queries as patrons
from wenlan.staff.access import needs
from wenlan.staff.errors import NotAllowed
from wenlan.staff.types import Right
from wenlan.ui import clock
from wenlan.ui.addresses import whole_number

PAGE = 50
MOST_SAID = 12
TABS = (
    ("todo", pgettext_lazy("orders", "To do"), frozenset(TO_DO)),
    ("asked", OrderState.ASKED.label, frozenset({OrderState.ASKED})),
    ("picking", OrderState.PICKING.label, frozenset({OrderState.PICKING})),
    ("ready", OrderState.READY.label, frozenset({OrderState.READY})),
    ("partly", OrderState.PARTLY.label, frozenset({OrderState.PARTLY})),
    ("given", OrderState.GIVEN.label, frozenset({OrderState.GIVEN})),
    ("ended", pgettext_lazy("orders", "Ended"), frozenset(ENDED)),
)
LIST = "circulation:orders"


@needs(Right.CHECK_OUT)
def orders(request: HttpRequest) -> HttpResponse:
    """List the orders of the places where this desk lends, by where they stand."""
    chosen, kind = request.GET.get("list", "todo"), request.GET.get("kind", "")
    states = next((states for code, _label, states in TABS if code == chosen), frozenset(TO_DO))
    places = request.desk.nodes_with(Right.CHECK_OUT)
    found = queries.orders(
        places,
        states=states,
        kind=kind if kind in OrderKind else "",
        number=request.GET.get("number", "")[:20],
        before=whole_number(request.GET.get("after")),
        limit=PAGE + 1,
    )
    context = {
        "tabs": tabs(chosen, queries.counts(places)),
        "chosen": chosen,
        "kinds": [("", pgettext_lazy("orders", "All ways")), *OrderKind.choices],
        "kind": kind,
        "number": request.GET.get("number", "")[:20],
        "lines": order_lines(request, found[:PAGE]),
        "next": str(found[PAGE - 1].id) if len(found) > PAGE else "",
        "first": not request.GET.get("after"),
    }
    return render(request, "circulation/orders.html", context)


def tabs(chosen: str, counted: Any) -> list[dict[str, Any]]:
    """Return the lists as tabs, those with work to do with their numbers."""
    page = reverse(LIST)
    return [
        {
            "label": label,
            "url": f"{page}?list={code}",
            "current": code == chosen,
            "count": sum(counted[state] for state in states) if code != "ended" else None,
        }
        for code, label, states in TABS
    ]


@needs(Right.CHECK_OUT)
def new(request: HttpRequest) -> HttpResponse:
    """Take an order from whoever stands at the desk or rings up."""
    among = request.desk.nodes_with(Right.CHECK_OUT)
    initial = {"card": request.GET.get("card", "")[:64], "themed": request.GET.get("set", "")[:12]}
    form = OrderForm(request.POST or None, place=request.desk.node, among=among, initial=initial)
    formset = LineFormSet(request.POST or None, prefix="line")
    if request.method == "POST" and form.is_valid() and formset.is_valid():
        said = form.cleaned_data
        try:
            order = form.order(
                patron=patrons.patron_id_by_card(passes.card_number(said["card"], clock.now())),
                place=int(said["place"]),
                lines=lines_of(formset),
                **{name: said[name] for name in ("channel", "to_door", "address")},
            )
            made = operations.ask(request.desk.act(key=said["key"] or None), order=order)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The order %(number)s is taken.") % {"number": made.number})
            return redirect("circulation:order", made.id)
    status = 422 if form.errors or any(formset.errors) else 200
    context = {"form": form, "formset": formset, "crumbs": crumbs()}
    return render(request, "circulation/order_new.html", context, status=status)


def crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the way back to the overview."""
    return [(_("Orders of books"), reverse(LIST)), *more]


def seen(request: HttpRequest, order_id: int) -> OrderView:
    """Return an order of a place where this desk lends. Raises NotFound and NotAllowed."""
    found = queries.order(order_id)
    if found.place not in request.desk.nodes_with(Right.CHECK_OUT):
        raise NotAllowed(right=Right.CHECK_OUT.label)
    return found


def described(request: HttpRequest, found: OrderView) -> dict[str, Any]:
    """Return what the page and the sheet of an order show; the address only to those who may see names."""
    (line,) = order_lines(request, [found])
    names = network.node_names()
    return {
        "line": line,
        "order": found,
        "lines": [
            {"one": one, "copies": [{"one": copy, "place": names.get(copy.item_at or 0, "")} for copy in one.copies]}
            for one in queries.lines(found.id)
        ],
        "themed": queries.themed(found.themed) if found.themed else None,
        "address": queries.address(found.id) if found.has_address and line["may_see"] else "",
    }


@needs(Right.CHECK_OUT)
def order(request: HttpRequest, order_id: int) -> HttpResponse:
    """Show an order: what is wished for, what was found, and its history."""
    found = seen(request, order_id)
    steps = queries.steps(found.id)
    names = stood_by({found.taken_by, *(one.by for one in steps)})
    context = described(request, found) | {
        "steps": [{"one": one, "by": names.get(one.by, "")} for one in steps],
        "key": request.desk.act().key,
        "by": names.get(found.taken_by, ""),
        "crumbs": crumbs(),
    }
    return render(request, "circulation/order.html", context)


@needs(Right.CHECK_OUT)
def printed(request: HttpRequest, order_id: int) -> HttpResponse:
    """Show the sheet that goes to the shelves and then with the books; it names no address."""
    context = described(request, seen(request, order_id)) | {"address": ""}
    return render(request, "circulation/order_print.html", context)


@require_POST
@needs(Right.CHECK_OUT)
def change(request: HttpRequest, order_id: int, what: str) -> HttpResponse:
    """Take an order up, pick for it, say it is ready, hand books out, close or end it."""
    found = seen(request, order_id)
    act, reason = request.desk.act(key=request.POST.get("key", "")[:60] or None), request.POST.get("reason", "")
    try:
        if what == "take":
            operations.take(act, order=found.id)
            messages.success(request, _("You look after this order now."))
        elif what == "pick":
            say_picked(request, operations.pick(act, order=found.id))
        elif what == "ready":
            operations.ready(act, order=found.id)
            messages.success(request, _("The order is ready; the reader is told."))
        elif what == "lend":
            say_lent(request, found.id, scanned(request.POST.get("scans", "")))
        elif what == "drop":
            operations.drop(act, copy=copy_of(found.id, request))
            messages.success(request, _("The copy is put back. Take it to its shelf."))
        else:
            ended(request, found, what, reason)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("circulation:order", found.id)


def ended(request: HttpRequest, found: OrderView, what: str, reason: str) -> None:
    """Close an order without the rest, refuse it, or take it back for the reader."""
    act = request.desk.act(key=request.POST.get("key", "")[:60] or None)
    if what == "close":
        operations.close_short(act, order=found.id, reason=reason)
        messages.success(request, _("The order is closed with what was handed out; the reader is told why."))
    elif what == "refuse":
        operations.refuse(act, order=found.id, reason=reason)
        messages.success(request, _("The reader is told why it is not possible."))
    elif what == "cancel":
        operations.cancel(act, order=found.id)
        messages.success(request, _("The order is taken back. What was picked goes to its shelf."))


def copy_of(order_id: int, request: HttpRequest) -> int:
    """Return the copy that the form names, one of this order. Raises NotAllowed for any other."""
    asked = whole_number(request.POST.get("copy"))
    if asked not in {copy.id for line in queries.lines(order_id) for copy in line.copies}:
        raise NotAllowed(right=Right.CHECK_OUT.label)
    return asked or 0


def say_picked(request: HttpRequest, picked: Picked) -> None:
    """Say what picking found."""
    if picked.found:
        text = _("On the lists of the shelves: %(count)d. Bring them, and scan them as if they came back.")
        messages.success(request, text % {"count": picked.found})
    if picked.waited_for:
        messages.info(request, _("All copies are out; titles waited for: %(count)d.") % {"count": picked.waited_for})
    for why in picked.refused:
        messages.error(request, why)
    if not (picked.found or picked.waited_for or picked.refused):
        messages.info(
            request, _("No line of this order names a title that is still missing. Choose books for its lines.")
        )


def say_lent(request: HttpRequest, order_id: int, items: Any) -> None:
    """Hand out what was scanned, and say what was lent and what not."""
    act = request.desk.act(key=request.POST.get("key", "")[:60] or None)
    line = whole_number(request.POST.get("line"))
    items = handing.set_aside(order_id) if request.POST.get("all") else items
    filled = handing.lend(act, order=order_id, items=items, line=line)
    if filled.lent:
        said = {"lent": len(filled.lent), "day": filled.lent[0].due_on.isoformat()}
        messages.success(request, _("Lent: %(lent)d items, until %(day)s.") % said)
    for item, why in filled.refused[:MOST_SAID]:
        messages.error(request, f"{item.barcode}　{why}")
