"""A reader serves as a volunteer: asks to join, sees where it stands and what was served, and leaves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from wenlan.kernel.acts import Act, Channel
from wenlan.kernel.errors import DomainError, NotFound
from wenlan.kernel.ids import new_uid
from wenlan.network import queries as network
from wenlan.patrons.types import PatronView
from wenlan.shelving import operations as shelves
from wenlan.shelving import queries as shelving
from wenlan.shelving.types import TaskState
from wenlan.ui import clock
from wenlan.volunteers import operations, queries
from wenlan.volunteers.forms import OfferForm
from wenlan.volunteers.types import Served, Standing, VolunteerView, WhyLeft
from wenlan.web.portal.reading import reader_of

SHOWN = 50


@never_cache
def volunteering(request: HttpRequest) -> HttpResponse:
    """Show the reader's registration with the hours, or the form to ask."""
    reader = reader_of(request)
    if reader is None:
        return redirect("portal:sign_in")
    one, form = queries.of_reader(reader.id), OfferForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.ask(act_of(reader, form.cleaned_data["key"]), patron=reader.id, offer=form.offer())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. The library answers here."))
            return redirect("portal:volunteering")
    context = {"reader_name": reader.masked().name, "one": one, "form": form, **told(one)}
    return render(request, "web/portal/volunteering.html", context, status=422 if form.errors else 200)


def told(one: VolunteerView | None) -> dict[str, object]:
    """Return what is said of a registration: the kinds in words, and the services with their places."""
    if one is None:
        return {"may_ask": True}
    jobs, places = queries.jobs(), network.node_names()
    served = queries.served([one.id]).get(one.id, Served())
    year = clock.today().year
    return {
        "may_ask": one.standing in (Standing.DECLINED, Standing.LEFT),
        "place": places.get(one.node, ""),
        "tasks": tasks_for(one) if one.is_serving else [],
        "jobs": [jobs.get(job, job) for job in one.jobs],
        "served": served,
        "year": year,
        "hours_this_year": sum(line.hours for line in served.services if line.day.year == year),
        "services": [
            {"line": line, "job": jobs.get(line.job, line.job), "place": places.get(line.node, "")}
            for line in served.services[:SHOWN]
        ],
    }


def tasks_for(one: VolunteerView) -> list[dict[str, object]]:
    """Return the tasks at the shelves of the volunteer's library that nobody has, and those that they have."""
    today, mine = clock.today(), f"volunteer:{one.id}"
    names = {area.id: area.name for area in shelving.areas([one.node], today)}
    return [
        {"one": task, "area": names.get(task.area or 0, ""), "is_mine": task.taken_by == mine}
        for task in shelving.tasks([one.node], day=today)
        if task.state == TaskState.OPEN or (task.state == TaskState.TAKEN and task.taken_by == mine)
    ]


@require_POST
def take(request: HttpRequest, task_id: int) -> HttpResponse:
    """Take a task at the shelves of one's library; the desk finishes it and writes the hours down."""
    reader = reader_of(request)
    if reader is None:
        return redirect("portal:sign_in")
    one = queries.of_reader(reader.id)
    try:
        if one is None or not one.is_serving or shelving.task(task_id).node != one.node:
            raise NotFound(what=str(task_id))
        shelves.take(act_of(reader), task=task_id, volunteer=one.id)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It is yours. Tell the desk when it is done: your hours are written down there."))
    return redirect("portal:volunteering")


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Leave the team at one's own wish, or take back what was asked."""
    reader = reader_of(request)
    if reader is None:
        return redirect("portal:sign_in")
    one = queries.of_reader(reader.id)
    if one is not None:
        operations.leave(act_of(reader), volunteer=one.id, why=WhyLeft.WISH)
        messages.success(request, _("Done. What you served stays written down; you may join again at any time."))
    return redirect("portal:volunteering")


def act_of(reader: PatronView, key: str = "") -> Act:
    """Return the act of a reader at home."""
    return Act(
        at=clock.now(), node=reader.home_node, channel=Channel.WEB, key=f"volunteer:{reader.id}:{key or new_uid()}"
    )
