"""Hand-written SQL of the cubes: adding a batch, clearing, and comparing with the ledger.

Reads the ledger through `ledger_facts`, `ledger_unfolded_facts` and the batch `ledger_batch_facts`.
"""

from typing import Any

from django.db import connection

from wenlan.indicators.cubes import CUBES, DAILY, MONTHLY, PERSONS, Cube, ledger_column
from wenlan.ledger.kinds import KINDS_OF_PERSONS

SUMS = (
    "SUM(quantity), SUM(CASE WHEN reverses IS NULL THEN 1 ELSE -1 END), "
    "SUM(CASE WHEN estimated THEN quantity ELSE 0 END)"
)
PERSON_KINDS = ", ".join(f"'{kind}'" for kind in KINDS_OF_PERSONS)
WITH_TOKEN = f"person_token IS NOT NULL AND kind IN ({PERSON_KINDS})"
FOLDED = "ledger_facts WHERE NOT EXISTS (SELECT 1 FROM ledger_unfolded_facts u WHERE u.event = ledger_facts.id)"


def month_of(column: str = "day") -> str:
    """Return the SQL of the first day of a day's month."""
    if connection.vendor == "sqlite":
        return f"strftime('%%Y-%%m-01', {column})"
    return f"CAST(date_trunc('month', {column}) AS date)"


def add_batch(cursor: Any) -> None:
    """Add the acts of `ledger_batch_facts` to every cube. Rows are taken in the order of their key, one cube after
    the other, so that two workers wait for each other and never in a circle."""
    for cube in CUBES:
        for grain, day in ((DAILY, "day"), (MONTHLY, month_of())):
            _add(cursor, cube, grain, day, "1 = 1")
    _add(cursor, PERSONS, DAILY, "day", WITH_TOKEN)


def _add(cursor: Any, cube: Cube, grain: str, day: str, condition: str) -> None:
    key = ("kind", "grain", "day", "node", *cube.dimensions)
    columns = ("kind", day, "node", *(ledger_column(name) for name in cube.dimensions))
    order = ", ".join(str(place) for place in range(1, len(key) + 1) if place != 2)  # all but the grain
    cursor.execute(
        f"INSERT INTO {cube.table} ({', '.join(key)}, quantity, acts, estimated) "
        f"SELECT kind, '{grain}', {', '.join(columns[1:])}, {SUMS} FROM ledger_batch_facts WHERE {condition} "
        f"GROUP BY {', '.join(columns)} ORDER BY {order} "
        f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET quantity = {cube.table}.quantity + excluded.quantity, "
        f"acts = {cube.table}.acts + excluded.acts, estimated = {cube.table}.estimated + excluded.estimated",
        (),
    )


def clear(cursor: Any) -> None:
    """Empty every cube."""
    for cube in (*CUBES, PERSONS):
        cursor.execute(f"DELETE FROM {cube.table}")


def cube_differences(cursor: Any, cube: Cube, grain: str, limit: int = 100) -> list[tuple[Any, ...]]:
    """Return the keys where the ledger and a cube part: (kind, day, node, dimensions..., ledger's sum, cube's sum)."""
    names = ("kind", "day", "node", *cube.dimensions)
    day = month_of() if grain == MONTHLY else "day"
    from_ledger = ("kind", day, "node", *(ledger_column(name) for name in cube.dimensions))
    condition = f" AND {WITH_TOKEN}" if cube is PERSONS else ""
    said = ", ".join(f"{column} AS {name}" for column, name in zip(from_ledger, names, strict=True))
    keys = ", ".join(names)
    cursor.execute(
        f"SELECT {keys}, SUM(booked), SUM(kept) FROM ("
        f"SELECT {said}, quantity AS booked, 0 AS kept FROM {FOLDED}{condition} "
        f"UNION ALL SELECT {keys}, 0, quantity FROM {cube.table} WHERE grain = '{grain}') both_books "
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
