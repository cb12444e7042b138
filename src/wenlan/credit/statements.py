"""The SQL of accounts: the locked reader with what credit keeps there, and its writing.

Written to by listed contract: `patrons_patron` (credit_points, owed_fen, deposit_fen), under the reader's lock.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

ON_SQLITE = connection.vendor == "sqlite"
LOCK = "" if ON_SQLITE else " FOR NO KEY UPDATE OF p"
READER = (
    "p.id, p.category_id, p.home_node_id, p.status, p.suspended_until, p.open_loans, p.credit_points, p.owed_fen, "
    "p.deposit_fen, (SELECT value FROM jobs_facts WHERE name = 'policies')"
)
READ = f"SELECT {READER} FROM patrons_facts p WHERE p.id = %s"
SET_POINTS = "UPDATE patrons_patron SET credit_points = %s WHERE id = %s"
MOVE_SUMS = "UPDATE patrons_patron SET owed_fen = owed_fen + %s, deposit_fen = deposit_fen + %s WHERE id = %s"
WITHOUT_POINTS = """SELECT p.id FROM patrons_facts p
    WHERE p.credit_points IS NULL AND p.status <> 'deregistered' AND p.id > %s AND p.category_id IN ({categories})
    AND p.home_node_id IN ({nodes}) ORDER BY p.id LIMIT %s"""
IN_SUBTREE = """SELECT p.id, p.category_id, p.home_node_id, p.credit_points FROM patrons_facts p
    WHERE (p.credit_points IS NOT NULL OR p.owed_fen > 0) AND p.status <> 'deregistered'
    AND p.id > %s AND p.home_node_id IN ({nodes})
    ORDER BY p.id LIMIT %s"""
WITH_DEPOSIT = """SELECT p.id, p.home_node_id, p.status, p.open_loans, p.deposit_fen FROM patrons_facts p
    WHERE p.deposit_fen > 0 AND p.id > %s AND p.home_node_id IN ({nodes}) ORDER BY p.id LIMIT %s"""

DEPOSITS = f"SELECT p.id, p.deposit_fen FROM patrons_facts p WHERE p.id IN ({{patrons}}) ORDER BY p.id{LOCK}"


class ReaderRow(NamedTuple):
    """A reader as credit decides on it; `policies` is the version of the rules."""

    id: int
    category: int
    home_node: int
    status: str
    suspended_until: date | None
    open_loans: int
    points: int | None
    owed_fen: int
    deposit_fen: int
    policies: int


def read(patron: int, *, lock: bool) -> ReaderRow | None:
    """Return a reader, locked where the database locks rows; None for an unknown one. One statement."""
    rows = _fetch(READ + (LOCK if lock else ""), (patron,))
    if not rows:
        return None
    *columns, version = rows[0]
    if isinstance(columns[4], str):  # SQLite gives a day as text
        columns[4] = date.fromisoformat(columns[4])
    return ReaderRow._make((*columns, version or 0))


def set_points(patron: int, points: int) -> None:
    """Write a locked reader's balance of points."""
    with connection.cursor() as cursor:
        cursor.execute(SET_POINTS, (points, patron))


def move_sums(patron: int, *, owed_fen: int, deposit_fen: int) -> None:
    """Move what a locked reader owes and has deposited."""
    with connection.cursor() as cursor:
        cursor.execute(MOVE_SUMS, (owed_fen, deposit_fen, patron))


def lock_deposits(patrons: Collection[int]) -> dict[int, int]:
    """Lock readers in the order of their ids and return the deposit held for each; unknown ones are left out."""
    if not patrons:
        return {}
    return {row[0]: row[1] for row in _fetch(DEPOSITS.format(patrons=_marks(patrons)), tuple(patrons))}


def move_many(rows: Sequence[tuple[int, int, int]]) -> None:
    """Move sums of locked readers: (owed, deposit, reader)."""
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(MOVE_SUMS, rows)


def without_points(*, after: int, nodes: Collection[int], categories: Collection[int], limit: int) -> list[int]:
    """Return readers of the places and categories whose account of points is not open, by id."""
    if not nodes or not categories:
        return []
    sql = WITHOUT_POINTS.format(nodes=_marks(nodes), categories=_marks(categories))
    return [row[0] for row in _fetch(sql, (after, *categories, *nodes, limit))]


def in_subtree(*, after: int, nodes: Collection[int], limit: int) -> list[tuple[int, int, int, int | None]]:
    """Return (id, category, home node, points or None) of open accounts at the places with points or debts, by id."""
    rows = _fetch(IN_SUBTREE.format(nodes=_marks(nodes)), (after, *nodes, limit)) if nodes else []
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def with_deposit(*, after: int, nodes: Collection[int], limit: int) -> list[tuple[int, int, str, int, int]]:
    """Return (id, home node, status, open loans, deposit) of readers of the places who have a deposit, by id."""
    rows = _fetch(WITH_DEPOSIT.format(nodes=_marks(nodes)), (after, *nodes, limit)) if nodes else []
    return [(row[0], row[1], row[2], row[3], row[4]) for row in rows]


def _marks(values: Collection[int]) -> str:
    return ", ".join(["%s"] * len(values))


def _fetch(sql: str, params: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())
