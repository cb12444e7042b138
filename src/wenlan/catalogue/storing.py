"""Rows of records and their numbers, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from wenlan.catalogue.authorities.keeping import write_links
from wenlan.catalogue.columns import Prepared
from wenlan.catalogue.editing.history import keep_change
from wenlan.catalogue.editing.types import Change
from wenlan.catalogue.models import BibRecord, RecordNumber
from wenlan.catalogue.types import VersionKind

INDEX_TOPIC = "catalogue.index"


def create_rows(prepared: Sequence[Prepared], *, node: int, at: datetime) -> list[BibRecord]:
    """Insert records and their numbers; returns the rows with their ids, in the order given."""
    rows = [BibRecord(node_id=node, created_at=at, updated_at=at, **one.values()) for one in prepared]
    BibRecord.objects.bulk_create(rows)
    described = list(zip((row.pk for row in rows), prepared, strict=True))
    _write_numbers(described)
    write_links(described, anew=False)
    return rows


def update_row(record: int, prepared: Prepared, *, at: datetime, change: Change | None = None) -> int:
    """Replace everything that follows from the native form, the record's numbers with it; returns the new version.

    Locks the record's row; the form that was there stays in its history. Without `change` a file made it.
    """
    before = BibRecord.objects.select_for_update().only("content_hash", "node_id", "updated_at", "marc").get(pk=record)
    version = keep_change(
        before,
        change or Change(VersionKind.IMPORTED, at),
        content_hash=prepared.content_hash,
        marc=prepared.marc.to_json(),
    )
    BibRecord.objects.filter(pk=record).update(updated_at=at, **prepared.values())
    RecordNumber.objects.filter(record_id=record).delete()
    _write_numbers([(record, prepared)])
    write_links([(record, prepared)], anew=True)
    return version


def _write_numbers(described: Iterable[tuple[int, Prepared]]) -> None:
    RecordNumber.objects.bulk_create(
        RecordNumber(record_id=record, kind=number.kind, number=number.number)
        for record, one in described
        for number in one.description.numbers
    )
