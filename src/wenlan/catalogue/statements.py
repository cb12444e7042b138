"""Records written and matched many at a time: where files of ten thousands are taken in, the ORM would take most of
the time.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from wenlan.catalogue.columns import DESCRIBED
from wenlan.kernel.sql import insert_many, places

RECORD_COLUMNS = (
    *("uid", "node_id", "created_at", "updated_at", "popularity"),
    *("format", "title_key", "content_hash", "marc"),
    *DESCRIBED,
)
INSERT_RECORD = f"INSERT INTO catalogue_bibrecord ({', '.join(RECORD_COLUMNS)}) VALUES"
UPDATED = ("updated_at", "format", "title_key", "content_hash", "marc", *DESCRIBED)
UPDATE_RECORD = f"UPDATE catalogue_bibrecord SET {', '.join(f'{name} = %s' for name in UPDATED)} WHERE id = %s"
INSERT_NUMBER = "INSERT INTO catalogue_recordnumber (record_id, kind, number) VALUES"
INSERT_LINK = "INSERT INTO catalogue_authoritylink (record_id, tag, number, authority_id) VALUES"
INSERT_SOURCE = (
    "INSERT INTO catalogue_recordsource (record_id, run_id, position, encoding, notes, content_hash, raw) VALUES"
)
SAME_CONTENT = (
    "SELECT content_hash, MIN(id) FROM catalogue_bibrecord WHERE content_hash IN {places} GROUP BY content_hash"
)
TAKEN_BEFORE = "SELECT content_hash, record_id FROM catalogue_recordsource WHERE content_hash IN {places} ORDER BY id"
SAME_NUMBER = (
    "SELECT id, content_hash, control_number, agency, title_key, isbn FROM catalogue_bibrecord "
    "WHERE control_number IN {places} ORDER BY id"
)
AUTHORITIES = "SELECT number, format, id FROM catalogue_authority WHERE number IN {places}"
CARRIED_ISBN = "SELECT DISTINCT number FROM catalogue_recordnumber WHERE number IN {places} AND kind = 'isbn'"
CHUNK = 1000


def insert_records(cursor: Any, rows: Sequence[Sequence[Any]]) -> list[int]:
    """Write records, each the values of RECORD_COLUMNS as the database takes them; return their ids in order."""
    ids = dict(insert_many(cursor, INSERT_RECORD, rows, after="RETURNING uid, id"))
    return [ids[row[0]] for row in rows]


def update_record(cursor: Any, record: int, row: Sequence[Any]) -> None:
    """Write what a record says now: the values of UPDATED as the database takes them."""
    cursor.execute(UPDATE_RECORD, [*row, record])


def insert_numbers(cursor: Any, rows: Sequence[tuple[int, str, str]]) -> None:
    """Write numbers of records: (record, kind, number), each once."""
    insert_many(cursor, INSERT_NUMBER, rows)


def insert_links(cursor: Any, rows: Sequence[tuple[int, str, str, int | None]]) -> None:
    """Write links to authorities: (record, tag, number, authority), each tag and number once a record."""
    insert_many(cursor, INSERT_LINK, rows)


def insert_sources(cursor: Any, rows: Sequence[Sequence[Any]]) -> None:
    """Write what records were made from: record, run, position, encoding, notes as JSON, content hash, bytes."""
    insert_many(cursor, INSERT_SOURCE, rows)


def same_content(cursor: Any, hashes: Collection[str]) -> dict[str, int]:
    """Return the first record that holds each content, by its hash."""
    return dict(_found(cursor, SAME_CONTENT, hashes))


def taken_before(cursor: Any, hashes: Collection[str]) -> dict[str, int]:
    """Return the record that was made or changed from the very same content before, by its hash."""
    return dict(_found(cursor, TAKEN_BEFORE, hashes))


def same_number(cursor: Any, numbers: Collection[str]) -> list[tuple[int, str, str, str, str, str]]:
    """Return records with one of these control numbers: (id, content hash, number, agency, title key, ISBNs as JSON).

    They come in the order of their ids.
    """
    return _found(cursor, SAME_NUMBER, numbers)


def carried_isbns(cursor: Any, isbns: Collection[str]) -> set[str]:
    """Return which of these ISBNs a record carries."""
    return {number for (number,) in _found(cursor, CARRIED_ISBN, isbns)}


def authorities(cursor: Any, numbers: Collection[str]) -> dict[tuple[str, str], int]:
    """Return the authorities of these numbers, by number and format."""
    return {(number, of): authority for number, of, authority in _found(cursor, AUTHORITIES, numbers)}


def _found(cursor: Any, statement: str, among: Collection[str]) -> list[Any]:
    wanted = list(among)
    found: list[Any] = []
    for start in range(0, len(wanted), CHUNK):
        chunk = wanted[start : start + CHUNK]
        cursor.execute(statement.format(places=places(chunk)), chunk)
        found += cursor.fetchall()
    return found
