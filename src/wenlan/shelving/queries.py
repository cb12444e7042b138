"""Reads of areas, tasks and readings, and of what waits on the cart."""

from collections import Counter
from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db.models import Max, Q

from wenlan.circulation.carts.queries import returned_items
from wenlan.holdings.shelving import queries as shelves
from wenlan.kernel.errors import NotFound
from wenlan.shelving import policies
from wenlan.shelving.models import Area, Finding, Reading, Task
from wenlan.shelving.types import AreaView, FindingView, ReadingView, TaskKind, TaskState, TaskView

LOOKS_BACK = timedelta(days=7)  # a cart that nobody emptied for longer is counted by hand
MOST = 500


def areas(nodes: Collection[int], on: date) -> tuple[AreaView, ...]:
    """Return the areas of some places in use on a day, in the order of the shelves (one statement)."""
    rows = Area.objects.filter(Q(until_day=None) | Q(until_day__gt=on), node__in=nodes, from_day__lte=on)
    return tuple(area_view(row) for row in rows.order_by("node_id", "first_key", "id"))


def area_names(ids: Collection[int]) -> dict[int, str]:
    """Return the names of some areas by id, also of those no longer in use (one statement)."""
    return {row.pk: str(row) for row in Area.objects.filter(pk__in=ids)}


def area(area_id: int) -> AreaView:
    """Return an area. Raises NotFound."""
    row = Area.objects.filter(pk=area_id).first()
    if row is None:
        raise NotFound(what=str(area_id))
    return area_view(row)


def waiting(node: int, *, at: datetime, on: date) -> dict[int | None, int]:
    """Return how many volumes of the place wait on the cart, by area; None for those that belong to no area.

    They came back here within a week and after the area's cart was last counted by a task that is done, belong here
    and were not lent again. Costs four statements, and one for each further 500 returns.
    """
    return dict(Counter(on_cart(node, at=at, on=on).values()))


def on_cart(node: int, *, at: datetime, on: date) -> dict[int, int | None]:
    """Return the items of the place that wait on the cart, with the area of each, as `waiting` counts them."""
    came = returned_items(node, first=on - LOOKS_BACK, last=on)
    emptied = last_emptied(node)
    known = areas([node], on)
    found: dict[int, int | None] = {}
    for place in shelves.on_shelf(node, came.keys()):
        area_id = policies.area_of(known, place.call_key, place.department)
        since = emptied.get(area_id)
        if came[place.item] <= at and (since is None or came[place.item] > since):
            found[place.item] = area_id
    return found


def last_emptied(node: int) -> dict[int | None, datetime]:
    """Return until when the returns of each area are put away (one statement)."""
    rows = Task.objects.filter(node=node, kind=TaskKind.RETURNED, state=TaskState.DONE)
    return dict(rows.values_list("area").annotate(last=Max("counted_at")).order_by())


def tasks(nodes: Collection[int], *, day: date) -> tuple[TaskView, ...]:
    """Return the tasks of a day and those still open from before, the open ones first (two statements)."""
    still = Q(state__in=(TaskState.OPEN, TaskState.TAKEN), day__lt=day)
    rows = Task.objects.filter(Q(day=day) | still, node__in=nodes).prefetch_related("volunteers")
    order = {TaskState.OPEN: 0, TaskState.TAKEN: 1, TaskState.DONE: 2, TaskState.DROPPED: 3}
    found = sorted(rows.order_by("-day", "-id")[:MOST], key=lambda row: (order[TaskState(row.state)], row.pk))
    return tuple(task_view(row) for row in found)


def task(task_id: int) -> TaskView:
    """Return a task. Raises NotFound."""
    row = Task.objects.filter(pk=task_id).first()
    if row is None:
        raise NotFound(what=str(task_id))
    return task_view(row)


def readings(area_id: int, *, limit: int = 20) -> tuple[tuple[int, date, int, int], ...]:
    """Return the latest readings of an area as id, day, volumes, and how much is not settled (two statements)."""
    rows = list(Reading.objects.filter(area=area_id).order_by("-id")[:limit])
    left = Counter(Finding.objects.filter(reading__in=rows, settled_at=None).values_list("reading_id", flat=True))
    return tuple((row.pk, row.day, row.volumes, left[row.pk]) for row in rows)


def reading(reading_id: int) -> ReadingView:
    """Return a reading with what it found: along the shelf, then what is missing (two statements). Raises NotFound."""
    row = Reading.objects.filter(pk=reading_id).first()
    if row is None:
        raise NotFound(what=str(reading_id))
    found = row.findings.order_by("position", "item__call_key", "id")
    along = sorted(found, key=lambda one: one.position is None)
    return ReadingView(
        id=row.pk,
        area=row.area_id,
        day=row.day,
        by=row.by,
        volumes=row.volumes,
        findings=tuple(finding_view(one) for one in along),
    )


def area_view(row: Area) -> AreaView:
    """Return the public side of an area."""
    return AreaView(
        id=row.pk,
        node=row.node_id,
        words=row.words,
        first=row.first,
        last=row.last,
        first_key=row.first_key,
        last_key=row.last_key,
        department=row.department_id,
    )


def task_view(row: Task) -> TaskView:
    """Return the public side of a task."""
    return TaskView(
        id=row.pk,
        uid=row.uid,
        node=row.node_id,
        area=row.area_id,
        kind=row.kind,
        day=row.day,
        waiting=row.waiting,
        note=row.note,
        state=row.state,
        taken_by=row.taken_by,
        taken_at=row.taken_at,
        done_at=row.done_at,
        volumes=row.volumes,
        minutes=row.minutes,
        volunteers=tuple(one.pk for one in row.volunteers.all()),
    )


def finding_view(row: Finding) -> FindingView:
    """Return the public side of a finding."""
    return FindingView(
        id=row.pk,
        kind=row.kind,
        barcode=row.barcode,
        item=row.item_id,
        position=row.position,
        after=row.after,
        settled_at=row.settled_at,
        settled_as=row.settled_as,
    )
