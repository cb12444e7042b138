"""Every table as lines of JSON, the same from either database, and back."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models

LEFT_OUT = {"django_session", "django_content_type", "auth_permission", "auth_group", "auth_group_permissions"}
BATCH = 2000


def tables() -> list[type[models.Model]]:
    """Return the models of every table that a backup carries."""
    known = apps.get_models(include_auto_created=True)
    return [model for model in known if model._meta.db_table not in LEFT_OUT and not model._meta.proxy]


def columns(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """Return the stored fields of a model."""
    return [field for field in model._meta.concrete_fields if field.column]


def lines_of(model: type[models.Model]) -> Iterator[bytes]:
    """Yield the rows of a table, each a JSON array in the order of `columns`."""
    names = [field.attname for field in columns(model)]
    rows = model._base_manager.order_by().values_list(*names)
    for row in rows.iterator(chunk_size=BATCH):
        yield json.dumps(row, default=portable, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def portable(value: object) -> object:
    """Return a value as JSON can carry it. Raises TypeError for a kind that no field has."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    raise TypeError(f"no column holds a {type(value).__name__}")


def empty() -> None:
    """Take out what the migrations themselves put into the tables; the archive holds it as it became."""
    with connection.cursor() as cursor:
        for model in reversed(tables()):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")


def load(model: type[models.Model], lines: Iterable[bytes]) -> int:
    """Insert rows as `lines_of` wrote them; returns how many."""
    fields = columns(model)
    quoted = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    overriding = " OVERRIDING SYSTEM VALUE" if connection.vendor == "postgresql" else ""
    table = connection.ops.quote_name(model._meta.db_table)
    statement = f"INSERT INTO {table} ({quoted}){overriding} VALUES ({marks})"
    count = 0
    batch: list[list[Any]] = []
    with connection.cursor() as cursor:
        for line in lines:
            batch.append([stored(field, value) for field, value in zip(fields, json.loads(line), strict=True)])
            count += 1
            if len(batch) == BATCH:
                cursor.executemany(statement, batch)
                batch = []
        if batch:
            cursor.executemany(statement, batch)
    return count


def stored(field: models.Field[Any, Any], value: Any) -> Any:
    """Return a value of JSON as this database stores it in the field's column."""
    if value is None:
        return None
    if isinstance(field, models.BinaryField):
        return field.get_db_prep_save(base64.b64decode(value), connection)
    if not isinstance(field, models.JSONField | models.ForeignKey):
        value = field.to_python(value)
    return field.get_db_prep_save(value, connection)


def reset_sequences() -> None:
    """Let each table's next id follow the largest that was loaded (SQLite does so by itself)."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for model in tables():
            table = connection.ops.quote_name(model._meta.db_table)
            numbered = [field.column for field in columns(model) if field.column == "id"]
            for column in numbered:
                cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table, column])
                if (sequence := cursor.fetchone()[0]) is not None:
                    cursor.execute(f"SELECT setval(%s, coalesce(max({column}), 0) + 1, false) FROM {table}", [sequence])
