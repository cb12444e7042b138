"""Keeping areas, giving out and finishing the tasks at the shelves."""

from dataclasses import replace

from django.db import transaction

from wenlan.holdings.call_numbers.policies import sort_key
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import NotFound
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.network import operations as network
from wenlan.shelving import policies, queries
from wenlan.shelving.errors import AreaWrong, TaskClosed, TaskTaken, WorkWrong
from wenlan.shelving.models import Area, Task
from wenlan.shelving.types import (
    LONGEST_WORK,
    MOST_VOLUMES,
    SHELVING_JOB,
    VOLUNTEER_JOBS,
    AreaView,
    NewArea,
    TaskKind,
    TaskState,
    TaskView,
    WorkDone,
)
from wenlan.staff.operations import audit
from wenlan.volunteers import operations as volunteers
from wenlan.volunteers.types import TimeServed

OPEN = (TaskState.OPEN.value, TaskState.TAKEN.value)


@transaction.atomic
def open_area(act: Act, *, area: NewArea) -> AreaView:
    """Name an area of shelves at the act's place. Raises AreaWrong. Repeating `act.key` returns the first."""
    keys = [policies.bare(sort_key(text)) if text.strip() else "" for text in (area.first, area.last)]
    if not area.words.get("zh", "").strip() or (keys[1] and keys[1] < keys[0][: len(keys[1])]):
        raise AreaWrong()
    row, is_new = Area.objects.get_or_create(
        key=act.key,
        defaults={
            "node_id": act.node,
            "department_id": area.department,
            "words": dict(area.words),
            "first": area.first.strip(),
            "last": area.last.strip(),
            "first_key": keys[0],
            "last_key": keys[1],
            "from_day": act.day,
        },
    )
    if is_new:
        audit(act, "shelving.area", f"area:{row.pk}", after={"first": row.first, "last": row.last})
    return queries.area_view(row)


@transaction.atomic
def close_area(act: Act, *, area: int) -> None:
    """Use an area no longer from the act's day on; its tasks and readings stay. Twice is as once. Raises NotFound."""
    row = Area.objects.select_for_update().filter(pk=area).first()
    if row is None:
        raise NotFound(what=str(area))
    if row.until_day is None:
        Area.objects.filter(pk=area).update(until_day=act.day)
        audit(act, "shelving.area", f"area:{area}", after={"until": act.day.isoformat()})


@transaction.atomic
def count_cart(act: Act) -> dict[int | None, int]:
    """Count what waits on the cart of the act's place and make a task of each area that has any; return the counts.

    A task that waits is counted anew (down to nought), one that somebody has taken stays as it is; so counting twice
    makes nothing twice, also at two desks at once. Locks the place, then its open tasks.
    """
    network.lock_node(act.node)
    found = queries.waiting(act.node, at=act.at, on=act.day)
    rows = Task.objects.select_for_update().filter(node=act.node, kind=TaskKind.RETURNED, state__in=OPEN)
    standing = {row.area_id: row for row in rows.order_by("id")}
    for area in {**found, **standing}:
        row, number = standing.get(area), found.get(area, 0)
        if row is None:
            key = f"cart:{act.key}:{area or 0}"
            what = {"node_id": act.node, "area_id": area, "kind": TaskKind.RETURNED, "day": act.day}
            Task.objects.get_or_create(key=key, defaults=what | {"waiting": number, "counted_at": act.at})
        elif row.state == TaskState.OPEN:
            Task.objects.filter(pk=row.pk).update(waiting=number, counted_at=act.at)
    return found


@transaction.atomic
def add_task(act: Act, *, kind: TaskKind, area: int | None = None, note: str = "") -> TaskView:
    """Give out a task by hand, for today. Raises NotFound. Repeating `act.key` returns the first."""
    if area is not None and queries.area(area).node != act.node:
        raise NotFound(what=str(area))
    row, _is_new = Task.objects.get_or_create(
        key=act.key,
        defaults={
            "node_id": act.node,
            "area_id": area,
            "kind": kind,
            "day": act.day,
            "counted_at": act.at,
            "note": note.strip()[:200],
        },
    )
    return queries.task_view(row)


@transaction.atomic
def take(act: Act, *, task: int, volunteer: int | None = None) -> TaskView:
    """Take a task: the member of staff who acts, or a volunteer. Twice by the same is as once.

    Raises NotFound, TaskClosed, TaskTaken. Locks the task, so that two people do not take it.
    """
    row = _open(task)
    taker = act.operator if volunteer is None else f"volunteer:{volunteer}"
    if row.state == TaskState.TAKEN and row.taken_by != taker:
        raise TaskTaken()
    if row.state == TaskState.OPEN:
        row.state, row.taken_by, row.taken_at = TaskState.TAKEN, taker, act.at
        row.save(update_fields=["state", "taken_by", "taken_at"])
    return queries.task_view(row)


@transaction.atomic
def put_back(act: Act, *, task: int) -> TaskView:
    """Give a task back that was taken and not done. Raises NotFound, TaskClosed."""
    row = _open(task)
    row.state, row.taken_by, row.taken_at = TaskState.OPEN, "", None
    row.save(update_fields=["state", "taken_by", "taken_at"])
    return queries.task_view(row)


@transaction.atomic
def finish(act: Act, *, task: int, work: WorkDone) -> TaskView:
    """Finish a task: volumes are counted once, and the time of each volunteer in the book of volunteer service.

    A member of staff's minutes are not counted anywhere. Finishing a finished task changes nothing. Raises NotFound,
    TaskClosed for a dropped one, WorkWrong, and what `volunteers.serve` raises. Locks the task.
    """
    row = _locked(task)
    if row.state == TaskState.DONE:
        return queries.task_view(row)
    _insist_open(row)
    if not (0 < work.minutes <= LONGEST_WORK and 0 <= work.volumes <= MOST_VOLUMES):
        raise WorkWrong()
    row.state, row.done_at, row.done_by = TaskState.DONE, act.at, act.operator
    row.volumes, row.minutes = work.volumes, work.minutes
    if work.volunteers:
        row.taken_by = ""
    elif not row.taken_by:
        row.taken_by, row.taken_at = act.operator, act.at
    row.save()
    row.volunteers.set(work.volunteers)
    _count(act, row, work)
    return queries.task_view(row)


def _count(act: Act, row: Task, work: WorkDone) -> None:
    there = replace(act, node=row.node_id, department=None, key=f"shelving:{row.uid}")
    if work.volumes:
        ledger.record(
            there,
            Kind.RECORD_ENTERED,
            quantity=work.volumes,
            subject=f"shelving.{row.kind}",
            source=f"shelving:{row.uid}",
        )
    job = VOLUNTEER_JOBS.get(TaskKind(row.kind), SHELVING_JOB)
    for volunteer in sorted(set(work.volunteers)):
        served = TimeServed(day=act.day, job=job, minutes=work.minutes, note=row.note)
        volunteers.serve(there, volunteer=volunteer, service=served)


@transaction.atomic
def drop(act: Act, *, task: int) -> TaskView:
    """Drop a task that need not be done. Twice is as once. Raises NotFound, TaskClosed for one that is done."""
    row = _locked(task)
    if row.state != TaskState.DROPPED:
        _insist_open(row)
        row.state, row.done_at, row.done_by = TaskState.DROPPED, act.at, act.operator
        row.save(update_fields=["state", "done_at", "done_by"])
    return queries.task_view(row)


def _locked(task: int) -> Task:
    row = Task.objects.select_for_update().filter(pk=task).first()
    if row is None:
        raise NotFound(what=str(task))
    return row


def _open(task: int) -> Task:
    row = _locked(task)
    _insist_open(row)
    return row


def _insist_open(row: Task) -> None:
    if row.state not in OPEN:
        raise TaskClosed(state=TaskState(row.state).label)
