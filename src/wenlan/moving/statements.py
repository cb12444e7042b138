"""Lookups of many numbers at once, and told sums beside the ledger, through the facts that other packages publish."""

from collections.abc import Collection, Iterator
from typing import Any

from django.db import connection

from wenlan.kernel.sql import places

CHUNK = 1000
RECORDS = "SELECT control_number, MIN(id) FROM catalogue_facts WHERE control_number IN {places} GROUP BY control_number"
CARDS = """SELECT c.number_key, c.patron_id, p.status FROM patrons_card_facts c
    JOIN patrons_facts p ON p.id = c.patron_id WHERE c.number_key IN {places}
    ORDER BY CASE WHEN c.until_day IS NULL THEN 1 ELSE 0 END, c.id"""
TOTALS = """SELECT
    (SELECT count(*) FROM patrons_facts WHERE status <> 'deregistered'),
    (SELECT COALESCE(sum(deposit_fen), 0) FROM patrons_facts),
    (SELECT COALESCE(sum(owed_fen), 0) FROM patrons_facts),
    (SELECT count(*) FROM holdings_facts WHERE status <> 'withdrawn'),
    (SELECT COALESCE(sum(list_price_fen), 0) FROM holdings_facts WHERE status <> 'withdrawn'),
    (SELECT COALESCE(sum(open_loans), 0) FROM patrons_facts)"""
COUNTED = """SELECT COALESCE(sum(quantity), 0) FROM ledger_facts
    WHERE kind = %s AND node = %s AND day BETWEEN %s AND %s AND source NOT LIKE 'moved:%%:sum:%%'"""
# A sum that was told anew has one row more in the ledger, under the same source with the next number at its end.
DIFFERING_SUMS = """SELECT COALESCE(t.stem, e.stem), COALESCE(t.day, e.day), COALESCE(t.quantity, 0),
        COALESCE(e.quantity, 0)
    FROM (SELECT 'moved:' || source || ':sum:' || measure || ':' || role || ':' || node_id || ':' AS stem, day, quantity
          FROM moving_pastsum) t
    FULL JOIN (SELECT rtrim(source, '0123456789') AS stem, day, sum(quantity) AS quantity FROM ledger_facts
               WHERE source LIKE 'moved:%%:sum:%%' AND reverses IS NULL GROUP BY 1, 2) e
    ON e.stem = t.stem AND e.day = t.day
    WHERE COALESCE(t.quantity, 0) <> COALESCE(e.quantity, 0) ORDER BY 2, 1 LIMIT %s"""
RECORDED = "SELECT source FROM ledger_facts WHERE (day, source) IN (VALUES {pairs})"


def records_by_number(numbers: Collection[str]) -> dict[str, int]:
    """Return the records with these control numbers; of several the first."""
    return dict(_found(RECORDS, numbers))


def readers_by_card(keys: Collection[str]) -> dict[str, tuple[int, bool]]:
    """Return the readers of folded card numbers, and whether their accounts are open; a serving card comes first."""
    return {key: (patron, status != "deregistered") for key, patron, status in _found(CARDS, keys)}


def totals() -> tuple[int, ...]:
    """Return readers, deposits, unpaid sums, items, list prices and open loans of the whole network."""
    with connection.cursor() as cursor:
        cursor.execute(TOTALS)
        return tuple(int(value) for value in cursor.fetchone())


def counted(kind: str, node: int, first: Any, last: Any) -> int:
    """Return what the ledger has of a kind at a place from day to day, without sums that were told."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, (kind, node, first, last))
        return int(cursor.fetchone()[0])


def differing_sums(limit: int) -> list[tuple[Any, ...]]:
    """Return (source, day, as it was told, as the ledger has it) where they part, at most `limit`."""
    with connection.cursor() as cursor:
        cursor.execute(DIFFERING_SUMS, (limit,))
        return list(cursor.fetchall())


def recorded(acts: Collection[tuple[Any, str]]) -> set[str]:
    """Return which sources the ledger has on their days, given as (day, source)."""
    wanted, found = sorted(acts), set[str]()
    with connection.cursor() as cursor:
        for start in range(0, len(wanted), CHUNK):
            chunk = wanted[start : start + CHUNK]
            pairs = ", ".join(["(%s, %s)"] * len(chunk))
            cursor.execute(RECORDED.format(pairs=pairs), [value for pair in chunk for value in pair])
            found.update(source for (source,) in cursor.fetchall())
    return found


def _found(statement: str, among: Collection[str]) -> Iterator[tuple[Any, ...]]:
    wanted = sorted(among)
    with connection.cursor() as cursor:
        for start in range(0, len(wanted), CHUNK):
            chunk = wanted[start : start + CHUNK]
            cursor.execute(statement.format(places=places(chunk)), chunk)
            yield from cursor.fetchall()
