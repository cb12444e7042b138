"""What stands beside the shelves that are lent from by plan: books that travel, are asked for by name, get lost.

The plan of the year never lends these, so whatever is done with them leaves its figures as they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wenlan.catalogue import operations as catalogue
from wenlan.circulation.types import ItemRef
from wenlan.demo.stage import Stage
from wenlan.demo.works import sample_record
from wenlan.holdings import operations as holdings
from wenlan.holdings import queries as items
from wenlan.holdings.types import NewItem

PRICE_FEN = 3980
SAMPLES_FROM = 90_000  # numbers of sample records that no shelf reaches


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """So many books of one kind of shelf with their place at a pool, department or node; `skips` so many works."""

    code: str
    place: str
    shelf: str
    count: int
    skips: int = 0


COLLECTIONS = (
    Collection(code="rotation", place="CZ-GENERAL", shelf="general", count=32),
    Collection(code="points", place="CZ-LITERATURE", shelf="literature", count=30),
    Collection(code="village", place="CZ-V01", shelf="general", count=36, skips=60),
    Collection(code="class", place="CZ-YOUTH", shelf="youth", count=40),
    Collection(code="branch", place="CZ-B01", shelf="literature", count=24, skips=60),
    Collection(code="wished", place="CZ-LITERATURE", shelf="literature", count=24, skips=84),
    Collection(code="worn", place="CZ-GENERAL", shelf="general", count=12, skips=96),
    Collection(code="parcel", place="CZ-GENERAL", shelf="general", count=10, skips=108),
    Collection(code="ordered", place="CZ-LITERATURE", shelf="literature", count=24, skips=108),
    Collection(code="new", place="CZ-O-PROCESSING", shelf="general", count=14, skips=128),
)
LOST = Collection(code="lost", place="CZ-B01", shelf="general", count=4)


def barcodes(code: str) -> Sequence[str]:
    """Return the barcodes of a collection, in its order."""
    first = 0
    for one in (*COLLECTIONS, LOST):
        if one.code == code:
            return [f"CZL{number + 1:07d}" for number in range(first, first + one.count)]
        first += one.count
    raise KeyError(code)


def refs(code: str) -> list[ItemRef]:
    """Return a collection as a scanner reads it."""
    return [ItemRef(barcode) for barcode in barcodes(code)]


def ids(stage: Stage, code: str, start: int = 0, stop: int | None = None) -> list[int]:
    """Return the ids of a collection's items, in its order; each is asked for once."""
    wanted = barcodes(code)[start:stop]
    for barcode in wanted:
        if barcode not in stage.item_ids:
            stage.item_ids[barcode] = items.item_by_barcode(barcode).id
    return [stage.item_ids[barcode] for barcode in wanted]


def shelve(stage: Stage, records: Mapping[str, Sequence[int]]) -> None:
    """Register the collections; `records` are ids of the opening records by kind of shelf, real works first."""
    for one in COLLECTIONS:
        known = records[one.shelf]
        accession(stage, one, [known[(one.skips + at) % len(known)] for at in range(one.count)], None)
    marc = [sample_record(stage.seed, LOST.shelf, SAMPLES_FROM + at) for at in range(LOST.count)]
    act = stage.taken_over("records:lost", by="cataloguer")
    accession(stage, LOST, catalogue.add_records(act, records=marc, index=False), PRICE_FEN)


def accession(stage: Stage, one: Collection, records: Sequence[int], price_fen: int | None) -> None:
    """Register one collection."""
    act = stage.taken_over(f"collection:{one.code}", by="acquisitions")
    new = [
        NewItem(
            record=record,
            barcode=barcode,
            owner=stage.library,
            shelved_at=stage.node_of(one.place),
            department=stage.departments.get(one.place),
            list_price_fen=price_fen,
            origin="purchase",
            key=f"demo:item:{barcode}",
        )
        for record, barcode in zip(records, barcodes(one.code), strict=True)
    ]
    holdings.accession_many(act, items=new)
