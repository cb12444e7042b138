"""Items of another system taken over: registered as opening stock, and brought up to what a later export says."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Sum

from wenlan.catalogue.types import ShelfFacts
from wenlan.holdings import accessioning, statements, telling
from wenlan.holdings.accounts import operations as registers
from wenlan.holdings.call_numbers.policies import sort_key
from wenlan.holdings.models import Item
from wenlan.holdings.types import ItemStatus, NewItem
from wenlan.kernel.acts import Act

CHUNK = 500
# What an old system may say of an item that stands where it says; loans, transits and disposal have acts of their own.
SETTLED = frozenset(
    {
        ItemStatus.AVAILABLE.value,
        ItemStatus.IN_PROCESSING.value,
        ItemStatus.SEARCHED_FOR.value,
        ItemStatus.MISSING.value,
        ItemStatus.LOST.value,
        ItemStatus.LOST_ON_THE_WAY.value,
        ItemStatus.DAMAGED.value,
        ItemStatus.LOCKED.value,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OldItem:
    """An item of another system: what is registered, where it stands now, and how often it was lent so far."""

    new: NewItem
    present_node: int
    loans: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownItem:
    """An item as it stands here."""

    id: int
    key: str
    record: int
    status: str
    lending: str
    owner_node: int
    shelved_at: int
    present_node: int
    department: int | None
    call_number: str
    volume: str
    list_price_fen: int | None
    loans: int


def known_items(barcodes: Collection[str], *, scope: str) -> dict[str, KnownItem]:
    """Return the items with these folded barcodes in a scope, by the barcode."""
    wanted, found = sorted(barcodes), {}
    for start in range(0, len(wanted), CHUNK):
        for row in Item.objects.filter(barcode_key__in=wanted[start : start + CHUNK], barcode_scope=scope):
            found[row.barcode_key] = _known(row)
    return found


def numbers_taken(owner: int, numbers: Collection[str]) -> set[str]:
    """Return which accession numbers the owner has given already."""
    with connection.cursor() as cursor:
        return statements.numbers_taken(cursor, owner, numbers)


def under(prefix: str) -> Iterator[tuple[str, str]]:
    """Yield (folded barcode, barcode) of the items in stock that were registered under keys that begin so."""
    rows = Item.objects.filter(accession_key__startswith=prefix, withdrawn_on=None).order_by("id")
    yield from rows.values_list("barcode_key", "barcode").iterator(CHUNK)


def stock_now() -> tuple[int, int]:
    """Return how many items are in stock, and the sum of their list prices in fen."""
    found = Item.objects.filter(withdrawn_on=None).aggregate(units=Count("id"), fen=Sum("list_price_fen"))
    return found["units"], found["fen"] or 0


@transaction.atomic
def take_in(act: Act, *, items: Sequence[OldItem], facts: dict[int, ShelfFacts] | None = None) -> tuple[int, ...]:
    """Register items as opening stock, with the place where each stands and its loans so far; return their ids.

    Raises what `accession_many` raises; then nothing is written.
    """
    ids = accessioning.accession_many(act, items=[one.new for one in items], facts=facts or {})
    rows = [
        (one.present_node, one.loans or 0, item)
        for item, one in zip(ids, items, strict=True)
        if one.loans or one.present_node != (one.new.shelved_at or one.new.owner or act.node)
    ]
    with connection.cursor() as cursor:
        statements.place_items(cursor, rows)
    return ids


@transaction.atomic
def bring_up(act: Act, *, changes: Sequence[tuple[KnownItem, OldItem]]) -> int:
    """Bring items up to what the other system says of them now; return how many were changed.

    A state changes only between those that an item has in the house. A price is corrected as by hand: in the registers
    when their month is closed.
    """
    records = []
    for known, told in changes:
        new = told.new
        values: dict[str, Any] = {}
        if known.status in SETTLED and new.status in SETTLED and known.status != new.status:
            values |= {"status": new.status, "status_since": act.day}
        if known.status in SETTLED:
            values |= {"present_node": told.present_node}
        values |= {
            "shelved_at": new.shelved_at or known.shelved_at,
            "department": new.department,
            "lending": new.lending,
            "call_number": new.call_number or known.call_number,
            "volume": new.volume or known.volume,
            "loans": known.loans if told.loans is None else max(told.loans, known.loans),
        }
        values = {name: value for name, value in values.items() if getattr(known, name, None) != value}
        columns = {"shelved_at": "shelved_at_id", "department": "department_id", "present_node": "present_node_id"}
        if "call_number" in values:
            values["call_key"] = sort_key(new.call_number)
        if values:
            Item.objects.filter(pk=known.id).update(
                **{columns.get(name, name): value for name, value in values.items()}
            )
        if new.list_price_fen is not None and new.list_price_fen != known.list_price_fen:
            key = f"{act.key}/price/{known.id}"
            registers.correct_price(
                replace(act, key=key), item=known.id, price_fen=new.list_price_fen, reason=new.source or "import"
            )
        records.append(known.record)
    telling.let_know(records)
    return len(records)


@transaction.atomic
def settle(act: Act, *, items: Collection[int], status: str) -> int:
    """Give items that are in the house another state of those in the house; return how many were changed."""
    rows = Item.objects.filter(pk__in=items, status__in=SETTLED).exclude(status=status)
    return rows.update(status=status, status_since=act.day)


def differs(known: KnownItem, told: OldItem) -> bool:
    """Return whether a later export says something else of an item."""
    new = told.new
    pairs = [
        (known.shelved_at, new.shelved_at or known.shelved_at),
        (known.department, new.department),
        (known.lending, new.lending),
        (known.call_number, new.call_number or known.call_number),
        (known.volume, new.volume or known.volume),
        (known.list_price_fen, known.list_price_fen if new.list_price_fen is None else new.list_price_fen),
        (known.loans, known.loans if told.loans is None else max(told.loans, known.loans)),
    ]
    if known.status in SETTLED:
        pairs.append((known.present_node, told.present_node))
        if new.status in SETTLED:
            pairs.append((known.status, new.status))
    return any(ours != theirs for ours, theirs in pairs)


def _known(row: Item) -> KnownItem:
    return KnownItem(
        id=row.pk,
        key=row.accession_key,
        record=row.record_id,
        status=row.status,
        lending=row.lending,
        owner_node=row.owner_node_id,
        shelved_at=row.shelved_at_id,
        present_node=row.present_node_id,
        department=row.department_id,
        call_number=row.call_number,
        volume=row.volume,
        list_price_fen=row.list_price_fen,
        loans=row.loans,
    )
