"""Records of a file described, and parted into batches: each is one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from wenlan.catalogue.cnmarc import Found, MarcRecord, family, unplaced_kind
from wenlan.catalogue.columns import Prepared, Row, prepare
from wenlan.catalogue.types import KeptRecord, MarcFormat, UnplacedKind

BATCH = 300  # records with items: some 60 ms of the one writer lane, which a desk at the same time waits for

Reads = Callable[[MarcRecord, MarcFormat], Any]


class Companion(Protocol):
    """Who makes more of the records of a file: is given each batch, in its transaction.

    `reads` is what they want to know of a record. It is called where the record is read, perhaps in another process,
    so it is a function that bears pickling; what it returns stands in `KeptRecord.read`.
    """

    @property
    def reads(self) -> Reads: ...

    def __call__(self, batch: Sequence[KeptRecord], /) -> None: ...


class Incoming(NamedTuple):
    """A bibliographic record of a file, described: where it stood, its bytes, and its row.

    `read` is what a companion wanted to know. Plain values only: it may come from another process.
    """

    position: int
    raw: bytes
    encoding: str
    notes: tuple[str, ...]
    row: Row
    read: Any = None


class Aside(NamedTuple):
    """A record of a file that is no bibliographic one, and what it is."""

    found: Found
    marc: MarcRecord
    format: MarcFormat
    kind: UnplacedKind

    @property
    def position(self) -> int:
        """Where it stood in the file, counted from 1."""
        return self.found.position


Described = Incoming | Aside | Found  # a Found is what could not be read


class Batch(NamedTuple):
    """Up to `BATCH` records with different numbers and contents: what one transaction takes."""

    bibliographic: list[Incoming]
    aside: list[Aside]
    rejected: list[Found]


def described(found: Iterable[Found], told: MarcFormat | None, reads: Reads | None = None) -> Iterator[Described]:
    """Say of each record of a file what it is; its format is found out unless told."""
    for one in found:
        if one.record is None:
            yield one
            continue
        of = told or family(one.record)
        if kind := unplaced_kind(one.record, of):
            yield Aside(one, one.record, of, kind)
        else:
            yield incoming(one, prepare(one.record, of), reads)


def incoming(found: Found, prepared: Prepared, reads: Reads | None = None) -> Incoming:
    """Return a record that was found and described as a batch takes it."""
    read = reads(prepared.marc, prepared.format) if reads else None
    return Incoming(found.position, found.raw, found.encoding, found.notes, prepared.row(), read)


def batches(records: Iterable[Described]) -> Iterator[Batch]:
    """Sort described records into batches; those of one number keep their order."""
    filling = _Filling()
    for one in records:
        filling.take(one)
        if filling.is_full:
            yield filling.batch
            filling = filling.following()
    while any(filling.batch):
        yield filling.batch
        filling = filling.following()


@dataclass(slots=True)
class _Filling:
    """A batch as it fills.

    A record whose number or content stands in it already waits for the next one: it may be a later version.
    """

    batch: Batch = field(default_factory=lambda: Batch([], [], []))
    later: list[Incoming] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def take(self, one: Described) -> None:
        """Put a record to its like, or let it wait behind the one with the same mark."""
        if isinstance(one, Found):
            self.batch.rejected.append(one)
        elif isinstance(one, Aside):
            self.batch.aside.append(one)
        else:
            content, number, *_rest = one.row.identity
            marks = {content, f"#{number}"} if number else {content}
            place = self.batch.bibliographic if self.seen.isdisjoint(marks) else self.later
            place.append(one)
            self.seen |= marks

    @property
    def is_full(self) -> bool:
        """Whether it should be written now."""
        bibliographic, aside, rejected = self.batch
        return len(bibliographic) + len(aside) + len(rejected) >= BATCH or len(self.later) >= BATCH

    def following(self) -> _Filling:
        """Return the next batch, begun with what waits."""
        after = _Filling()
        for one in self.later:
            after.take(one)
        return after
