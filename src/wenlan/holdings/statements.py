"""Items written and looked up many at a time: a file of records brings ten thousands."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from wenlan.kernel.sql import insert_many, places

ITEM_COLUMNS = (
    *("uid", "record_id", "barcode", "barcode_key", "barcode_scope", "owner_node_id", "shelved_at_id"),
    *("present_node_id", "department_id", "status", "status_since", "lending", "material", "call_number", "call_key"),
    *("main_class", "audience", "language", "volume", "list_price_fen", "accession_number", "accessioned_on"),
    *("entered_in_id", "accession_key", "withdrawal_reason", "loans"),
)
INSERT_ITEM = f"INSERT INTO holdings_item ({', '.join(ITEM_COLUMNS)}) VALUES"
BY_ACCESSION_KEY = "SELECT accession_key, id FROM holdings_item WHERE accession_key IN {places}"
BY_BARCODE = "SELECT barcode_key, barcode_scope, record_id FROM holdings_item WHERE barcode_key IN {places}"
BY_ACCESSION_NUMBER = (
    "SELECT accession_number FROM holdings_item WHERE owner_node_id = %s AND accession_number IN {places}"
)
BY_FORMER_NUMBER = (
    "SELECT accession_number FROM holdings_formerholding WHERE owner_node_id = %s AND accession_number IN {places}"
)
PLACE_ITEM = "UPDATE holdings_item SET present_node_id = %s, loans = %s WHERE id = %s"
CHUNK = 1000


def insert_items(cursor: Any, rows: Sequence[Sequence[Any]]) -> dict[str, int]:
    """Write items, each the values of ITEM_COLUMNS as the database takes them; return their ids by accession key."""
    return dict(insert_many(cursor, INSERT_ITEM, rows, after="RETURNING accession_key, id"))


def place_items(cursor: Any, rows: Sequence[tuple[int, int, int]]) -> None:
    """Say where new items stand and how often they were lent before they came here: (node, loans, id)."""
    if rows:
        cursor.executemany(PLACE_ITEM, rows)


def items_by_key(cursor: Any, keys: Sequence[str]) -> dict[str, int]:
    """Return the items that were registered under these keys."""
    return dict(_found(cursor, BY_ACCESSION_KEY, keys))


def items_by_barcode(cursor: Any, keys: Collection[str]) -> dict[tuple[str, str], int]:
    """Return the record of each item that carries one of these barcodes, by barcode and scope."""
    return {(key, scope): record for key, scope, record in _found(cursor, BY_BARCODE, sorted(keys))}


def numbers_taken(cursor: Any, owner: int, numbers: Collection[str]) -> set[str]:
    """Return which of these accession numbers an item of the owner has, or had before it passed to another one."""
    wanted = sorted(numbers)
    now, before = (_found(cursor, which, wanted, owner) for which in (BY_ACCESSION_NUMBER, BY_FORMER_NUMBER))
    return {number for (number,) in (*now, *before)}


def _found(cursor: Any, statement: str, among: Sequence[str], *first: Any) -> list[Any]:
    found: list[Any] = []
    for start in range(0, len(among), CHUNK):
        chunk = among[start : start + CHUNK]
        cursor.execute(statement.format(places=places(chunk)), [*first, *chunk])
        found += cursor.fetchall()
    return found
