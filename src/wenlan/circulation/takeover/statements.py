"""The SQL of loans taken over many at a time.

Written to by listed contract: `holdings_item` (status, status_since, present_node_id, loans, held_for_id),
`patrons_patron` (open_loans).
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from wenlan.circulation.statements import ON_SQLITE, fetch
from wenlan.kernel.sql import places

LOCK = "" if ON_SQLITE else " FOR NO KEY UPDATE"
CHUNK = 1000
READERS = f"""SELECT p.id, p.category_id, p.home_node_id, p.sex, p.birth_date, p.special_group
    FROM patrons_facts p WHERE p.id IN {{places}} ORDER BY p.id{LOCK}"""
ITEMS = f"""SELECT i.id, i.record_id, i.owner_node_id, i.shelved_at_id, i.status, i.material, i.main_class, i.audience,
    i.language FROM holdings_facts i WHERE i.id IN {{places}} ORDER BY i.id{LOCK}"""
LEND = "UPDATE holdings_item SET status = 'on_loan', status_since = %s, present_node_id = %s WHERE id = %s"
PUT_BACK = "UPDATE holdings_item SET status = %s, status_since = %s, present_node_id = %s WHERE id = %s"
COUNTED = "UPDATE holdings_item SET loans = loans + 1 WHERE id = %s"
KEEP = """UPDATE holdings_item SET status = 'on_hold_shelf', status_since = %s, present_node_id = %s, held_for_id = %s
    WHERE id = %s"""
TALLY = "UPDATE patrons_patron SET open_loans = open_loans + %s WHERE id IN {places}"


class ReaderRow(NamedTuple):
    """A locked reader, as the ledger freezes them."""

    id: int
    category: int
    home_node: int
    sex: str
    birth_date: date | None
    special_group: str


class ItemRow(NamedTuple):
    """A locked item, as the ledger freezes it."""

    id: int
    record: int
    owner: int
    shelved_at: int
    status: str
    material: str
    main_class: str
    audience: str
    language: str


def lock_readers(ids: Collection[int]) -> dict[int, ReaderRow]:
    """Lock readers in the order of their ids and return them."""
    found = {}
    for row in _found(READERS, ids):
        born = date.fromisoformat(row[4]) if isinstance(row[4], str) else row[4]
        found[row[0]] = ReaderRow(row[0], row[1], row[2], row[3], born, row[5])
    return found


def lock_items(ids: Collection[int]) -> dict[int, ItemRow]:
    """Lock items in the order of their ids and return them."""
    return {row[0]: ItemRow._make(row) for row in _found(ITEMS, ids)}


def lend(rows: Sequence[tuple[date, int, int]]) -> None:
    """Mark locked items as lent: (since, place, item)."""
    _many(LEND, rows)


def put_back(rows: Sequence[tuple[str, date, int, int]]) -> None:
    """Say where locked items that came back stand: (status, since, place, item)."""
    _many(PUT_BACK, rows)


def keep(rows: Sequence[tuple[date, int, int, int]]) -> None:
    """Put locked items on a hold shelf: (since, place, reader, item)."""
    _many(KEEP, rows)


def count_on_items(items: Sequence[int]) -> None:
    """Count one more loan on each locked item, as often as it is named."""
    _many(COUNTED, [(item,) for item in items])


def tally(changes: Mapping[int, int]) -> None:
    """Add to the open loans of locked readers."""
    by_change: dict[int, list[int]] = defaultdict(list)
    for patron, change in changes.items():
        if change:
            by_change[change].append(patron)
    with connection.cursor() as cursor:
        for change, patrons in by_change.items():
            for start in range(0, len(patrons), CHUNK):
                chunk = patrons[start : start + CHUNK]
                cursor.execute(TALLY.format(places=places(chunk)), (change, *chunk))


def _many(statement: str, rows: Sequence[Sequence[Any]]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)


def _found(statement: str, ids: Collection[int]) -> list[tuple[Any, ...]]:
    wanted, found = sorted(ids), []
    for start in range(0, len(wanted), CHUNK):
        chunk = wanted[start : start + CHUNK]
        found += fetch(statement.format(places=places(chunk)), tuple(chunk))
    return found
