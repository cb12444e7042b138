"""Which items fit a plan of rotation, the longest idle first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from wenlan.holdings.ancient.models import AncientVolume
from wenlan.holdings.models import Item, TransferLine, WeedingLine
from wenlan.holdings.types import ItemStatus, Lending

MOST = 2000
MOST_LOOKED_AT = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What may go from a place to another, and how much of it.

    `class_starts` are beginnings of call numbers (empty: any); `audience` and `material` narrow down. `idle_days` is
    how long an item stood untouched, `accessioned_from` and `_to` when it was registered (both in). `leave` copies of a
    title stay; `only_new` sends one copy of titles that the other place has not, and nothing that was there before.
    """

    from_node: int
    to_node: int
    units: int
    class_starts: tuple[str, ...] = ()
    audience: str = ""
    material: str = ""
    idle_days: int | None = None
    accessioned_from: date | None = None
    accessioned_to: date | None = None
    leave: int = 0
    only_new: bool = True


def fitting(plan: Plan, on: date) -> tuple[int, ...]:
    """Return the items that fit on a day, in the order of the shelf, at most `plan.units` of them (1 or 2 statements).

    The longest untouched come first. What stands on another open slip or weeding list, in the register of ancient
    books, is reserved, or for use in the house, stays.
    """
    rows = _narrowed(_free(plan.from_node), plan, on)
    if plan.only_new:
        there = Item.objects.filter(shelved_at=plan.to_node, record=OuterRef("record")).exclude(
            status=ItemStatus.WITHDRAWN
        )
        been = TransferLine.objects.filter(item=OuterRef("pk"), outcome="received", transfer__to_node=plan.to_node)
        rows = rows.filter(~Exists(there), ~Exists(been))
    chosen = rows.order_by("status_since", "accessioned_on", "id")
    picks_among = plan.leave or plan.only_new
    found = list(chosen.values_list("id", "record_id", "call_key")[: MOST_LOOKED_AT if picks_among else plan.units])
    if plan.only_new:
        found = list({record: (item, record, key) for item, record, key in reversed(found)}.values())[::-1]
    if plan.leave:
        found = _leaving(found, plan)
    return tuple(item for item, _record, _key in sorted(found[: plan.units], key=lambda one: (one[2], one[0])))


def _free(node: int) -> QuerySet[Item]:
    on_a_slip = TransferLine.objects.filter(item=OuterRef("pk")).filter(Q(is_open=True) | Q(is_out=True))
    weeded = WeedingLine.objects.filter(item=OuterRef("pk"), is_open=True)
    ancient = AncientVolume.objects.filter(item=OuterRef("pk"))
    return Item.objects.filter(
        ~Exists(on_a_slip),
        ~Exists(weeded),
        ~Exists(ancient),
        shelved_at=node,
        present_node=F("shelved_at"),
        status=ItemStatus.AVAILABLE,
        lending=Lending.LENDABLE,
        reserved=False,
    )


def _narrowed(rows: QuerySet[Item], plan: Plan, on: date) -> QuerySet[Item]:
    if plan.class_starts:
        starts = Q()
        for start in plan.class_starts:
            starts |= Q(call_number__startswith=start)
        rows = rows.filter(starts)
    narrowing = {
        "audience": plan.audience or None,
        "material": plan.material or None,
        "status_since__lte": on - timedelta(days=plan.idle_days) if plan.idle_days is not None else None,
        "accessioned_on__gte": plan.accessioned_from,
        "accessioned_on__lte": plan.accessioned_to,
    }
    return rows.filter(**{name: value for name, value in narrowing.items() if value is not None})


def _leaving(found: Collection[tuple[int, int, str]], plan: Plan) -> list[tuple[int, int, str]]:
    """Leave so many copies of each title where they stand."""
    held = Item.objects.filter(record__in={record for _item, record, _key in found}, shelved_at=plan.from_node)
    rows = held.exclude(status=ItemStatus.WITHDRAWN).order_by().values_list("record").annotate(n=Count("id"))
    spare = {record: units - plan.leave for record, units in rows}
    going = []
    for item, record, key in found:
        if spare.get(record, 0) > 0:
            spare[record] -= 1
            going.append((item, record, key))
    return going
