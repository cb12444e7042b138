"""Rows of records and their numbers, in the caller's transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

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
    described = list(zip((row.pk for row in rows), prepared, strict=True))
    _write_numbers(described)
    write_links(described, anew=False)
    return rows


def create_many(prepared: Sequence[Prepared], *, node: int, at: datetime) -> list[int]:
    """Insert many records and their numbers with few statements; returns their ids, in the order given."""
    if not prepared:
        return []
    rows = [_row(one, node, instant(at)) for one in prepared]
    with connection.cursor() as cursor:
        ids = statements.insert_records(cursor, rows)
        described = list(zip(ids, prepared, strict=True))
        numbers = {(record, *number) for record, one in described for number in one.description.numbers}
        statements.insert_numbers(cursor, sorted(numbers))
    write_links(described, anew=False)
    return ids


def _row(one: Prepared, node: int, at: Any) -> list[Any]:
    """Return the values of a record's row, as the database takes them."""
    uid = new_uid()
    values = {
        **one.values(),
        "uid": uid.hex if connection.vendor == "sqlite" else uid,
        "node_id": node,
        "popularity": 0,
        "created_at": at,
        "updated_at": at,
    }
    return [
        json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value
        for value in (values[name] for name in statements.RECORD_COLUMNS)
    ]


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
