"""Pages of the menu, and of the books that would do for a line of an order."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenlan.catalogue import queries as catalogue
from wenlan.catalogue.types import SearchQuery
from wenlan.circulation.ordering import menus, operations, queries
from wenlan.circulation.ordering.forms import MenuForm
from wenlan.circulation.ordering.types import LineView, ThemedView
from wenlan.circulation.ordering.views.orders import crumbs, say_picked, seen
from wenlan.holdings import queries as holdings
from wenlan.kernel.errors import DomainError, NotFound
from wenlan.network import queries as network
from wenlan.staff.access import needs
from wenlan.staff.errors import NotAllowed
from wenlan.staff.types import Right
from wenlan.ui import clock
from wenlan.ui.addresses import whole_number

MOST_TITLES = 60
MOST_CHOSEN = 200


@needs(Right.CHECK_OUT)
def sets(request: HttpRequest) -> HttpResponse:
    """List the themed sets of the places where this desk lends, and put a new one on the menu."""
    form = MenuForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = menus.offer(request.desk.act(key=form.cleaned_data["key"] or None), themed=form.themed())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("“%(name)s” stands on the menu.") % {"name": made.name})
            return redirect("circulation:menu", made.id)
    names, today = network.node_names(), clock.today()
    found = queries.all_sets(request.desk.nodes_with(Right.CHECK_OUT))
    lines = [{"one": one, "place": names.get(one.node, ""), "is_over": is_over(one, today)} for one in found]
    status = 422 if form.errors else 200
    return render(request, "circulation/menus.html", {"form": form, "lines": lines}, status=status)


def is_over(one: ThemedView, today: Any) -> bool:
    """Return whether a set is no longer offered."""
    return one.until_day is not None and one.until_day <= today


@needs(Right.CHECK_OUT)
def themed(request: HttpRequest, themed_id: int) -> HttpResponse:
    """Show a themed set: its titles, and how many of each stand free on the shelves of the network."""
    one = queries.themed(themed_id)
    titles = queries.titles_of(one.id)
    records = catalogue.records([title.record for title in titles])
    places = holdings.availability([title.record for title in titles])
    rows = [
        {
            "title": records[title.record],
            "copies": title.copies,
            "free": sum(place.available for place in places.get(title.record, ())),
        }
        for title in titles
        if title.record in records
    ]
    context = {
        "set": one,
        "rows": rows,
        "place": network.node_names().get(one.node, ""),
        "is_over": is_over(one, clock.today()),
        "crumbs": [(_("Themed sets"), reverse("circulation:menus"))],
        "may_end": one.node in request.desk.nodes_with(Right.CHECK_OUT),
    }
    return render(request, "circulation/menu.html", context)


@require_POST
@needs(Right.CHECK_OUT)
def end(request: HttpRequest, themed_id: int) -> HttpResponse:
    """Take a themed set off the menu from today on."""
    one = queries.themed(themed_id)
    if one.node not in request.desk.nodes_with(Right.CHECK_OUT):
        raise NotAllowed(right=Right.CHECK_OUT.label)
    menus.end(request.desk.act(), themed=one.id, until=max(clock.today(), one.from_day))
    messages.success(request, _("“%(name)s” is off the menu. What was ordered from it goes on.") % {"name": one.name})
    return redirect("circulation:menus")


@needs(Right.CHECK_OUT)
def find(request: HttpRequest, order_id: int, line_id: int) -> HttpResponse:
    """Show the copies on the nearest shelves that would do for a line, and put the chosen ones on the lists."""
    order = seen(request, order_id)
    line = next((one for one in queries.lines(order.id) if one.id == line_id), None)
    if line is None:
        raise NotFound(what=str(line_id))
    if request.method == "POST":
        return choose(request, order.id, line.id)
    text = request.GET.get("q", line.title or line.text)[:100]
    class_number = request.GET.get("class", line.class_number)[:20].upper()
    records = titles_for(line, text, class_number)
    if not records and class_number and "q" not in request.GET:  # the words of a wish are seldom words of a title
        text, records = "", titles_for(line, "", class_number)
    names = network.node_names()
    found = queries.candidates(records, place=order.place, on=clock.today(), limit=MOST_TITLES)
    context = {
        "order": order,
        "line": line,
        "text": text,
        "class_number": class_number,
        "rows": [{"one": one, "place": names.get(one.place, ""), "is_here": one.place == order.place} for one in found],
        "key": request.desk.act().key,
        "crumbs": crumbs((order.number, reverse("circulation:order", args=[order.id]))),
    }
    return render(request, "circulation/order_find.html", context)


def titles_for(line: LineView, text: str, class_number: str) -> list[int]:
    """Return the titles of which a copy can be had now: the line's own, or what the words and the class find."""
    if line.record is not None and text == line.title:
        return [line.record]
    asked = SearchQuery(text=text, class_number=class_number, size=MOST_TITLES)
    if not text and not class_number:
        return []
    return [hit.id for hit in catalogue.search(asked, available=holdings.available_records).hits]


def choose(request: HttpRequest, order_id: int, line_id: int) -> HttpResponse:
    """Put the ticked copies on the lists of the shelves where they stand."""
    items = [number for text in request.POST.getlist("item")[:MOST_CHOSEN] if (number := whole_number(text))]
    act = request.desk.act(key=request.POST.get("key", "")[:60] or None)
    try:
        say_picked(request, operations.choose(act, order=order_id, line=line_id, items=items))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("circulation:order", order_id)
