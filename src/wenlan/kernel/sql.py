"""What hand-written SQL needs to speak to both databases."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db import connections

MOST_PARAMETERS = 30_000  # of one statement: SQLite takes 32,766, PostgreSQL 65,535
MOST_ROWS = 250


def instant(at: datetime, using: str = "default") -> datetime | str:
    """Return an aware instant as the ORM stores it in this database.

    SQLite keeps naive UTC text; a driver-adapted aware value would carry `+00:00` and then be
    found by one comparison of three.
    """
    if connections[using].vendor == "sqlite":
        naive = at.astimezone(UTC).replace(tzinfo=None)
        return naive.isoformat(sep=" ")
    return at


def uid_text(column: str, using: str = "default") -> str:
    """Return the SQL of a UUID column as the text that keys are made of: SQLite keeps it without hyphens."""
    if connections[using].vendor != "sqlite":
        return f"CAST({column} AS text)"
    parts = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
    return "(" + " || '-' || ".join(f"substr({column}, {start}, {length})" for start, length in parts) + ")"


def insert_many(cursor: Any, insert: str, rows: Sequence[Sequence[Any]], *, after: str = "") -> list[tuple[Any, ...]]:
    """Write rows of one shape by few statements; returns what they return.

    `insert` goes up to its VALUES, `after` says what follows the rows (ON CONFLICT ..., RETURNING ...). One statement
    for many rows costs less than one for each, and lets other threads work while the database does.
    """
    if not rows:
        return []
    width = len(rows[0])
    step = min(MOST_ROWS, MOST_PARAMETERS // width)
    found: list[tuple[Any, ...]] = []
    for start in range(0, len(rows), step):
        chunk = rows[start : start + step]
        cursor.execute(_insert(insert, width, len(chunk), after), [value for row in chunk for value in row])
        if "RETURNING" in after:
            found += cursor.fetchall()
    return found


@lru_cache(maxsize=256)
def _insert(insert: str, width: int, count: int, after: str) -> str:
    row = f"({', '.join(['%s'] * width)})"
    return f"{insert} {', '.join([row] * count)} {after}".rstrip()


def places(values: Collection[Any]) -> str:
    """Return the marks of a list of parameters: `(%s, %s, %s)`; a list of none finds nothing."""
    return f"({', '.join(['%s'] * len(values))})" if values else "(NULL)"


def by_day(day: str, acts: str, rows: str) -> str:
    """Return the SELECT of `day` and `acts`, one row for each day of `rows` (FROM ... WHERE ...).

    It groups by an expression on purpose: given the bare column, SQLite walks an index that begins with the day and
    fetches every row of the table by itself, which takes ten times as long as reading the table through and sorting.
    """
    return f"SELECT min({day}) AS day, {acts} AS acts {rows} GROUP BY COALESCE({day}, {day})"


def parting_days(told: str, kept: str) -> str:
    """Return the statement of (day, told, kept) where two SELECTs of `day` and `acts` part; it takes a limit."""
    return f"""SELECT COALESCE(t.day, k.day), COALESCE(t.acts, 0), COALESCE(k.acts, 0)
    FROM ({told}) t FULL JOIN ({kept}) k ON k.day = t.day
    WHERE COALESCE(t.acts, 0) <> COALESCE(k.acts, 0) ORDER BY 1 LIMIT %s"""
