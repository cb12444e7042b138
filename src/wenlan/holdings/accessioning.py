"""Registering items as the library's property (财产登记): one, or a file's ten thousands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django.db import connection, transaction

from wenlan.catalogue import queries as catalogue
from wenlan.catalogue.types import ShelfFacts
from wenlan.holdings import policies, queries, statements, telling
from wenlan.holdings.accounts import entering
from wenlan.holdings.call_numbers import operations as numbering
from wenlan.holdings.call_numbers import queries as call_numbers
from wenlan.holdings.call_numbers.copies import Copy, copy_marks
from wenlan.holdings.call_numbers.policies import sort_key
from wenlan.holdings.dimensions import at_owner
from wenlan.holdings.errors import AccessionNumberTaken, BarcodeMissing, BarcodeTaken
from wenlan.holdings.policies import barcode_key
from wenlan.holdings.types import Direction, ItemView, NewItem
from wenlan.jobs import operations as jobs
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import NotFound
from wenlan.kernel.ids import new_uid
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.ledger.types import EventRow

CHUNK = 500
NO_FACTS: Mapping[int, ShelfFacts] = MappingProxyType({})
Line = tuple[int, str, str, str]  # of the batch register: owner, origin, batch, source


def accession(act: Act, *, item: NewItem) -> ItemView:
    """Register one item (财产登记) and record it in the ledger.

    Raises BarcodeMissing, BarcodeTaken, AccessionNumberTaken, and NotFound for an unknown record; then nothing is
    written. Repeating `act.key` returns the item registered the first time.
    """
    (item_id,) = accession_many(act, items=[item])
    return queries.item(item_id)


@transaction.atomic
def accession_many(
    act: Act, *, items: Sequence[NewItem], facts: Mapping[int, ShelfFacts] = NO_FACTS
) -> tuple[int, ...]:
    """Register a batch as `accession` does, all or none, with few statements; return the items' ids.

    Accession numbers that items do not bring run on without a gap by owner, above those that were brought. The ledger
    takes one row an item; an opening stock comes through the import channel, and is then no addition of the year.
    `facts` are those of records that the caller has at hand.
    """
    keys = [item.key or (f"{act.key}/{at}" if at else act.key) for at, item in enumerate(items)]
    with connection.cursor() as cursor:
        known = statements.items_by_key(cursor, keys)
        fresh = [(key, item) for key, item in zip(keys, items, strict=True) if key not in known]
        if fresh:
            known |= _register(cursor, act, fresh, facts)
    return tuple(known[key] for key in keys)


def _register(
    cursor: Any, act: Act, fresh: Sequence[tuple[str, NewItem]], facts: Mapping[int, ShelfFacts]
) -> dict[str, int]:
    """Write new items with their lines, numbers and ledger rows; return their ids by key."""
    new = [item for _, item in fresh]
    _refuse_barcodes(cursor, new)
    records = _records(new, facts)
    marks = _call_numbers(act, new, records)
    numbers = _accession_numbers(cursor, act, new)
    entries = _entries(act, new)
    entering.add_paid((entries[_line(act, item)], item.paid_fen) for item in new)
    day, is_text = act.day, connection.vendor == "sqlite"
    events = _Accessioned(act)
    rows = []
    for (key, item), number, mark in zip(fresh, numbers, marks, strict=True):
        uid, owner, record = new_uid(), item.owner or act.node, records[item.record]
        place = item.shelved_at or owner
        material, main_class = item.material or record.material, item.main_class or record.main_class
        audience, language = item.audience or record.audience, item.language or record.language
        price = item.list_price_fen if item.list_price_fen is not None else record.price_fen
        rows.append(
            (
                *(uid.hex if is_text else uid, item.record, item.barcode.strip(), barcode_key(item.barcode)),
                *(item.barcode_scope, owner, place, place, item.department, item.status, day, item.lending),
                *(material, mark, sort_key(mark), main_class, audience, language, item.volume, price),
                *(number, day, entries[_line(act, item)], key, "", 0),
            )
        )
        events.add(item.origin, f"item:{uid}", owner, (material, main_class, audience, language))
    made = statements.insert_items(cursor, rows)
    ledger.record_many(events.rows)
    telling.let_know(item.record for item in new)
    return made


class _Accessioned:
    """The ledger's rows of a batch; what they have in common is worked out once for each owner and way of coming."""

    def __init__(self, act: Act) -> None:
        self.act = act
        self.rows: list[EventRow] = []
        self.common: dict[tuple[int, str], EventRow] = {}

    def add(self, origin: str, source: str, owner: int, dimensions: tuple[str, str, str, str]) -> None:
        """Add the row of one item; `dimensions` are material, main class, audience, language."""
        common = self.common.get((owner, origin))
        if common is None:
            told = at_owner(self.act, owner)
            common = ledger.event_row(told, Kind.STOCK_ACCESSIONED, subject=origin, owner_node=owner, source="")
            self.common[owner, origin] = common
        material, main_class, audience, language = dimensions
        self.rows.append(
            common._replace(
                source=source,
                item_material=material,
                item_class=main_class,
                item_audience=audience,
                item_language=language,
            )
        )


def _refuse_barcodes(cursor: Any, items: Sequence[NewItem]) -> None:
    wanted: set[tuple[str, str]] = set()
    for item in items:
        place = barcode_key(item.barcode), item.barcode_scope
        if not place[0]:
            raise BarcodeMissing()
        if place in wanted:
            raise BarcodeTaken(barcode=item.barcode)
        wanted.add(place)
    for place in statements.items_by_barcode(cursor, {key for key, _scope in wanted}):
        if place in wanted:
            raise BarcodeTaken(barcode=place[0])


def _records(items: Sequence[NewItem], facts: Mapping[int, ShelfFacts]) -> Mapping[int, ShelfFacts]:
    wanted = {item.record for item in items}
    ids = sorted(wanted - facts.keys())
    found = {record: facts[record] for record in wanted & facts.keys()}
    for start in range(0, len(ids), CHUNK):
        found.update(catalogue.shelf_facts(ids[start : start + CHUNK]))
    for record in ids:
        if record not in found:
            raise NotFound(what=record)
    return found


def _call_numbers(act: Act, items: Sequence[NewItem], records: Mapping[int, ShelfFacts]) -> list[str]:
    """The shelf mark of each item: what it brings, else that of its title in the scheme of its place."""
    known = call_numbers.schemes()
    places = [item.shelved_at or item.owner or act.node for item in items]
    by_place = {place: call_numbers.scheme_of(place, known) for place in set(places)}
    of = [by_place[place] for place in places]
    schemes = {scheme.code: scheme for scheme in of}
    numbering.note_given((scheme.code, item.call_number) for item, scheme in zip(items, of, strict=True))
    wanted = {(scheme.code, item.record) for item, scheme in zip(items, of, strict=True) if not item.call_number}
    marks = numbering.marks(act, wanted, records, schemes) if wanted else {}
    copies = [
        Copy(record=item.record, scheme=scheme, department=item.department, volume=item.volume, place=place)
        for item, scheme, place in zip(items, of, places, strict=True)
    ]
    composed = copy_marks(copies, marks)
    return [(item.call_number or mark)[:60] for item, mark in zip(items, composed, strict=True)]


def _accession_numbers(cursor: Any, act: Act, items: Sequence[NewItem]) -> list[str]:
    """Return the number of each item: the one it brings, else the next of its owner, whose books are held by that."""
    owners = [item.owner or act.node for item in items]
    brought = Counter((owner, item.accession_number) for owner, item in zip(owners, items, strict=True))
    for owner in sorted(set(owners)):
        numbers = {number for of, number in brought if of == owner and number}
        taken = statements.numbers_taken(cursor, owner, numbers) | {one for one in numbers if brought[owner, one] > 1}
        if taken:
            raise AccessionNumberTaken(number=min(taken))
        if running := [one for number in numbers if (one := policies.running_accession(number)) is not None]:
            jobs.raise_counters("accession", {str(owner): max(running)})
    following = {
        owner: jobs.next_number("accession", str(owner), count=brought[owner, ""]) for owner in sorted(set(owners))
    }
    found = []
    for owner, item in zip(owners, items, strict=True):
        found.append(item.accession_number or policies.accession_number(following[owner]))
        following[owner] += not item.accession_number
    return found


def _line(act: Act, item: NewItem) -> Line:
    """Return which line of the batch register an item belongs to."""
    return item.owner or act.node, item.origin, item.batch, item.source


def _entries(act: Act, items: Sequence[NewItem]) -> dict[Line, int]:
    """The lines of the batch register that the items belong to; the owners' books are held by their numbers."""
    return {
        (owner, origin, batch, source): entering.entry(
            act, owner=owner, direction=Direction.IN, way=origin, voucher=batch, source=source
        ).pk
        for owner, origin, batch, source in sorted({_line(act, item) for item in items})
    }
