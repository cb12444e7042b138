"""Registering items as property, changing what may be done with them, and taking them out of the stock."""

from collections import Counter
from collections.abc import Sequence

from django.db import transaction

from wenlan.catalogue import queries as catalogue
from wenlan.catalogue.types import RecordView
from wenlan.holdings import policies, queries
from wenlan.holdings.errors import BarcodeMissing, BarcodeTaken, ItemInUse, ItemUnknown, StatusNotAllowed
from wenlan.holdings.models import Item
from wenlan.holdings.policies import barcode_key
from wenlan.holdings.types import ItemStatus, ItemView, NewItem
from wenlan.jobs import operations as jobs
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import NotFound
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.ledger.types import EventRow, ItemDimensions
from wenlan.staff.operations import audit

CHUNK = 500


def accession(act: Act, *, item: NewItem) -> ItemView:
    """Register one item (财产登记) and record it in the ledger.

    Raises BarcodeMissing, BarcodeTaken, and NotFound for an unknown record; then nothing is written.
    Repeating `act.key` returns the item registered the first time.
    """
    (item_id,) = accession_many(act, items=[item])
    return queries.item(item_id)


@transaction.atomic
def accession_many(act: Act, *, items: Sequence[NewItem]) -> tuple[int, ...]:
    """Register a batch as `accession` does, all or none, with few statements; return the items' ids.

    Accession numbers of one owner run on without a gap. The ledger takes one row an item; an opening
    stock comes through the import channel, and is then no addition of the year.
    """
    keys = [item.key or (f"{act.key}/{at}" if at else act.key) for at, item in enumerate(items)]
    known = _registered_before(keys)
    fresh = [(key, item) for key, item in zip(keys, items, strict=True) if key not in known]
    new = [item for _, item in fresh]
    _refuse_barcodes(new)
    records = _records(new)
    marks = _call_numbers(new, records)
    numbers = _accession_numbers(act, new)
    rows = [
        _row(act, key, item, record=records[item.record], mark=marks[item.record], number=number)
        for (key, item), number in zip(fresh, numbers, strict=True)
    ]
    Item.objects.bulk_create(rows, batch_size=CHUNK)
    ledger.record_many([_accessioned(act, row, item.origin) for row, item in zip(rows, new, strict=True)])
    known |= {row.accession_key: row.pk for row in rows}
    return tuple(known[key] for key in keys)


def _registered_before(keys: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for start in range(0, len(keys), CHUNK):
        rows = Item.objects.filter(accession_key__in=keys[start : start + CHUNK])
        found.update(rows.values_list("accession_key", "id"))
    return found


def _refuse_barcodes(items: Sequence[NewItem]) -> None:
    wanted: set[tuple[str, str]] = set()
    for item in items:
        place = barcode_key(item.barcode), item.barcode_scope
        if not place[0]:
            raise BarcodeMissing()
        if place in wanted:
            raise BarcodeTaken(barcode=item.barcode)
        wanted.add(place)
    barcodes = [barcode for barcode, _ in wanted]
    for start in range(0, len(barcodes), CHUNK):
        rows = Item.objects.filter(barcode_key__in=barcodes[start : start + CHUNK])
        for key, scope in rows.values_list("barcode_key", "barcode_scope"):
            if (key, scope) in wanted:
                raise BarcodeTaken(barcode=key)


def _records(items: Sequence[NewItem]) -> dict[int, RecordView]:
    ids = sorted({item.record for item in items})
    found: dict[int, RecordView] = {}
    for start in range(0, len(ids), CHUNK):
        found.update(catalogue.records(ids[start : start + CHUNK]))
    for record in ids:
        if record not in found:
            raise NotFound(what=record)
    return found


def _call_numbers(items: Sequence[NewItem], records: dict[int, RecordView]) -> dict[int, str]:
    """The shelf mark of each record: that of its other items, else the next running number of its class."""
    marks = dict.fromkeys(records, "")
    wanted = sorted({item.record for item in items if not item.call_number})
    for start in range(0, len(wanted), CHUNK):
        rows = Item.objects.filter(record__in=wanted[start : start + CHUNK]).exclude(call_number="")
        marks.update(rows.order_by("-id").values_list("record_id", "call_number"))
    unmarked = [record for record in wanted if not marks[record] and records[record].class_number]
    needed = Counter(records[record].class_number for record in unmarked)
    running = {number: jobs.next_number("call_number", number, count=count) for number, count in sorted(needed.items())}
    for record in unmarked:
        number = records[record].class_number
        marks[record] = policies.call_number(number, running[number])
        running[number] += 1
    return marks


def _accession_numbers(act: Act, items: Sequence[NewItem]) -> list[str]:
    owners = [item.owner or act.node for item in items]
    following = {
        owner: jobs.next_number("accession", str(owner), count=count)
        for owner, count in sorted(Counter(owners).items())
    }
    numbers = []
    for owner in owners:
        numbers.append(policies.accession_number(following[owner]))
        following[owner] += 1
    return numbers


def _row(act: Act, key: str, item: NewItem, *, record: RecordView, mark: str, number: str) -> Item:
    owner = item.owner or act.node
    place = item.shelved_at or owner
    return Item(
        record_id=item.record,
        barcode=item.barcode.strip(),
        barcode_key=barcode_key(item.barcode),
        barcode_scope=item.barcode_scope,
        owner_node_id=owner,
        shelved_at_id=place,
        present_node_id=place,
        department_id=item.department,
        status=item.status,
        status_since=act.day,
        lending=item.lending,
        material=item.material or record.material,
        call_number=(item.call_number or mark)[:60],
        main_class=item.main_class or record.main_class,
        audience=item.audience or record.audience,
        language=item.language or record.language,
        volume=item.volume,
        list_price_fen=item.list_price_fen if item.list_price_fen is not None else record.price_fen,
        accession_number=number,
        accessioned_on=act.day,
        accession_key=key,
    )


def _dimensions(row: Item) -> ItemDimensions:
    return ItemDimensions(
        material=row.material,
        main_class=row.main_class,
        audience=row.audience,
        language=row.language,
        owner_node=row.owner_node_id,
    )


def _accessioned(act: Act, row: Item, origin: str) -> EventRow:
    return ledger.event_row(
        act, Kind.STOCK_ACCESSIONED, subject=origin, item=_dimensions(row), source=f"item:{row.uid}"
    )


def _locked(item_id: int) -> Item:
    row = Item.objects.select_for_update().filter(pk=item_id).first()
    if row is None:
        raise ItemUnknown(what=item_id)
    return row


@transaction.atomic
def change_status(act: Act, *, item: int, status: str, reason: str = "") -> ItemView:
    """Set by hand what may be done with an item: processed, missing, found, damaged, in repair.

    The stock does not change. Raises ItemUnknown and StatusNotAllowed; setting it twice is as once.
    """
    row = _locked(item)
    if row.status != status:
        if not policies.may_become(row.status, status):
            raise StatusNotAllowed(
                barcode=row.barcode, present=ItemStatus(row.status).label, wanted=ItemStatus(status).label
            )
        audit(
            act,
            "holdings.status",
            f"item:{item}",
            before={"status": row.status},
            after={"status": status},
            reason=reason,
        )
        if row.status in {ItemStatus.MISSING, ItemStatus.LOST}:
            row.present_node_id = act.node  # found here
        row.status, row.status_since = status, act.day
        row.save(update_fields=["status", "status_since", "present_node"])
    return queries.item_view(row)


@transaction.atomic
def relocate(act: Act, *, item: int, shelved_at: int, department: int | None = None) -> ItemView:
    """Give an item that is in the house another place (馆藏地); the owner does not change.

    Raises ItemUnknown and ItemInUse.
    """
    row = _locked(item)
    if row.status in policies.OUT_OF_HOUSE or row.status == ItemStatus.WITHDRAWN:
        raise ItemInUse(barcode=row.barcode)
    before = {"shelved_at": row.shelved_at_id, "department": row.department_id}
    row.shelved_at_id = row.present_node_id = shelved_at
    row.department_id = department
    row.save(update_fields=["shelved_at", "present_node", "department"])
    after = {"shelved_at": shelved_at, "department": department}
    audit(act, "holdings.relocate", f"item:{item}", before=before, after=after)
    return queries.item_view(row)


@transaction.atomic
def withdraw(act: Act, *, item: int, reason: str) -> ItemView:
    """Take an item out of the stock (注销) and record it in the ledger.

    Raises ItemUnknown, and ItemInUse for an item on loan or in transit. Twice is as once.
    """
    row = _locked(item)
    if row.status != ItemStatus.WITHDRAWN:
        if not policies.may_withdraw(row.status):
            raise ItemInUse(barcode=row.barcode)
        audit(act, "holdings.withdraw", f"item:{item}", before={"status": row.status}, reason=reason)
        row.status, row.status_since = ItemStatus.WITHDRAWN, act.day
        row.withdrawn_on, row.withdrawal_reason = act.day, reason[:200]
        row.save(update_fields=["status", "status_since", "withdrawn_on", "withdrawal_reason"])
        ledger.record(act, Kind.STOCK_DEREGISTERED, item=_dimensions(row), source=f"item-end:{row.uid}")
    return queries.item_view(row)
