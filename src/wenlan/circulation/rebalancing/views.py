"""The page of rebalancing: proposals by rule, the orders made of them, and the list to fetch them by."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from wenlan.catalogue import queries as catalogue
from wenlan.circulation.rebalancing import operations, queries
from wenlan.circulation.rebalancing.types import Limits, Move
from wenlan.circulation.transport.pages import lists
from wenlan.holdings import queries as holdings
from wenlan.network import queries as network
from wenlan.staff.access import needs
from wenlan.staff.errors import NotAllowed
from wenlan.staff.types import Right
from wenlan.ui import clock

START = {"by": "title", "most": 2, "least": 1, "per_pair": 20, "slack": 20}


def number(label: Any, least: int, most: int) -> forms.IntegerField:
    """Return the field of a limit, which may be left as usual."""
    return forms.IntegerField(label=label, min_value=least, max_value=most, required=False)


class LimitsForm(forms.Form):
    """By what and within which limits proposals are made."""

    by = forms.ChoiceField(
        label=gettext_lazy("Look at"),
        choices=(("title", gettext_lazy("copies of a title")), ("class", gettext_lazy("volumes of a class"))),
    )
    most = number(gettext_lazy("most copies of a title at a place"), 0, 99)
    least = number(gettext_lazy("a place with fewer gets one"), 1, 99)
    per_pair = number(gettext_lazy("most volumes of a class between two"), 1, 999)
    slack = number(gettext_lazy("percent over the share"), 0, 500)

    def limits(self) -> Limits:
        """Return the limits; what was not asked for is as usual."""
        said = {name: self.cleaned_data[name] for name in ("most", "least", "per_pair", "slack")}
        return Limits(**{name: value for name, value in said.items() if value is not None})

    def parts(self) -> list[Any]:
        """Return the filter as a sentence: only the limits of what is looked at."""
        asked = ("per_pair", "slack") if self["by"].value() == "class" else ("most", "least")
        return [self["by"], *(part for name in asked for part in (self[name].label, self[name]))]


@needs(Right.CHECK_OUT)
def rebalance(request: HttpRequest) -> HttpResponse:
    """Show what could be brought elsewhere among the places this desk sees, and what waits to be packed."""
    form = LimitsForm(START | request.GET.dict())
    is_valid = form.is_valid()
    moves: tuple[Move, ...] = ()
    if is_valid:
        of_class = form.cleaned_data["by"] == "class"
        moves = queries.proposals(request.desk.visible, clock.today(), limits=form.limits(), of_class=of_class)
    names = network.node_names()
    waiting = queries.orders(request.desk.visible)
    context = {
        "lists": lists("rebalance"),
        "form": form,
        "parts": form.parts(),
        "moves": move_lines(moves, names),
        "orders": [
            {"one": one, "from": names.get(one.from_node, ""), "to": names.get(one.to_node, "")} for one in waiting
        ],
    }
    template = "circulation/rebalance_print.html" if "print" in request.GET else "circulation/rebalance.html"
    return render(request, template, context, status=200 if is_valid else 422)


def move_lines(moves: tuple[Move, ...], names: Any) -> list[dict[str, Any]]:
    """Return proposals as the list shows them."""
    items = holdings.items_by_id([move.item for move in moves])
    titles = catalogue.titles({move.record for move in moves})
    return [
        {
            "move": move,
            "item": items[move.item],
            "title": titles.get(move.record, ""),
            "from": names.get(move.from_node, ""),
            "to": names.get(move.to_node, ""),
        }
        for move in moves
        if move.item in items
    ]


@require_POST
@needs(Right.CHECK_OUT)
def accept(request: HttpRequest) -> HttpResponse:
    """Order what was ticked (`item.place`); who has it finds it on the pick list."""
    told = [choice.split(".") for choice in request.POST.getlist("move")]
    wanted = {int(pair[0]): int(pair[1]) for pair in told if len(pair) == 2 and all(part.isdigit() for part in pair)}
    items = holdings.items_by_id(wanted)
    seen = request.desk.visible
    moves = {
        item: place
        for item, place in wanted.items()
        if place in seen and item in items and items[item].present_node in seen
    }
    made = operations.accept(request.desk.act(), moves=moves)
    messages.success(
        request, _("Ordered: %(count)d. Print the pick list, and scan each into a crate.") % {"count": made}
    )
    return redirect("circulation:rebalance")


@require_POST
@needs(Right.CHECK_OUT)
def drop(request: HttpRequest, order_id: int) -> HttpResponse:
    """Give an order up."""
    if order_id not in {one.id for one in queries.orders(request.desk.visible, limit=10_000)}:
        raise NotAllowed(right=Right.CHECK_OUT.label)
    operations.drop(request.desk.act(), order=order_id)
    messages.success(request, _("The order was given up. The item stays where it stands."))
    return redirect(f"{reverse('circulation:rebalance')}")
