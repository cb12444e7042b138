"""Rows of records and their numbers, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from wenlan.catalogue import statements
from wenlan.catalogue.authorities.keeping import write_links
from wenlan.catalogue.columns import Prepared
from wenlan.catalogue.editing.history import keep_change
from wenlan.catalogue.editing.types import Change
from wenlan.catalogue.models import BibRecord, RecordNumber
from wenlan.catalogue.types import VersionKind
from wenlan.kernel.ids import new_uid
from wenlan.kernel.sql import instant

INDEX_TOPIC = "catalogue.index"


def create_rows(prepared: Sequence[Prepared], *, node: int, at: datetime) -> list[BibRecord]:
    """Insert records and their numbers; returns the rows with their ids, in the order given."""
    rows = [BibRecord(node_id=node, created_at=at, updated_at=at, **one.values()) for one in prepared]
    BibRecord.objects.bulk_create(rows)
    _write_beside(list(zip((row.pk for row in rows), prepared, strict=True)))
    return rows


def create_many(prepared: Sequence[Prepared], *, node: int, at: datetime) -> list[int]:
    """Insert many records and their numbers with few statements; returns their ids, in the order given."""
    if not prepared:
        return []
    is_text = connection.vendor == "sqlite"  # keeps a UUID as 32 hexadecimal digits
    moment = instant(at)
    rows = []
    for one in prepared:
        uid = new_uid()
        rows.append((uid.hex if is_text else uid, node, moment, moment, 0, *one.cells()))
    with connection.cursor() as cursor:
        ids = statements.insert_records(cursor, rows)
    _write_beside(list(zip(ids, prepared, strict=True)))
    return ids


def _write_beside(described: Sequence[tuple[int, Prepared]]) -> None:
    """Write the numbers of records, and their links to authorities."""
    numbers = [(record, *number) for record, one in described for number in one.description.numbers]
    with connection.cursor() as cursor:
        statements.insert_numbers(cursor, numbers)
    write_links(described, anew=False)


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
    RecordNumber.objects.filter(record_id=record).delete()
    with connection.cursor() as cursor:
        statements.update_record(cursor, record, (instant(at), *prepared.cells()))
        statements.insert_numbers(cursor, [(record, *number) for number in prepared.description.numbers])
    write_links([(record, prepared)], anew=True)
    return version
