"""Records of a file parted into batches: each is one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from wenlan.catalogue.cnmarc import Found, MarcRecord, family, unplaced_kind
from wenlan.catalogue.columns import Prepared, prepare
from wenlan.catalogue.types import MarcFormat, UnplacedKind

BATCH = 300  # records with items: some 60 ms of the one writer lane, which a desk at the same time waits for


@dataclass(slots=True)
class Batch:
    """Up to `BATCH` records with different numbers and contents: what one transaction takes.

    A record whose number or content stands in the batch already waits for the next one: it may be a later version.
    """

    bibliographic: list[tuple[Found, Prepared]] = field(default_factory=list)
    aside: list[tuple[Found, MarcRecord, MarcFormat, UnplacedKind]] = field(default_factory=list)
    rejected: list[Found] = field(default_factory=list)
    later: list[tuple[Found, Prepared]] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def add(self, found: Found, prepared: Prepared) -> None:
        """Take a record, or let it wait behind the one with the same mark."""
        number = prepared.description.control_number
        marks = {prepared.content_hash, f"#{number}"} if number else {prepared.content_hash}
        place = self.bibliographic if self.seen.isdisjoint(marks) else self.later
        place.append((found, prepared))
        self.seen |= marks

    @property
    def is_full(self) -> bool:
        """Whether it should be written now."""
        return len(self.bibliographic) + len(self.aside) + len(self.rejected) >= BATCH or len(self.later) >= BATCH

    def following(self) -> Batch:
        """Return the next batch, begun with what waits."""
        after = Batch()
        for found, prepared in self.later:
            after.add(found, prepared)
        return after


def batches(found: Iterator[Found], told: MarcFormat | None) -> Iterator[Batch]:
    """Sort what is found into batches; records of one number keep their order."""
    batch = Batch()
    for one in found:
        if one.record is None:
            batch.rejected.append(one)
        else:
            of = told or family(one.record)
            if kind := unplaced_kind(one.record, of):
                batch.aside.append((one, one.record, of, kind))
            else:
                batch.add(one, prepare(one.record, of))
        if batch.is_full:
            yield batch
            batch = batch.following()
    while batch.bibliographic or batch.aside or batch.rejected:
        yield batch
        batch = batch.following()
