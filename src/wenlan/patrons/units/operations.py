"""Saying where readers belong, one by one, and for a whole school when the year changes."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping

from django.db import transaction

from wenlan.kernel.acts import Act
from wenlan.patrons.types import PatronStatus
from wenlan.patrons.units.errors import ClassStandsAlready
from wenlan.patrons.units.models import UnitMember
from wenlan.patrons.units.policies import taken_names
from wenlan.patrons.units.types import GROUP_LENGTH, UNIT_LENGTH, Membership, MovedUp
from wenlan.staff.operations import audit

CHUNK = 500


def tidied(unit: str, group: str) -> Membership | None:
    """Return where somebody belongs as it is kept, None when nothing is named. A class alone stands as the unit."""
    unit, group = " ".join(unit.split())[:UNIT_LENGTH], " ".join(group.split())[:GROUP_LENGTH]
    if not unit:
        unit, group = group, ""
    return Membership(unit=unit, group=group) if unit else None


def enrol(act: Act, found: Iterable[tuple[int, Membership]]) -> None:
    """Write where new readers belong, in the caller's transaction; no statement for nobody."""
    rows = [UnitMember(patron_id=patron, unit=one.unit, group=one.group, since=act.day) for patron, one in found]
    if rows:
        UnitMember.objects.bulk_create(rows, batch_size=CHUNK)


def belong(act: Act, *, patron: int, unit: str, group: str) -> bool:
    """Say where a locked reader belongs, in the caller's transaction; no unit: nowhere. Returns whether it changed."""
    row, new = UnitMember.objects.filter(patron=patron).first(), tidied(unit, group)
    if new is None:
        if row is not None:
            row.delete()
        return row is not None
    if row is not None and (row.unit, row.group) == (new.unit, new.group):
        return False
    said = {"unit": new.unit, "group": new.group, "since": act.day}
    UnitMember.objects.update_or_create(patron_id=patron, defaults=said)
    return True


@transaction.atomic
def move_up(
    act: Act, *, nodes: Collection[int], unit: str, renames: Mapping[str, str], may_join: bool = False
) -> MovedUp:
    """Give the classes of a unit other names, all at once: 七年级 becomes 八年级 while 八年级 becomes 九年级.

    A class renamed to '' leaves: its readers keep their cards and belong nowhere. Only readers kept at the nodes.
    Raises ClassStandsAlready when a new name is that of a class that stays, unless classes `may_join`.
    """
    changed = {old: " ".join(new.split())[:GROUP_LENGTH] for old, new in renames.items() if old != new}
    rows = UnitMember.objects.select_for_update().filter(patron__home_node__in=nodes, unit=unit)
    standing = rows.exclude(patron__status=PatronStatus.DEREGISTERED).values_list("patron_id", "group")
    by_class: dict[str, list[int]] = defaultdict(list)
    for patron, group in standing.order_by("patron_id"):
        by_class[group].append(patron)
    if not may_join and (taken := taken_names(dict(changed), by_class)):
        raise ClassStandsAlready(names="、".join(taken))
    moved: Counter[str] = Counter()
    left: Counter[str] = Counter()
    for old, new in changed.items():
        readers = by_class.get(old, [])
        for start in range(0, len(readers), CHUNK):
            chosen = UnitMember.objects.filter(patron__in=readers[start : start + CHUNK])
            _done = chosen.update(group=new, since=act.day) if new else chosen.delete()
        if readers:
            (moved if new else left)[old] = len(readers)
    if moved or left:
        audit(act, "patrons.classes", f"unit:{unit}", after={"renamed": dict(changed), "left": dict(left)})
    return MovedUp(moved=moved, left=left)
