"""Registering items as property, changing what may be done with them, and taking them out of the stock."""

from collections import Counter
from collections.abc import Sequence

from django.db import transaction

from wenlan.catalogue import queries as catalogue
from wenlan.catalogue.types import RecordView
from wenlan.holdings import policies, queries, states, telling
from wenlan.holdings.accounts import entering
from wenlan.holdings.call_numbers import operations as numbering
from wenlan.holdings.call_numbers import queries as call_numbers
from wenlan.holdings.call_numbers.policies import sort_key
from wenlan.holdings.errors import BarcodeMissing, BarcodeTaken, ItemInUse, ReasonMissing
from wenlan.holdings.models import BookEntry, Item, Treatment
from wenlan.holdings.policies import barcode_key
from wenlan.holdings.types import Direction, ItemView, NewItem, NewTreatment, Transition, TreatmentOutcome
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
    marks = _call_numbers(act, new, records)
    numbers = _accession_numbers(act, new)
    entries = _entries(act, new)
    rows = [
        _row(act, key, item, record=records[item.record], mark=mark, number=number)
        for (key, item), number, mark in zip(fresh, numbers, marks, strict=True)
    ]
    for row, item in zip(rows, new, strict=True):
        row.entered_in = entries[row.owner_node_id, item.origin, item.batch, item.source]
    entering.add_paid((row.entered_in_id, item.paid_fen) for row, item in zip(rows, new, strict=True))
    Item.objects.bulk_create(rows, batch_size=CHUNK)
    ledger.record_many([_accessioned(act, row, item.origin) for row, item in zip(rows, new, strict=True)])
    telling.let_know(row.record_id for row in rows)
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


def _call_numbers(act: Act, items: Sequence[NewItem], records: dict[int, RecordView]) -> list[str]:
    """The shelf mark of each item: what it brings, else that of its title in the scheme of its place."""
    known = call_numbers.schemes()
    places = [item.shelved_at or item.owner or act.node for item in items]
    by_place = {place: call_numbers.scheme_of(place, known) for place in set(places)}
    of = [by_place[place] for place in places]
    schemes = {scheme.code: scheme for scheme in of}
    numbering.note_given((scheme.code, item.call_number) for item, scheme in zip(items, of, strict=True))
    wanted = {(scheme.code, item.record) for item, scheme in zip(items, of, strict=True) if not item.call_number}
    marks = numbering.marks(act, wanted, records, schemes)
    return [(item.call_number or marks[scheme.code, item.record])[:60] for item, scheme in zip(items, of, strict=True)]


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


def _entries(act: Act, items: Sequence[NewItem]) -> dict[tuple[int, str, str, str], BookEntry]:
    """The lines of the batch register that the items belong to; the owners' books are held by their numbers."""
    wanted = sorted({(item.owner or act.node, item.origin, item.batch, item.source) for item in items})
    return {
        (owner, origin, batch, source): entering.entry(
            act, owner=owner, direction=Direction.IN, way=origin, voucher=batch, source=source
        )
        for owner, origin, batch, source in wanted
    }


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
        call_number=mark,
        call_key=sort_key(mark),
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


@transaction.atomic
def change_state(act: Act, *, item: int, transition: str, reason: str = "") -> ItemView:
    """Take an item through one of the acts that staff do by hand: found, missing, damaged, out of service ...

    The stock does not change. Raises ItemUnknown, StatusNotAllowed and ReasonMissing. Repeating `act.key`
    changes nothing.
    """
    row = states.lock_item(item)
    if not states.done_before(act, item):
        if transition not in policies.BY_HAND:
            raise states.refuse(row, transition)
        states.change(act, [row], transition, reason=reason)
        _audit_state(act, row, transition, reason)
    return queries.item_view(row)


@transaction.atomic
def send_for_treatment(act: Act, *, item: int, treatment: NewTreatment) -> ItemView:
    """Send an item to repair (修补) or to the bindery (装订). Raises ItemUnknown, StatusNotAllowed, ReasonMissing.

    Repeating `act.key` changes nothing.
    """
    row = states.lock_item(item)
    if not states.done_before(act, item):
        if not treatment.work.strip():
            raise ReasonMissing()
        transition = policies.TREATMENTS[treatment.kind]
        states.change(act, [row], transition, reason=treatment.work)
        Treatment.objects.create(
            item=row,
            kind=treatment.kind,
            sent_on=act.day,
            sent_to=treatment.sent_to,
            work=treatment.work[:200],
            expected_on=treatment.expected_on,
            key=f"{act.key}/{item}"[:120],
        )
        _audit_state(act, row, transition, treatment.work)
    return queries.item_view(row)


@transaction.atomic
def end_treatment(act: Act, *, item: int, outcome: str, cost_fen: int | None = None, note: str = "") -> ItemView:
    """Take an item back from repair or bindery: fit for use, or beyond repair and then damaged.

    `cost_fen` is what the work cost. An item that was lent meanwhile, by somebody who overruled, keeps its state.
    Raises ItemUnknown, and StatusNotAllowed when there is no open treatment; repeating `act.key` changes nothing.
    """
    row = states.lock_item(item)
    open_now = Treatment.objects.filter(item=row, returned_on=None)
    if not states.done_before(act, item):
        transition = Transition.RESTORE if outcome == TreatmentOutcome.DONE else Transition.GIVE_UP
        if row.status in policies.AWAY or not open_now.exists():
            states.change(act, [row], transition, reason=note)
        open_now.update(returned_on=act.day, outcome=outcome, cost_fen=cost_fen, note=note[:200])
        _audit_state(act, row, transition, note)
    return queries.item_view(row)


def _audit_state(act: Act, row: Item, transition: str, reason: str) -> None:
    audit(act, f"holdings.{transition}", f"item:{row.pk}", after={"status": row.status}, reason=reason)


@transaction.atomic
def relocate(act: Act, *, item: int, shelved_at: int, department: int | None = None) -> ItemView:
    """Give an item that is in the house another place (馆藏地); the owner does not change.

    Raises ItemUnknown and ItemInUse.
    """
    row = states.lock_item(item)
    if row.status in policies.NOT_TO_BE_MOVED:
        raise ItemInUse(barcode=row.barcode)
    before = {"shelved_at": row.shelved_at_id, "department": row.department_id}
    row.shelved_at_id = row.present_node_id = shelved_at
    row.department_id = department
    row.save(update_fields=["shelved_at", "present_node", "department"])
    telling.let_know([row.record_id])
    after = {"shelved_at": shelved_at, "department": department}
    audit(act, "holdings.relocate", f"item:{item}", before=before, after=after)
    return queries.item_view(row)


def deregister(act: Act, rows: Sequence[Item], *, reason: str, way: str = "", approval: str = "") -> None:
    """Take locked items that are set aside out of the stock (注销), out of both registers, and record it in the ledger.

    The last step of a disposal, in its transaction; `approval` is the number of its paper (批准文号). Raises
    StatusNotAllowed and MonthLocked; the items stay in the table for ever.
    """
    owners = sorted({row.owner_node_id for row in rows})
    for owner in owners:
        entering.hold_books(owner)
    entries = {
        owner: entering.entry(act, owner=owner, direction=Direction.OUT, way=way, voucher=approval) for owner in owners
    }
    for row in rows:
        row.withdrawn_on, row.withdrawal_reason = act.day, reason[:200]
        row.left_in = entries[row.owner_node_id]
    states.change(act, rows, Transition.WITHDRAW, reason=reason)
    ledger.record_many([_deregistered(act, row) for row in rows])


def _deregistered(act: Act, row: Item) -> EventRow:
    return ledger.event_row(act, Kind.STOCK_DEREGISTERED, item=_dimensions(row), source=f"item-end:{row.uid}")
