"""Reads of digital resources, the networks of houses, and what a supplier's statement would change."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Q

from wenlan.digital.access import policies
from wenlan.digital.access.errors import StatementUnreadable
from wenlan.digital.access.models import HouseNetwork, Resource, SupplierCount
from wenlan.digital.access.types import LineState, ResourceView, StatementLine
from wenlan.kernel.errors import NotFound
from wenlan.network import queries as network


def resources(on: date, nodes: Collection[int] | None = None) -> tuple[ResourceView, ...]:
    """Return the resources offered on a day, of some places or all, in the order they came (one statement)."""
    rows = Resource.objects.filter(Q(until_day=None) | Q(until_day__gt=on), from_day__lte=on)
    if nodes is not None:
        rows = rows.filter(node__in=nodes)
    return tuple(resource_view(row) for row in rows.order_by("id"))


def resource(code: str) -> ResourceView:
    """Return a resource, also one that is offered no more. Raises NotFound."""
    row = Resource.objects.filter(code=code).first()
    if row is None:
        raise NotFound(what=code)
    return resource_view(row)


def names(codes: Collection[str]) -> dict[str, str]:
    """Return the names of some resources by code (one statement)."""
    return {row.code: str(row) for row in Resource.objects.filter(code__in=codes)}


def networks(nodes: Collection[int] | None = None) -> tuple[tuple[int, int, str], ...]:
    """Return the networks of houses as id, node and range (one statement)."""
    rows = HouseNetwork.objects.order_by("node_id", "id")
    rows = rows if nodes is None else rows.filter(node__in=nodes)
    return tuple(rows.values_list("id", "node_id", "range"))


def house_of(address: str) -> int | None:
    """Return the node in whose house an address lies, None for one outside (one statement)."""
    return policies.house_of(address, [(node, text) for _id, node, text in networks()])


def is_shut(node: int, day: date) -> bool:
    """Return whether a place is closed for a time on a day: a closure, not a weekday on which it never opens."""
    return bool(network.closures(node, day, day + timedelta(days=1)))


def statement(text: str, nodes: Collection[int]) -> tuple[StatementLine, ...]:
    """Return what a supplier's table says, resource by resource and month by month, and what it would change.

    Nothing is written. A resource is known by its code or its name in any language; what a table says of it under
    several names is added up. Costs two statements. Raises StatementUnreadable.
    """
    found = policies.stated(text)
    if not found:
        raise StatementUnreadable()
    rows = Resource.objects.filter(node__in=nodes)
    known = {name.strip().lower(): row.pk for row in rows for name in (row.code, *row.words.values())}
    said = policies.added_up(found, known)
    standing = {
        (resource, month): items
        for resource, month, items in SupplierCount.objects.filter(
            resource__in=set(known.values()), month__in={one.month for one in said}
        ).values_list("resource_id", "month", "items")
    }
    return tuple(_line(one, known.get(one.named.lower()), standing) for one in said)


def _line(one: policies.Stated, resource: int | None, standing: dict[tuple[int, date], int]) -> StatementLine:
    before = standing.get((resource, one.month)) if resource is not None else None
    state = LineState.CHANGED
    if resource is None:
        state = LineState.UNKNOWN
    elif before is None:
        state = LineState.NEW if one.items else LineState.SAME
    elif before == one.items:
        state = LineState.SAME
    return StatementLine(
        named=one.named, resource=resource, month=one.month, items=one.items, before=before, state=state
    )


def resource_view(row: Resource) -> ResourceView:
    """Return the public side of a resource."""
    return ResourceView(
        id=row.pk,
        code=row.code,
        node=row.node_id,
        words=row.words,
        kind=row.kind,
        url=row.url,
        open_to=row.open_to,
        signs=row.signs,
        until_day=row.until_day,
    )
