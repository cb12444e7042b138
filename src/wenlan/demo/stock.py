"""The stock as numbers: which item stands on which shelf and belongs to which record, before anything is written.

Items, records and readers are known by their place in these lists; barcodes follow from it. So a year that was
broken off can be gone on with from the seed alone.
"""

from array import array
from collections.abc import Iterator, MutableSequence, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property

from wenlan.demo.calendar import YearCalendar
from wenlan.demo.plan import YearPlan, evenly, half_up, read_table, share
from wenlan.demo.works import works

SHELVES = ("general", "literature", "youth")
OPENING_SHARES = {"CZ-GENERAL": 27, "CZ-LITERATURE": 29, "CZ-YOUTH": 26, "CZ-BUS": 5, "branches": 13}
ADDED_SHARES = {"CZ-GENERAL": 24, "CZ-LITERATURE": 30, "CZ-YOUTH": 35, "CZ-BUS": 4, "branches": 7}
OWN_SHELF = {"CZ-GENERAL": "general", "CZ-LITERATURE": "literature", "CZ-YOUTH": "youth"}
MIXED = (30, 34, 36)  # how the bus and the branches share the three kinds of shelf
BATCHES = 24
BROUGHT, CHOSEN = 1, 5  # of the year's new books one is brought for a lost one, and some are chosen at a bookshop
PERIODICAL_BATCHES = 4


@dataclass(slots=True)
class Block:
    """Items that come together: to one pool, of one kind of shelf, from `first` on; `records` are of that shelf."""

    pool: str
    shelf: str
    first: int
    count: int
    records: range


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What is accessioned on one day: new sample records of each shelf, and the items that belong to them."""

    day: date
    new_records: dict[str, range]
    blocks: tuple[Block, ...]


@dataclass
class Stock:
    """Every item of the year. `pools` are the places that lend: desks of the main library, the bus, branches."""

    plan: YearPlan
    scale: Fraction
    calendar: YearCalendar
    items: int = 0
    record_count: dict[str, int] = field(default_factory=dict)
    pool_items: dict[str, MutableSequence[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        life = self.plan.stated["network_life"]
        self.per_record: float = life["items_per_record"]
        self.pools = (*OWN_SHELF, "CZ-BUS", *self.branches)
        self.pool_items = {pool: array("l") for pool in self.pools}
        real = [work.shelf for work in works()]
        self.record_count = {shelf: real.count(shelf) for shelf in SHELVES}
        self.opening_records: dict[str, int] = {}
        self.opening = self._opening(max(half_up(life["opening_items"] * self.scale), life["least_items"]))
        self.batches = tuple(self._batches())

    @cached_property
    def branches(self) -> dict[str, int]:
        """Branches and study rooms that lend, with their weights."""
        outlets = read_table("places.toml")[self.plan.network]["outlets"]
        return {row["code"]: row["share"] for row in outlets if row["share"]}

    def pool_of(self, item: int) -> str:
        """Return where an item has its place."""
        return self._pool_by_item[item]

    @cached_property
    def _pool_by_item(self) -> list[str]:
        found = [""] * self.items
        for pool, items in self.pool_items.items():
            for item in items:
                found[item] = pool
        return found

    def _opening(self, total: int) -> tuple[Block, ...]:
        counts = self._by_pool_and_shelf(total, OPENING_SHARES)
        for shelf in SHELVES:
            needed = sum(count for (_, kind), count in counts.items() if kind == shelf)
            self.record_count[shelf] = max(self.record_count[shelf], int(needed / self.per_record))
        self.opening_records = dict(self.record_count)
        return tuple(self._blocks(counts, {shelf: range(self.record_count[shelf]) for shelf in SHELVES}))

    def _by_pool_and_shelf(self, total: int, shares: dict[str, int]) -> dict[tuple[str, str], int]:
        by_place = dict(zip(shares, share(total, list(shares.values())), strict=True))
        counts = {(pool, shelf): by_place[pool] for pool, shelf in OWN_SHELF.items()}
        mixed = {"CZ-BUS": by_place["CZ-BUS"]}
        mixed |= dict(zip(self.branches, share(by_place["branches"], list(self.branches.values())), strict=True))
        for pool, count in mixed.items():
            counts |= {(pool, shelf): part for shelf, part in zip(SHELVES, share(count, MIXED), strict=True)}
        return counts

    def _blocks(self, counts: dict[tuple[str, str], int], records: dict[str, range]) -> Iterator[Block]:
        for (pool, shelf), count in counts.items():
            if count:
                self.pool_items[pool].extend(range(self.items, self.items + count))
                yield Block(pool, shelf, self.items, count, records[shelf])
                self.items += count

    def _batches(self) -> Iterator[Batch]:
        total = self.plan.parts("additions", self.scale)["book"] - BROUGHT - CHOSEN
        days = [day for day in self.calendar.open_days if day.weekday() in (1, 3)]
        parts = share(total, [1] * min(BATCHES, total))
        for day, count in zip(evenly(len(parts), days), parts, strict=True):
            counts = self._by_pool_and_shelf(count, ADDED_SHARES)
            new = dict(self._new_records(counts))
            yield Batch(day=day, new_records=new, blocks=tuple(self._blocks(counts, new)))

    def _new_records(self, counts: dict[tuple[str, str], int]) -> Iterator[tuple[str, range]]:
        for shelf in SHELVES:
            needed = sum(count for (_, kind), count in counts.items() if kind == shelf)
            if needed:
                first = self.record_count[shelf]
                self.record_count[shelf] += max(1, int(needed / self.per_record))
                yield shelf, range(first, self.record_count[shelf])

    def batch_on(self, day: date) -> Batch | None:
        """Return what is accessioned on a day."""
        return self._batch_by_day.get(day)

    @cached_property
    def _batch_by_day(self) -> dict[date, Batch]:
        return {batch.day: batch for batch in self.batches}

    @cached_property
    def arrival(self) -> Sequence[int]:
        """From which day (its place in the year) each item can be lent; the opening stock from the first."""
        first = self.calendar.days[0]
        found = array("i", [0]) * self.items
        for batch in self.batches:
            for block in batch.blocks:
                for item in range(block.first, block.first + block.count):
                    found[item] = (batch.day - first).days + 1
        return found


def barcode(item: int) -> str:
    """Return the barcode of a lendable item."""
    return f"CZ{item + 1:08d}"


def records_of(block: Block) -> Iterator[tuple[int, int]]:
    """Yield (item, record of its shelf): copies of one record are spread over the block."""
    size = len(block.records)
    for at in range(block.count):
        yield block.first + at, block.records[at * 7919 % size if size % 7919 else at % size]
