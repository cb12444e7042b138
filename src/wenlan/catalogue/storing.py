"""Rows of records and their numbers, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from wenlan.catalogue import statements
from wenlan.catalogue.authorities.keeping import write_links
from wenlan.catalogue.columns import Prepared
from wenlan.catalogue.editing.history import keep_changes
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
    return update_rows([(record, prepared)], at=at, change=change)[record]


def update_rows(
    described: Sequence[tuple[int, Prepared]], *, at: datetime, change: Change | None = None
) -> dict[int, int]:
    """Do for several records what `update_row` does for one, each once; returns the new version of each."""
    if not described:
        return {}
    ids = [record for record, _one in described]
    rows = BibRecord.objects.select_for_update().only("content_hash", "node_id", "updated_at", "marc")
    before = {row.pk: row for row in rows.filter(pk__in=ids).order_by("pk")}
    changed = [(before[record], one.content_hash, one.marc.to_json()) for record, one in described]
    versions = keep_changes(changed, change or Change(VersionKind.IMPORTED, at))
    RecordNumber.objects.filter(record_id__in=ids).delete()
    numbers = [(record, *number) for record, one in described for number in one.description.numbers]
    with connection.cursor() as cursor:
        for record, one in described:
            statements.update_record(cursor, record, (instant(at), *one.cells()))
        statements.insert_numbers(cursor, numbers)
    write_links(described, anew=True)
    return versions
