"""Rows of records and their numbers, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from wenlan.catalogue import statements
from wenlan.catalogue.authorities.keeping import write_links
from wenlan.catalogue.columns import Prepared, Row
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
    _write_beside([(row.pk, one.row()) for row, one in zip(rows, prepared, strict=True)])
    return rows


def create_many(described: Sequence[Row], *, node: int, at: datetime) -> list[int]:
    """Insert many records and their numbers with few statements; returns their ids, in the order given."""
    if not described:
        return []
    is_text = connection.vendor == "sqlite"  # keeps a UUID as 32 hexadecimal digits
    moment = instant(at)
    rows = []
    for one in described:
        uid = new_uid()
        rows.append((uid.hex if is_text else uid, node, moment, moment, 0, *one.said))
    with connection.cursor() as cursor:
        ids = statements.insert_records(cursor, rows)
    _write_beside(list(zip(ids, described, strict=True)))
    return ids


def _write_beside(described: Sequence[tuple[int, Row]]) -> None:
    """Write the numbers of records, and their links to authorities."""
    with connection.cursor() as cursor:
        statements.insert_numbers(cursor, [(record, *number) for record, row in described for number in row.numbers])
    write_links(described, anew=False)


def update_row(record: int, prepared: Prepared, *, at: datetime, change: Change | None = None) -> int:
    """Replace everything that follows from the native form, the record's numbers with it; returns the new version.

    Locks the record's row; the form that was there stays in its history. Without `change` a file made it.
    """
    return update_rows([(record, prepared.row())], at=at, change=change)[record]


def update_rows(described: Sequence[tuple[int, Row]], *, at: datetime, change: Change | None = None) -> dict[int, int]:
    """Do for several records what `update_row` does for one, each once; returns the new version of each."""
    if not described:
        return {}
    ids = [record for record, _row in described]
    standing = BibRecord.objects.select_for_update().only("content_hash", "node_id", "updated_at", "marc")
    before = {one.pk: one for one in standing.filter(pk__in=ids).order_by("pk")}
    changed = [(before[record], row.identity.content_hash, row.native) for record, row in described]
    versions = keep_changes(changed, change or Change(VersionKind.IMPORTED, at))
    RecordNumber.objects.filter(record_id__in=ids).delete()
    with connection.cursor() as cursor:
        for record, row in described:
            statements.update_record(cursor, record, (instant(at), *row.said))
        statements.insert_numbers(cursor, [(record, *number) for record, row in described for number in row.numbers])
    write_links(described, anew=True)
    return versions
