"""Hand-written SQL of the cubes: adding a batch, clearing, and comparing with the ledger.

Reads the ledger through `ledger_facts`, `ledger_unfolded_facts` and the batch `ledger_batch_facts`.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from wenlan.indicators.cubes import CUBES, MONTHLY, PERSONS, Cube, ledger_column
from wenlan.ledger.kinds import KINDS_OF_PERSONS

SUMS = (
    "SUM(quantity), SUM(CASE WHEN reverses IS NULL THEN 1 ELSE -1 END), "
    "SUM(CASE WHEN estimated THEN quantity ELSE 0 END)"
)
PERSON_KINDS = ", ".join(f"'{kind}'" for kind in KINDS_OF_PERSONS)
WITH_TOKEN = f"person_token IS NOT NULL AND kind IN ({PERSON_KINDS})"
FOLDED = "ledger_facts WHERE NOT EXISTS (SELECT 1 FROM ledger_unfolded_facts u WHERE u.event = ledger_facts.id)"


@dataclass(slots=True)
class Clause:
    """A piece of SQL with its parameters, in order."""

    sql: str
    parameters: list[Any]


def fetch(clause: Clause) -> list[tuple[Any, ...]]:
    """Return all rows of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(clause.sql, clause.parameters)
        return list(cursor.fetchall())


def month_of(column: str = "day") -> str:
    """Return the SQL of the first day of a day's month."""
    if connection.vendor == "sqlite":
        return f"strftime('%%Y-%%m-01', {column})"
    return f"CAST(date_trunc('month', {column}) AS date)"


def add_batch(cursor: Any) -> None:
    """Add the acts of `ledger_batch_facts` to every cube. Rows are taken in the order of their key, one cube after
    the other, so that two workers wait for each other and never in a circle."""
    for cube in CUBES:
        _add(cursor, cube, "1 = 1", by_month=True)
    _add(cursor, PERSONS, WITH_TOKEN, by_month=False)


def _add(cursor: Any, cube: Cube, condition: str, *, by_month: bool) -> None:
    """Sum the batch once by day; the months are summed from those sums in the same statement."""
    key = ("kind", "grain", "day", "node", *cube.dimensions)
    keys, dimensions = ", ".join(key), ", ".join(cube.dimensions)
    columns = ", ".join(("kind", "day", "node", *(ledger_column(name) for name in cube.dimensions)))
    months = (
        f"UNION ALL SELECT kind, 'm', {month_of()}, node, {dimensions}, SUM(quantity), SUM(acts), SUM(estimated) "
        f"FROM days GROUP BY kind, {month_of()}, node, {dimensions}"
    )
    cursor.execute(
        f"INSERT INTO {cube.table} ({keys}, quantity, acts, estimated) SELECT * FROM ("
        f"WITH days (kind, day, node, {dimensions}, quantity, acts, estimated) AS MATERIALIZED "
        f"(SELECT {columns}, {SUMS} FROM ledger_batch_facts WHERE {condition} GROUP BY {columns}) "
        f"SELECT kind, 'd' AS grain, day, node, {dimensions}, quantity, acts, estimated FROM days "
        f"{months if by_month else ''}) sums WHERE 1 = 1 ORDER BY {keys} "
        f"ON CONFLICT ({keys}) DO UPDATE SET quantity = {cube.table}.quantity + excluded.quantity, "
        f"acts = {cube.table}.acts + excluded.acts, estimated = {cube.table}.estimated + excluded.estimated",
        (),
    )


def clear(cursor: Any) -> None:
    """Empty every cube."""
    for cube in (*CUBES, PERSONS):
        cursor.execute(f"DELETE FROM {cube.table}")


def cube_differences(cursor: Any, cube: Cube, limit: int = 100) -> list[tuple[Any, ...]]:
    """Return where the ledger and the days of a cube part: (kind, day, node, dimensions..., ledger's sum, cube's)."""
    names = ("kind", "day", "node", *cube.dimensions)
    from_ledger = ("kind", "day", "node", *(ledger_column(name) for name in cube.dimensions))
    condition = f" AND {WITH_TOKEN}" if cube is PERSONS else ""
    said = ", ".join(f"{column} AS {name}" for column, name in zip(from_ledger, names, strict=True))
    booked = f"SELECT {said}, quantity AS booked, 0 AS kept FROM {FOLDED}{condition}"
    return _parting(
        cursor, names, booked, f"SELECT {', '.join(names)}, 0, quantity FROM {cube.table} WHERE grain = 'd'", limit
    )


def month_differences(cursor: Any, cube: Cube, limit: int = 100) -> list[tuple[Any, ...]]:
    """Return where the months of a cube are not the sum of its days, in the same shape."""
    names = ("kind", "day", "node", *cube.dimensions)
    keys = ", ".join(names)
    by_month = f"kind, {month_of()} AS day, node, {', '.join(cube.dimensions)}"
    booked = f"SELECT {by_month}, quantity AS booked, 0 AS kept FROM {cube.table} WHERE grain = 'd'"
    return _parting(cursor, names, booked, f"SELECT {keys}, 0, quantity FROM {cube.table} WHERE grain = 'm'", limit)


def _parting(cursor: Any, names: tuple[str, ...], booked: str, kept: str, limit: int) -> list[tuple[Any, ...]]:
    keys = ", ".join(names)
    cursor.execute(
        f"SELECT {keys}, SUM(booked), SUM(kept) FROM ({booked} UNION ALL {kept}) both_books "
        f"GROUP BY {keys} HAVING SUM(booked) <> SUM(kept) ORDER BY {keys} LIMIT {limit}",
        (),
    )
    return list(cursor.fetchall())


def acts_under(cursor: Any, cube: Cube, grain: str, key: tuple[Any, ...], limit: int = 20) -> list[str]:
    """Return the sources of the acts under one key of a cube."""
    day = month_of() if grain == MONTHLY else "day"
    columns = ("kind", day, "node", *(ledger_column(name) for name in cube.dimensions))
    where = " AND ".join(f"{column} = %s" for column in columns)
    cursor.execute(f"SELECT source FROM ledger_facts WHERE {where} ORDER BY day, id LIMIT {limit}", key)
    return [source for (source,) in cursor.fetchall()]
