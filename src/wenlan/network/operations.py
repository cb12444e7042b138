"""Writes of the tree and of the calendar. Changes are entered in the order of their days."""

from collections.abc import Mapping, Sequence
from datetime import date, time

from django.db import transaction
from django.db.models import Q

from wenlan.jobs import operations as jobs
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import NotFound
from wenlan.network import trees
from wenlan.network.errors import CodeTaken, EarlierChangeStands, WouldCircle
from wenlan.network.models import ClosedPeriod, Closure, Department, Node, NodeState, OpeningHours, Placement
from wenlan.network.types import DepartmentKind, DepartmentView, NodeFacts, NodeKind, NodeStatus, NodeView


@transaction.atomic
def open_node(act: Act | None, facts: NodeFacts) -> NodeView:
    """Enter a node and place it. Raises CodeTaken, or NotFound for an unknown parent.

    `act` may be None only for the very first node, before anybody can act.
    """
    if Node.objects.filter(code=facts.code).exists():
        raise CodeTaken(code=facts.code)
    node = Node.objects.create(
        code=facts.code,
        isil=facts.isil,
        division_code=facts.division_code,
        address=facts.address,
        area_m2=facts.area_m2,
        is_demo=facts.is_demo,
    )
    NodeState.objects.create(
        node=node,
        from_day=facts.since,
        names=dict(facts.names),
        kind=facts.kind,
        status=facts.status,
        statistical_unit=facts.statistical_unit,
        host_kind=facts.host_kind,
    )
    Closure.objects.create(ancestor=node, descendant=node, depth=0, from_day=facts.since)
    if facts.parent is not None:
        place(node.pk, under=facts.parent, since=facts.since)
    changed()
    return trees.current().view(node.pk, facts.since)


def place(node_id: int, *, under: int, since: date) -> None:
    """Put a node with all that is under it under a parent, and extend the closure of that day."""
    above = list(Closure.objects.filter(descendant=under, until_day__isnull=True).values_list("ancestor", "depth"))
    if not above:
        raise NotFound(what=str(under))
    below = list(Closure.objects.filter(ancestor=node_id, until_day__isnull=True).values_list("descendant", "depth"))
    Placement.objects.create(node_id=node_id, parent_id=under, from_day=since)
    Closure.objects.bulk_create(
        Closure(ancestor_id=up, descendant_id=down, depth=height + depth + 1, from_day=since)
        for up, height in above
        for down, depth in below
    )


@transaction.atomic
def move_node(act: Act, *, node: int, parent: int, since: date) -> NodeView:
    """Place a node under another parent from a day on; earlier days keep the old tree.

    Raises WouldCircle, or EarlierChangeStands when the present placement began on or after that day.
    """
    below = list(Closure.objects.filter(ancestor=node, until_day__isnull=True).values_list("descendant", flat=True))
    present = Placement.objects.select_for_update().filter(node=node, until_day__isnull=True).first()
    if parent in below:
        raise WouldCircle(node=trees.current().view(node).name)
    if present is not None:
        if present.from_day >= since:
            raise EarlierChangeStands(node=trees.current().view(node).name, day=present.from_day)
        Placement.objects.filter(pk=present.pk).update(until_day=since)
        crossing = Closure.objects.filter(descendant__in=below, until_day__isnull=True).exclude(ancestor__in=below)
        crossing.filter(from_day__lt=since).update(until_day=since)
    place(node, under=parent, since=since)
    changed()
    return trees.current().view(node, since)


@transaction.atomic
def change_node(
    act: Act,
    *,
    node: int,
    since: date,
    names: Mapping[str, str] | None = None,
    kind: NodeKind | None = None,
    status: NodeStatus | None = None,
    statistical_unit: bool | None = None,
) -> NodeView:
    """Change what is said of a node from a day on; what is not given stays. Raises EarlierChangeStands."""
    present = NodeState.objects.select_for_update().get(node=node, until_day__isnull=True)
    if present.from_day > since:
        raise EarlierChangeStands(node=trees.current().view(node).name, day=present.from_day)
    given = {"names": names, "kind": kind, "status": status, "statistical_unit": statistical_unit}
    values = {name: value for name, value in given.items() if value is not None}
    if present.from_day == since:
        NodeState.objects.filter(pk=present.pk).update(**values)
    else:
        NodeState.objects.filter(pk=present.pk).update(until_day=since)
        kept = {name: getattr(present, name) for name in (*given, "host_kind")}
        NodeState.objects.create(node_id=node, from_day=since, **(kept | values))
    changed()
    return trees.current().view(node, since)


def close_node(act: Act, *, node: int, since: date) -> NodeView:
    """Record that a node serves nobody from a day on; its code and its past stay."""
    return change_node(act, node=node, since=since, status=NodeStatus.CLOSED)


@transaction.atomic
def add_department(
    act: Act | None,
    *,
    node: int,
    code: str,
    names: Mapping[str, str],
    kind: DepartmentKind,
    since: date,
    seats: int | None = None,
) -> DepartmentView:
    """Enter a department or room of a node. Raises CodeTaken."""
    if Department.objects.filter(code=code).exists():
        raise CodeTaken(code=code)
    row = Department.objects.create(node_id=node, code=code, names=dict(names), kind=kind, seats=seats, from_day=since)
    changed()
    return trees.current().departments[row.pk]


@transaction.atomic
def set_hours(act: Act | None, *, node: int, week: Mapping[int, Sequence[tuple[time, time]]], since: date) -> None:
    """Set the regular week of a node from a day on: weekday (0 = Monday) to its openings.

    Hours that began on that very day are replaced; earlier ones end with it.
    """
    OpeningHours.objects.filter(node=node, from_day__gte=since).delete()
    still = Q(until_day__isnull=True) | Q(until_day__gt=since)
    OpeningHours.objects.filter(still, node=node, from_day__lt=since).update(until_day=since)
    OpeningHours.objects.bulk_create(
        OpeningHours(node_id=node, weekday=weekday, opens=opens, closes=closes, from_day=since)
        for weekday, openings in week.items()
        for opens, closes in openings
    )
    changed()


@transaction.atomic
def close_days(act: Act | None, *, node: int, start: date, end: date, reason: Mapping[str, str]) -> None:
    """Shut a node and all under it for `[start, end)`; a closure that began on `start` is replaced."""
    ClosedPeriod.objects.update_or_create(node_id=node, start=start, defaults={"end": end, "reason": dict(reason)})
    changed()


@transaction.atomic
def reopen_days(act: Act | None, *, node: int, start: date, end: date) -> bool:
    """Take a closure of `[start, end)` out of the calendar: the place is open as its hours say.

    Returns whether the calendar had just this one; any other is left alone.
    """
    found, _by_kind = ClosedPeriod.objects.filter(node=node, start=start, end=end).delete()
    if found:
        changed()
    return bool(found)


def lock_node(node: int) -> None:
    """Hold a node's row until the transaction ends: for what may be done at one place by one at a time."""
    Node.objects.select_for_update(no_key=True).get(pk=node)


def changed() -> None:
    """Tell this process and all others that the tree is another one now."""
    jobs.bump(trees.VERSION)
    trees.change()
