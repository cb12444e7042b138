"""Reads of accounts and of what they may do."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from wenlan.kernel.errors import NotFound
from wenlan.network import queries as network
from wenlan.staff.models import AuditEntry, Grant, StaffMember
from wenlan.staff.types import Right, StaffView


def view_of(member: StaffMember) -> StaffView:
    """Return the public side of an account."""
    return StaffView(
        id=member.pk,
        username=member.username,
        name=member.name,
        home_node=member.home_node_id,
        department=member.department_id,
    )


def member(staff_id: int) -> StaffView:
    """Return a member of staff. Raises NotFound."""
    found = StaffMember.objects.filter(pk=staff_id).first()
    if found is None:
        raise NotFound(what=str(staff_id))
    return view_of(found)


def names(ids: Collection[int]) -> Mapping[int, str]:
    """Return the names of some members of staff, by id (one statement)."""
    return dict(StaffMember.objects.filter(pk__in=ids).values_list("pk", "name"))


def members_at(nodes: Collection[int]) -> list[tuple[int, str]]:
    """Return the members of staff whose home is at some nodes, by id and name (one statement)."""
    rows = StaffMember.objects.filter(home_node__in=nodes, is_active=True)
    return list(rows.order_by("name", "pk").values_list("pk", "name"))


def still_here(ids: Collection[int]) -> frozenset[int]:
    """Return those of some members of staff who have not left (one statement)."""
    return frozenset(StaffMember.objects.filter(pk__in=ids, is_active=True).values_list("pk", flat=True))


def rights_by_node(staff_id: int, on: date) -> Mapping[int, frozenset[str]]:
    """Return the rights granted at each node on the day, before they spread down (one statement)."""
    in_force = Q(from_day__lte=on) & (Q(until_day__isnull=True) | Q(until_day__gt=on))
    held: dict[int, frozenset[str]] = {}
    for node, rights in Grant.objects.filter(in_force, staff=staff_id).values_list("node_id", "role__rights"):
        held[node] = held.get(node, frozenset()) | frozenset(rights)
    return held


def may(staff_id: int, right: Right, node: int, on: date) -> bool:
    """Return whether the right is held at the node, or at any above it, on the day."""
    held = rights_by_node(staff_id, on)
    return any(right.value in held.get(place, ()) for place in network.ancestors(node, on))


def visible_nodes(staff_id: int, on: date) -> frozenset[int]:
    """Return every node that lies under one where the member holds a role: lists show no others."""
    seen: frozenset[int] = frozenset()
    for node in rights_by_node(staff_id, on):
        seen |= network.subtree(node, on)
    return seen


def roles_held(staff_id: int, on: date) -> list[tuple[Mapping[str, str], int]]:
    """Return the roles held on the day as (words, node)."""
    in_force = Q(from_day__lte=on) & (Q(until_day__isnull=True) | Q(until_day__gt=on))
    return list(Grant.objects.filter(in_force, staff=staff_id).values_list("role__names", "node_id"))


def audit_trail(subject: str, *, until: datetime | None = None, limit: int = 100) -> list[dict[str, Any]]:
    """Return what was done to a subject, newest first."""
    entries = AuditEntry.objects.filter(subject=subject)
    if until is not None:
        entries = entries.filter(at__lt=until)
    columns = ("at", "staff_id", "device", "node_id", "action", "before", "after", "reason")
    return [dict(row) for row in entries.order_by("-at", "-id").values(*columns)[:limit]]


def member_by_username(username: str) -> StaffView | None:
    """Return who signs in by this name, None for nobody (one statement)."""
    found = StaffMember.objects.filter(username=username).first()
    return view_of(found) if found else None
