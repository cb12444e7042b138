"""Records written many at a time: where files of ten thousands are taken in, the ORM would take most of the time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

RECORD_COLUMNS = (
    *("uid", "node_id", "control_number", "agency", "format", "title_proper", "title_key", "other_title"),
    *("parallel_title", "volume", "other_titles", "responsibility", "authors", "edition", "place", "publisher"),
    *("year_text", "year", "isbn", "issn", "class_number", "main_class", "language", "material", "audience"),
    *("extent", "series", "subjects", "summary", "price_fen", "price", "pinyin", "initials", "popularity"),
    *("content_hash", "created_at", "updated_at", "marc"),
)
_NAMES = ", ".join(RECORD_COLUMNS)
_PLACES = ", ".join(["%s"] * len(RECORD_COLUMNS))
INSERT_RECORD = f"INSERT INTO catalogue_bibrecord ({_NAMES}) VALUES ({_PLACES})"
INSERT_NUMBER = "INSERT INTO catalogue_recordnumber (record_id, kind, number) VALUES (%s, %s, %s)"
INSERT_SOURCE = (
    "INSERT INTO catalogue_recordsource (record_id, run_id, position, encoding, notes, content_hash, raw) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s)"
)
CHUNK = 500


def insert_records(cursor: Any, rows: Sequence[Sequence[Any]]) -> list[int]:
    """Write records, each the values of RECORD_COLUMNS as the database takes them; return their ids in order."""
    if connection.vendor == "sqlite":
        # One process writes at a time, so what is new has an id above the last one given before.
        cursor.execute("SELECT COALESCE(MAX(id), 0) FROM catalogue_bibrecord")
        last = cursor.fetchone()[0]
        cursor.executemany(INSERT_RECORD, rows)
        cursor.execute("SELECT id FROM catalogue_bibrecord WHERE id > %s ORDER BY id", (last,))
        return [found for (found,) in cursor.fetchall()]
    ids: dict[Any, int] = {}
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        places = ", ".join([f"({_PLACES})"] * len(chunk))
        cursor.execute(
            f"INSERT INTO catalogue_bibrecord ({_NAMES}) VALUES {places} RETURNING uid, id",
            [value for row in chunk for value in row],
        )
        ids.update(cursor.fetchall())
    return [ids[row[0]] for row in rows]


def insert_numbers(cursor: Any, rows: Sequence[tuple[int, str, str]]) -> None:
    """Write numbers of records: (record, kind, number), each once."""
    cursor.executemany(INSERT_NUMBER, rows)


def insert_sources(cursor: Any, rows: Sequence[Sequence[Any]]) -> None:
    """Write what records were made from: record, run, position, encoding, notes as JSON, content hash, bytes."""
    cursor.executemany(INSERT_SOURCE, rows)
