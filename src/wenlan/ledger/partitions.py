"""Monthly partitions of the ledger on PostgreSQL; SQLite has one table and needs none."""

from datetime import date
from typing import Any

from django.db import connection, transaction

PARENT = "ledger_serviceevent"
DEFAULT = "ledger_serviceevent_default"


def months_between(start: date, end: date) -> list[tuple[date, date]]:
    """Return the calendar months that touch `[start, end)`, each as (first day, first day after)."""
    months = []
    first = start.replace(day=1)
    while first < end:
        following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        months.append((first, following))
        first = following
    return months


def ensure_partitions(start: date, end: date) -> int:
    """Make the partitions of every month that touches `[start, end)`; return how many were made.

    Acts that waited in the default partition move into their month. On SQLite nothing is to be done.
    """
    if connection.vendor != "postgresql":
        return 0
    made = 0
    for first, following in months_between(start, end):
        with transaction.atomic(), connection.cursor() as cursor:
            made += _make_month(cursor, first, following)
    return made


def _make_month(cursor: Any, first: date, following: date) -> bool:
    name = f"{PARENT}_{first:%Y_%m}"
    cursor.execute("SELECT to_regclass(%s) IS NOT NULL", (name,))
    if cursor.fetchone()[0]:
        return False
    cursor.execute(f"LOCK TABLE {PARENT} IN SHARE ROW EXCLUSIVE MODE")
    cursor.execute(f"SELECT EXISTS (SELECT FROM {DEFAULT} WHERE day >= %s AND day < %s)", (first, following))
    waiting = cursor.fetchone()[0]
    if waiting:  # a partition cannot be made over rows of the default one, and a detached table has no trigger
        cursor.execute(f"ALTER TABLE {PARENT} DETACH PARTITION {DEFAULT}")
    cursor.execute(
        f"CREATE TABLE {name} PARTITION OF {PARENT} FOR VALUES FROM ('{first:%Y-%m-%d}') TO ('{following:%Y-%m-%d}')"
    )
    if waiting:
        span = (first, following)
        cursor.execute(f"INSERT INTO {name} SELECT * FROM {DEFAULT} WHERE day >= %s AND day < %s", span)
        cursor.execute(f"DELETE FROM {DEFAULT} WHERE day >= %s AND day < %s", span)
        cursor.execute(f"ALTER TABLE {PARENT} ATTACH PARTITION {DEFAULT} DEFAULT")
    return True
