"""Hand-written SQL of the harvest: records in the order of their last change, and which places hold them.

Reads records through `catalogue_harvest_facts` and items through `holdings_facts`.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from wenlan.kernel.sql import instant
from wenlan.protocols.oai_pmh.messages import Header, Request

IN_THE_SET = """EXISTS (SELECT 1 FROM holdings_facts i WHERE i.record_id = r.id AND i.status <> 'withdrawn'
AND i.shelved_at_id IN ({marks}))"""


def changes(request: Request, nodes: Collection[int] | None, limit: int) -> tuple[Header, ...]:
    """Return the next records of a list (one statement); `nodes` leaves only those that one of them holds."""
    conditions: list[str] = ["1 = 1"]
    values: list[Any] = []
    if request.start:
        conditions.append("r.updated_at >= %s")
        values.append(instant(request.start))
    if request.end:
        conditions.append("r.updated_at < %s")
        values.append(instant(request.end))
    if request.last_at:
        conditions.append("(r.updated_at, r.id) > (%s, %s)")
        values += [instant(request.last_at), request.last_id]
    if nodes is not None:
        conditions.append(IN_THE_SET.format(marks=", ".join(["%s"] * len(nodes)) or "NULL"))
        values += sorted(nodes)
    sql = (
        f"SELECT r.id, r.uid, r.updated_at, r.is_gone FROM catalogue_harvest_facts r WHERE {' AND '.join(conditions)} "
        "ORDER BY r.updated_at, r.id LIMIT %s"
    )
    return tuple(_header(row) for row in _rows(sql, [*values, limit]))


def change_of(uid: UUID) -> Header | None:
    """Return one record as a list of changes has it, or None (one statement)."""
    key = uid.hex if connection.vendor == "sqlite" else uid
    found = _rows("SELECT r.id, r.uid, r.updated_at, r.is_gone FROM catalogue_harvest_facts r WHERE r.uid = %s", [key])
    return _header(found[0]) if found else None


def first_change() -> datetime | None:
    """Return when the record changed last that has been still for longest, or None without records."""
    found = _rows("SELECT r.updated_at FROM catalogue_harvest_facts r ORDER BY r.updated_at LIMIT 1", [])
    return _aware(found[0][0]) if found else None


def places(records: Collection[int]) -> dict[int, frozenset[int]]:
    """Return at which nodes each record has its units (one statement)."""
    if not records:
        return {}
    marks = ", ".join(["%s"] * len(records))
    sql = (
        "SELECT DISTINCT i.record_id, i.shelved_at_id FROM holdings_facts i "
        f"WHERE i.record_id IN ({marks}) AND i.status <> 'withdrawn'"
    )
    found: dict[int, set[int]] = {}
    for record, node in _rows(sql, [*records]):
        found.setdefault(record, set()).add(node)
    return {record: frozenset(nodes) for record, nodes in found.items()}


def _rows(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _header(row: tuple[Any, ...]) -> Header:
    return Header(row[0], str(row[1] if isinstance(row[1], UUID) else UUID(row[1])), _aware(row[2]), bool(row[3]))


def _aware(stored: datetime | str) -> datetime:
    """Return an instant as the database gave it: SQLite keeps naive UTC text, exact to the microsecond."""
    found = datetime.fromisoformat(stored) if isinstance(stored, str) else stored
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
