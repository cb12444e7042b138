"""Pages of the machines' boxes."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from wenlan.circulation.boxes import operations, queries
from wenlan.circulation.boxes.operations import Emptied
from wenlan.circulation.groups.views import items
from wenlan.circulation.transport.forms import fresh_key
from wenlan.circulation.transport.pages import lists
from wenlan.network import queries as network
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock

OLD_DAYS = 2
LONGEST = 20_000


@needs(Right.CHECK_OUT)
def boxes(request: HttpRequest) -> HttpResponse:
    """List the boxes of return machines at the places this desk sees, the oldest content first."""
    names = network.node_names()
    found = [
        {
            "box": box,
            "place": names.get(box.node, ""),
            "is_old": box.items and box.days >= OLD_DAYS,
            "is_here": box.node == request.desk.node,
        }
        for box in queries.boxes(request.desk.visible, clock.now())
    ]
    return render(request, "circulation/boxes.html", {"lists": lists("boxes"), "boxes": found})


@needs(Right.CHECK_OUT)
def box(request: HttpRequest, device: str) -> HttpResponse:
    """Empty the box of a machine at this desk's place: scan what is in it, see what differs."""
    done: Emptied | None = None
    if request.method == "POST":
        act = request.desk.act(key=request.POST.get("key", "")[:56] or None)
        done = operations.empty(act, device=device[:60], scans=items(request.POST.get("scans", "")[:LONGEST]))
        messages.success(request, said(done))
    context: dict[str, Any] = {
        "lists": lists("boxes"),
        "device": device[:60],
        "place": network.node(request.desk.node).name,
        "expected": queries.in_the_box(device=device[:60], node=request.desk.node, at=clock.now()),
        "done": done,
        "key": fresh_key(),
    }
    return render(request, "circulation/box.html", context)


def said(done: Emptied) -> str:
    """Return what came of it, as numbers."""
    numbers = {"there": len(done.there), "missing": len(done.missing), "beside": len(done.beside)}
    return _("The box is emptied: %(there)d as the machine said, %(missing)d missing, %(beside)d beside.") % numbers
