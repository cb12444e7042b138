"""Pages of group loans: many scans to one card, the list that goes with the books, what is still out."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenlan.circulation.groups import operations, queries
from wenlan.circulation.groups.forms import GroupForm, MoreForm
from wenlan.circulation.groups.types import Group, GroupLent, GroupView
from wenlan.circulation.types import CardRef, ItemRef
from wenlan.holdings.choosing import read_scans
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.patrons import queries as patrons
from wenlan.staff.access import needs
from wenlan.staff.errors import NotAllowed
from wenlan.staff.types import Right
from wenlan.ui import clock

MOST_SAID = 20


@needs(Right.CHECK_OUT)
def groups(request: HttpRequest) -> HttpResponse:
    """List group loans, and make one."""
    form = GroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        group = Group(card=CardRef(said["card"].strip()), name=said["name"], persons=said["persons"])
        try:
            answer = operations.lend(request.desk.act(key=said["key"] or None), group=group, items=items(said["scans"]))
        except DomainError as refusal:
            form.add_error("card", str(refusal))
        else:
            say(request, answer)
            return redirect("circulation:group", answer.group.id)
    only_out, today = request.GET.get("all") is None, clock.today()
    found = queries.groups(request.desk.visible, only_out=only_out)
    names = network.node_names()
    context = {
        "form": form,
        "lines": [
            {"one": one, "place": names.get(one.node, ""), "is_late": one.due_on is not None and one.due_on < today}
            for one in found
        ],
        "only_out": only_out,
    }
    return render(request, "circulation/groups.html", context, status=422 if form.errors else 200)


def items(scans: str) -> list[ItemRef]:
    """Return the scans as items; `SCOPE:BARCODE` says which of several."""
    found = []
    for scan in read_scans(scans):
        scope, colon, barcode = scan.partition(":")
        found.append(ItemRef(barcode, scope) if colon else ItemRef(scan))
    return found


def say(request: HttpRequest, answer: GroupLent) -> None:
    """Say what was lent, and of what was not each with its reasons."""
    if answer.lent:
        said = {"lent": len(answer.lent), "day": answer.lent[0].due_on.isoformat()}
        messages.success(request, _("Lent: %(lent)d items, until %(day)s.") % said)
    for item, why in answer.refused[:MOST_SAID]:
        messages.error(request, f"{item.barcode}　{why}")
    if len(answer.refused) > MOST_SAID:
        messages.error(request, _("Refused in all: %(count)d.") % {"count": len(answer.refused)})


def seen(request: HttpRequest, group_id: int) -> GroupView:
    """Return a group loan of a place this desk sees. Raises NotFound and NotAllowed."""
    found = queries.group(group_id)
    if found.node not in request.desk.visible:
        raise NotAllowed(right=Right.CHECK_OUT.label)
    return found


def described(request: HttpRequest, found: GroupView) -> dict[str, Any]:
    """Return what the page and the printed list of a group loan show."""
    reader = patrons.patron(found.patron) if found.patron else None
    serving = [card.number for card in reader.cards if card.until_day is None] if reader else []
    return {
        "group": found,
        "loans": queries.loans(found.id),
        "place": network.node(found.node).name,
        "unit": reader.masked().name if reader else "",
        "card_end": serving[0][-4:] if serving else "",
        "today": clock.today(),
    }


@needs(Right.CHECK_OUT)
def group(request: HttpRequest, group_id: int) -> HttpResponse:
    """Show a group loan: what was lent, and what is still out."""
    found = seen(request, group_id)
    context = described(request, found) | {"form": MoreForm()}
    return render(request, "circulation/group.html", context)


@needs(Right.CHECK_OUT)
def printed(request: HttpRequest, group_id: int) -> HttpResponse:
    """Show the list that goes with the books."""
    return render(request, "circulation/group_print.html", described(request, seen(request, group_id)))


@require_POST
@needs(Right.CHECK_OUT)
def more(request: HttpRequest, group_id: int) -> HttpResponse:
    """Lend further items to the same class."""
    found, form = seen(request, group_id), MoreForm(request.POST)
    if form.is_valid():
        said, act = form.cleaned_data, request.desk.act(key=form.cleaned_data["key"] or None)
        try:
            card = CardRef(said["card"].strip())
            say(request, operations.lend_more(act, group=found.id, card=card, items=items(said["scans"])))
        except DomainError as refusal:
            messages.error(request, str(refusal))
    else:
        messages.error(request, _("Scan the card, then the items."))
    return redirect("circulation:group", group_id)
