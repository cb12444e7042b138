"""Dunning by people (催还): calls to make and slips to print, each step written down; see `slips` for the printing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenlan.credit import reminding
from wenlan.credit.reminding import Task
from wenlan.credit.types import Contact
from wenlan.network import queries as network
from wenlan.patrons import queries as patrons
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock
from wenlan.web.reminding import due_loans

MOST = 500


def waiting(request: HttpRequest) -> list[Task]:
    """Return what has to be done for loans of the places where this desk lends, at most `MOST`."""
    nodes = request.desk.nodes_with(Right.CHECK_OUT)
    found: list[Task] = []
    for batch in due_loans(nodes, on=clock.today(), ahead=0):
        found += reminding.work(batch, on=clock.today())
        if len(found) >= MOST:
            break
    return found[:MOST]


def grouped(request: HttpRequest, tasks: list[Task]) -> list[dict[str, Any]]:
    """Return the tasks by home library and category, then by reader, with names as this desk may see them."""
    readers = patrons.patrons_by_id({task.due.patron for task in tasks})
    groups: dict[tuple[str, str], dict[int, list[Task]]] = {}
    for task in tasks:
        reader = readers[task.due.patron]
        place = (network.node(reader.home_node).name, reader.category.name)
        groups.setdefault(place, {}).setdefault(reader.id, []).append(task)
    return [
        {
            "place": place,
            "category": category,
            "readers": [
                {"reader": shown(request, readers[patron]), "tasks": found, "how": how_of(found)}
                for patron, found in by_reader.items()
            ],
        }
        for (place, category), by_reader in sorted(groups.items())
    ]


def how_of(tasks: list[Task]) -> str:
    """Return how a reader is to be reached, in words."""
    return ", ".join(dict.fromkeys(str(Contact(task.step.how).label) for task in tasks))


def shown(request: HttpRequest, reader: Any) -> Any:
    """Return a reader as this desk may see them."""
    return reader if request.desk.may(Right.PATRONS_NAMES, reader.home_node) else reader.masked()


@needs(Right.CHECK_OUT)
def index(request: HttpRequest) -> HttpResponse:
    """List the calls to make and the slips to print."""
    tasks = waiting(request)
    return render(request, "web/reminders.html", {"groups": grouped(request, tasks), "count": len(tasks)})


@require_POST
@needs(Right.CHECK_OUT)
def done(request: HttpRequest) -> HttpResponse:
    """Write down that a reader was called or given a slip."""
    patron, how = request.POST.get("patron", ""), request.POST.get("how", "")
    chosen = [
        task for task in waiting(request) if (patron == str(task.due.patron)) or (not patron and task.step.how == how)
    ]
    count = reminding.done(request.desk.act(), tasks=chosen, note=request.POST.get("note", ""))
    messages.success(request, _("%(count)d steps were written down.") % {"count": count})
    return redirect("desk:reminders")
