"""Where items stand in the order of the shelves."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from wenlan.holdings.models import Item
from wenlan.holdings.policies import barcode_key
from wenlan.holdings.types import ItemStatus

CHUNK = 500
MOST_OF_A_SHELF = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfPlace:
    """An item's place on the shelves of a node; `call_key` sorts as the shelf does, '' without a call number."""

    item: int
    barcode: str
    shelved_at: int
    department: int | None
    status: str
    status_since: date
    call_number: str
    call_key: str


def on_shelf(node: int, items: Collection[int]) -> tuple[ShelfPlace, ...]:
    """Return those of some items that belong to the node's shelves and can stand there (a statement for each 500)."""
    ids = sorted(items)
    found: list[ShelfPlace] = []
    for start in range(0, len(ids), CHUNK):
        rows = Item.objects.filter(pk__in=ids[start : start + CHUNK], shelved_at=node, status=ItemStatus.AVAILABLE)
        found += map(_place, rows)
    return tuple(found)


def read(node: int, barcodes: Collection[str]) -> dict[str, ShelfPlace]:
    """Return the items with some barcodes by the barcode's key; of two with one barcode that of the node."""
    keys = sorted({barcode_key(barcode) for barcode in barcodes})
    found: dict[str, ShelfPlace] = {}
    for start in range(0, len(keys), CHUNK):
        for row in Item.objects.filter(barcode_key__in=keys[start : start + CHUNK]).order_by("id"):
            if row.barcode_key not in found or row.shelved_at_id == node:
                found[row.barcode_key] = _place(row)
    return found


def between(node: int, first_key: str, last_key: str) -> tuple[ShelfPlace, ...]:
    """Return what should stand on the node's shelves from one key to another, in order (one statement)."""
    rows = Item.objects.filter(
        shelved_at=node, call_key__gte=first_key, call_key__lte=last_key, status=ItemStatus.AVAILABLE
    )
    return tuple(_in_order(rows.order_by("call_key", "barcode_key")[:MOST_OF_A_SHELF]))


def _in_order(rows: Iterable[Item]) -> Iterable[ShelfPlace]:
    return (_place(row) for row in rows if row.call_key)


def _place(row: Item) -> ShelfPlace:
    return ShelfPlace(
        item=row.pk,
        barcode=row.barcode,
        shelved_at=row.shelved_at_id,
        department=row.department_id,
        status=row.status,
        status_since=row.status_since,
        call_number=row.call_number,
        call_key=row.call_key,
    )
