"""Reads of units and classes."""

from collections import Counter, defaultdict
from collections.abc import Collection

from django.db.models import Count

from wenlan.patrons.types import PatronStatus
from wenlan.patrons.units.models import UnitMember
from wenlan.patrons.units.policies import order
from wenlan.patrons.units.types import GroupLine, Membership, UnitLine


def membership(patron: int) -> Membership | None:
    """Return where a reader belongs, None when nobody said so (one statement)."""
    return memberships([patron]).get(patron)


def memberships(patrons: Collection[int]) -> dict[int, Membership]:
    """Return where readers belong, by their ids (one statement)."""
    rows = UnitMember.objects.filter(patron__in=patrons).values_list("patron_id", "unit", "group")
    return {patron: Membership(unit=unit, group=group) for patron, unit, group in rows}


def units(nodes: Collection[int], *, beginning: str = "") -> tuple[UnitLine, ...]:
    """Return the units of the open accounts kept at the nodes, with their classes (one statement)."""
    rows = UnitMember.objects.filter(patron__home_node__in=nodes, unit__startswith=beginning)
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    rows = rows.exclude(patron__status=PatronStatus.DEREGISTERED)
    for unit, group, readers in rows.values_list("unit", "group").annotate(n=Count("pk")).order_by():
        counted[unit][group] = readers
    return tuple(
        UnitLine(
            unit=unit,
            groups=tuple(GroupLine(group=group, readers=groups[group]) for group in sorted(groups, key=order)),
            readers=groups.total(),
        )
        for unit, groups in sorted(counted.items(), key=lambda pair: order(pair[0]))
    )


def members(nodes: Collection[int], *, unit: str, group: str | None = None) -> tuple[int, ...]:
    """Return the readers of a unit, or of one class of it, among the open accounts of the nodes (one statement)."""
    rows = UnitMember.objects.filter(patron__home_node__in=nodes, unit=unit)
    rows = rows.exclude(patron__status=PatronStatus.DEREGISTERED)
    if group is not None:
        rows = rows.filter(group=group)
    return tuple(rows.order_by("group", "patron_id").values_list("patron_id", flat=True))
