"""Reading the shelves: barcodes as they stand, and what stands wrong."""

from collections.abc import Sequence

from django.db import transaction

from wenlan.holdings import operations as holdings
from wenlan.holdings.policies import barcode_key
from wenlan.holdings.shelving import queries as shelves
from wenlan.holdings.shelving.queries import ShelfPlace
from wenlan.holdings.types import ItemStatus, Transition
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import NotFound
from wenlan.shelving import policies, queries
from wenlan.shelving.errors import NothingRead
from wenlan.shelving.models import Finding, Reading
from wenlan.shelving.types import AreaView, FindingKind, ReadingView

PUT_RIGHT, SEARCHED, NOTED = "put_right", "searched", "noted"


@transaction.atomic
def read_shelf(act: Act, *, area: int, barcodes: Sequence[str]) -> ReadingView:
    """Take the barcodes of a shelf in the order in which they stand, and say what stands wrong.

    The fewest volumes that have to be moved are named, each with the one that it belongs behind. What should stand
    between the first and the last and was not read is missing, unless it came back today or waits on the cart.
    Raises NotFound and NothingRead. Repeating `act.key` returns the first.
    """
    if known := Reading.objects.filter(key=act.key).first():
        return queries.reading(known.pk)
    place, read = queries.area(area), list(dict.fromkeys(one.strip() for one in barcodes if one.strip()))
    if not read:
        raise NothingRead()
    row = Reading.objects.create(area_id=area, day=act.day, at=act.at, by=act.operator, volumes=len(read), key=act.key)
    items = shelves.read(place.node, read)
    standing = [(position, items.get(barcode_key(one)), one) for position, one in enumerate(read, 1)]
    found = [finding for finding in (_strange(place, *one) for one in standing) if finding is not None]
    strange = {finding.position for finding in found}
    here = [(position, item) for position, item, _barcode in standing if item and position not in strange]
    found += _out_of_order(here)
    found += _missing(act, place, [item for _position, item in here])
    for finding in found:
        finding.reading = row
    Finding.objects.bulk_create(found)
    return queries.reading(row.pk)


def _strange(place: AreaView, position: int, item: ShelfPlace | None, barcode: str) -> Finding | None:
    """What has no place in the order of this area: unknown, of another place, or recorded as being elsewhere."""
    if item is None:
        return Finding(kind=FindingKind.UNKNOWN, barcode=barcode[:60], position=position)
    kind = None
    if item.shelved_at != place.node or policies.area_of([place], item.call_key, item.department) is None:
        kind = FindingKind.OTHER_AREA
    elif item.status != ItemStatus.AVAILABLE:
        kind = FindingKind.OTHER_STATE
    return Finding(kind=kind, item_id=item.item, barcode=item.barcode, position=position) if kind else None


def _out_of_order(here: Sequence[tuple[int, ShelfPlace]]) -> list[Finding]:
    kept = policies.in_order([item.call_key for _position, item in here])
    ordered = [here[index][1] for index in sorted(kept)]
    keys = [item.call_key for item in ordered]
    found = []
    for index, (position, item) in enumerate(here):
        if index not in kept:
            behind = policies.belongs_behind(keys, item.call_key)
            after = ordered[behind].call_number if behind >= 0 else ""
            found.append(
                Finding(
                    kind=FindingKind.WRONG_PLACE,
                    item_id=item.item,
                    barcode=item.barcode,
                    position=position,
                    after=after,
                )
            )
    return found


def _missing(act: Act, place: AreaView, read: Sequence[ShelfPlace]) -> list[Finding]:
    if not read:
        return []
    keys = [item.call_key for item in read]
    were_read = {item.item for item in read}
    waiting = queries.on_cart(place.node, at=act.at, on=act.day)
    should = shelves.between(place.node, min(keys), max(keys))
    return [
        Finding(kind=FindingKind.MISSING, item_id=item.item, barcode=item.barcode)
        for item in should
        if item.item not in were_read
        and item.item not in waiting
        and item.status_since < act.day
        and place.department in (None, item.department)
    ]


@transaction.atomic
def settle(act: Act, *, finding: int, how: str) -> None:
    """Note that a finding is settled: put right, noted, or searched for (then the item is in search).

    Twice is as once. Raises NotFound, and StatusNotAllowed when the item cannot be searched for any more.
    """
    row = Finding.objects.select_for_update().filter(pk=finding).first()
    if row is None or how not in (PUT_RIGHT, SEARCHED, NOTED):
        raise NotFound(what=str(finding))
    if row.settled_at is not None:
        return
    if how == SEARCHED and row.item_id is not None:
        holdings.change_state(act, item=row.item_id, transition=Transition.SEARCH)
    row.settled_at, row.settled_by, row.settled_as = act.at, act.operator, how
    row.save(update_fields=["settled_at", "settled_by", "settled_as"])
