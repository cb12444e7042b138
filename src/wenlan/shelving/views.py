"""Pages at the shelves: the day's cart and tasks, an area with its readings, one reading."""

from collections.abc import Callable, Collection
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenlan.catalogue import queries as catalogue
from wenlan.credit.pages import people, seen_by
from wenlan.holdings import queries as holdings
from wenlan.kernel.errors import DomainError, NotFound
from wenlan.network import queries as network
from wenlan.patrons import queries as patrons
from wenlan.shelving import operations, queries, reading
from wenlan.shelving.forms import AreaForm, ReadingForm, TaskForm, WorkForm
from wenlan.shelving.types import AreaView, FindingKind, TaskKind, TaskState, TaskView
from wenlan.staff.access import needs
from wenlan.staff.errors import NotAllowed
from wenlan.staff.types import Right
from wenlan.ui import clock
from wenlan.volunteers import queries as volunteers
from wenlan.volunteers.types import Standing, VolunteerView

AT_THE_SHELVES = (Right.CHECK_OUT, Right.HOLDINGS_EDIT)
KEEPS_AREAS = (Right.HOLDINGS_EDIT, Right.ROSTER)
WAYS = {
    FindingKind.WRONG_PLACE: reading.PUT_RIGHT,
    FindingKind.OTHER_AREA: reading.PUT_RIGHT,
    FindingKind.OTHER_STATE: reading.NOTED,
    FindingKind.UNKNOWN: reading.NOTED,
    FindingKind.MISSING: reading.SEARCHED,
}
MOST_VOLUNTEERS = 200
CLOSED = (TaskState.DONE, TaskState.DROPPED)


@needs(*AT_THE_SHELVES)
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits on the cart by area and the tasks of the day; give out another."""
    return home_page(request, None, None)


def home_page(request: HttpRequest, task_form: TaskForm | None, area_form: AreaForm | None) -> HttpResponse:
    """Return the page of the day."""
    node, today = request.desk.node, clock.today()
    areas = queries.areas([node], today)
    waiting = queries.waiting(node, at=clock.now(), on=today)
    found = queries.tasks([node], day=today)
    wrong = any(form is not None and form.errors for form in (task_form, area_form))
    context = {
        "areas": [{"one": one, "waiting": waiting.get(one.id, 0)} for one in areas],
        "elsewhere": waiting.get(None, 0),
        "in_all": sum(waiting.values()),
        "tasks": task_lines(request, found, areas),
        "form": task_form or TaskForm(areas=areas),
        "area_form": area_form or AreaForm(node=node),
        "place": request.desk.place.name,
    }
    return render(request, "shelving/home.html", context, status=422 if wrong else 200)


def task_lines(request: HttpRequest, found: Collection[TaskView], areas: Collection[AreaView]) -> list[dict[str, Any]]:
    """Return tasks with the names of their areas and of who has them or did them."""
    names = {one.id: one.name for one in areas}
    names |= queries.area_names({task.area for task in found if task.area} - names.keys())
    helpers = volunteer_names(request, {one for task in found for one in task.volunteers} | takers(found))
    staff = people(task.taken_by for task in found if task.taken_by)
    mine = f"staff:{request.desk.staff.id}"
    return [
        {
            "one": task,
            "area": names.get(task.area or 0, ""),
            "who": "、".join(helpers.get(one, "") for one in task.volunteers)
            or helpers.get(taker_of(task) or 0)
            or (staff[task.taken_by] if task.taken_by else ""),
            "is_open": task.state not in CLOSED,
            "is_mine": task.taken_by == mine,
        }
        for task in found
    ]


def takers(found: Collection[TaskView]) -> set[int]:
    """Return the volunteers who have taken tasks."""
    return {taker for task in found if (taker := taker_of(task)) is not None}


def taker_of(task: TaskView) -> int | None:
    """Return the volunteer who has taken a task, None for staff."""
    head, _colon, number = task.taken_by.partition(":")
    return int(number) if head == "volunteer" else None


def volunteer_names(request: HttpRequest, ids: Collection[int]) -> dict[int, str]:
    """Return the names of some volunteers as this desk may see them."""
    return names_of(request, volunteers.volunteers_by_id(ids).values())


def names_of(request: HttpRequest, found: Collection[VolunteerView]) -> dict[int, str]:
    """Return the names of volunteers by their ids, masked where this desk may not see readers' names."""
    readers = patrons.patrons_by_id({one.patron for one in found})
    return {one.id: seen_by(request, readers[one.patron]).name for one in found}


def serving_here(request: HttpRequest) -> list[tuple[int, str]]:
    """Return the volunteers of this desk's place, of those above it and of all that it sees, as choices."""
    node = request.desk.node
    ways = request.desk.visible | {node, *network.ancestors(node, clock.today())}
    found = volunteers.volunteers(ways, Standing.SERVING, limit=MOST_VOLUNTEERS)
    return sorted(names_of(request, found).items(), key=lambda one: one[1])


@require_POST
@needs(*AT_THE_SHELVES)
def count(request: HttpRequest) -> HttpResponse:
    """Count the cart and make the day's tasks of it."""
    found = operations.count_cart(request.desk.act())
    if found:
        messages.success(request, _("%(count)s volumes wait on the cart.") % {"count": sum(found.values())})
    else:
        messages.info(request, _("Nothing waits on the cart."))
    return redirect("shelving:home")


@require_POST
@needs(*AT_THE_SHELVES)
def add_task(request: HttpRequest) -> HttpResponse:
    """Give out a task by hand."""
    form = TaskForm(request.POST, areas=queries.areas([request.desk.node], clock.today()))
    if not form.is_valid():
        return home_page(request, form, None)
    said = form.cleaned_data
    act = request.desk.act(said["key"] or None)
    operations.add_task(act, kind=TaskKind(said["kind"]), area=said["area"], note=said["note"])
    return redirect("shelving:home")


@require_POST
@needs(*AT_THE_SHELVES)
def add_area(request: HttpRequest) -> HttpResponse:
    """Name an area of shelves here."""
    form = AreaForm(request.POST, node=request.desk.node)
    if form.is_valid():
        try:
            operations.open_area(request.desk.act(form.cleaned_data["key"] or None), area=form.area())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("shelving:home")
    return home_page(request, None, form)


def task_here(request: HttpRequest, task_id: int) -> TaskView:
    """Return a task of this desk's place. Raises NotFound and NotAllowed."""
    one = queries.task(task_id)
    if one.node != request.desk.node:
        raise NotAllowed(right=Right.CHECK_OUT.label)
    return one


@require_POST
@needs(*AT_THE_SHELVES)
def change(request: HttpRequest, task_id: int, what: str) -> HttpResponse:
    """Take a task, give it back, or drop it."""
    task_here(request, task_id)
    deeds: dict[str, Callable[..., object]] = {
        "take": operations.take,
        "put-back": operations.put_back,
        "drop": operations.drop,
    }
    if what in deeds:
        try:
            deeds[what](request.desk.act(), task=task_id)
        except DomainError as refusal:
            messages.error(request, str(refusal))
    return redirect("shelving:home")


@needs(*AT_THE_SHELVES)
def finish(request: HttpRequest, task_id: int) -> HttpResponse:
    """Ask how much was done and by whom, and finish the task."""
    one = task_here(request, task_id)
    helper = taker_of(one)
    initial = {"volumes": one.waiting, "minutes": 30, "volunteers": [helper] if helper else []}
    form = WorkForm(request.POST or None, volunteers=serving_here(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            operations.finish(request.desk.act(), task=task_id, work=form.work())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Done and counted."))
            return redirect("shelving:home")
    (line,) = task_lines(request, [one], queries.areas([one.node], clock.today()))
    crumbs = [(_("Shelving"), reverse("shelving:home")), (one.kind_label, "")]
    context = {"line": line, "form": form, "crumbs": crumbs}
    return render(request, "shelving/finish.html", context, status=422 if form.errors else 200)


def area_here(request: HttpRequest, area_id: int) -> AreaView:
    """Return an area of a place where this desk works at the shelves. Raises NotFound and NotAllowed."""
    one = queries.area(area_id)
    if not may_any(request, AT_THE_SHELVES, one):
        raise NotAllowed(right=Right.CHECK_OUT.label)
    return one


def may_any(request: HttpRequest, rights: tuple[Right, ...], one: AreaView) -> bool:
    """Return whether this desk holds one of some rights at the place of an area."""
    return any(request.desk.may(right, one.node) for right in rights)


@needs(*AT_THE_SHELVES)
def area(request: HttpRequest, area_id: int) -> HttpResponse:
    """Read the shelves of an area, and see what earlier readings found."""
    one, form = area_here(request, area_id), ReadingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = request.desk.act(form.cleaned_data["key"] or None)
        try:
            made = reading.read_shelf(act, area=area_id, barcodes=form.read())
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("shelving:reading", made.id)
    crumbs = [(_("Shelving"), reverse("shelving:home")), (one.name, "")]
    context = {
        "area": one,
        "form": form,
        "readings": queries.readings(area_id),
        "may_close": may_any(request, KEEPS_AREAS, one),
        "crumbs": crumbs,
    }
    return render(request, "shelving/area.html", context, status=422 if form.errors else 200)


@require_POST
@needs(*KEEPS_AREAS)
def close_area(request: HttpRequest, area_id: int) -> HttpResponse:
    """Use an area no longer."""
    if not may_any(request, KEEPS_AREAS, queries.area(area_id)):
        raise NotAllowed(right=Right.HOLDINGS_EDIT.label)
    operations.close_area(request.desk.act(), area=area_id)
    return redirect("shelving:home")


@needs(*AT_THE_SHELVES)
def reading_page(request: HttpRequest, reading_id: int) -> HttpResponse:
    """Show what a reading found, to be put right one by one."""
    found = queries.reading(reading_id)
    one = area_here(request, found.area)
    items = holdings.items_by_id({line.item for line in found.findings if line.item})
    titles = catalogue.titles({item.record for item in items.values()})
    lines = [
        {
            "one": line,
            "item": items.get(line.item or 0),
            "title": titles.get(items[line.item].record, "") if line.item in items else "",
            "way": WAYS[FindingKind(line.kind)],
        }
        for line in found.findings
    ]
    crumbs = [
        (_("Shelving"), reverse("shelving:home")),
        (one.name, reverse("shelving:area", args=[one.id])),
        (f"{found.day:%Y-%m-%d}", ""),
    ]
    context = {"reading": found, "area": one, "lines": lines, "crumbs": crumbs}
    return render(request, "shelving/reading.html", context)


@require_POST
@needs(*AT_THE_SHELVES)
def settle(request: HttpRequest, reading_id: int, finding_id: int) -> HttpResponse:
    """Settle a finding in the way that its kind asks for."""
    found = queries.reading(reading_id)
    area_here(request, found.area)
    kind = next((line.kind for line in found.findings if line.id == finding_id), None)
    if kind is None:
        raise NotFound(what=str(finding_id))
    try:
        reading.settle(request.desk.act(), finding=finding_id, how=WAYS[FindingKind(kind)])
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("shelving:reading", reading_id)
