"""Hand-written SQL of the counters (many raised at once, none ever lowered) and of SQLite's log."""

from collections.abc import Mapping

from django.db import connection

ROWS = 200
RAISE = """INSERT INTO jobs_counter (scheme, key, value) VALUES {places}
    ON CONFLICT (scheme, key) DO UPDATE SET value = excluded.value WHERE excluded.value > jobs_counter.value"""


def raise_counters(scheme: str, values: Mapping[str, int]) -> None:
    """Bring each counter to at least its value, one statement for `ROWS` of them, in the order of their keys."""
    entries = sorted(values.items())
    with connection.cursor() as cursor:
        for start in range(0, len(entries), ROWS):
            chunk = entries[start : start + ROWS]
            places = ", ".join(["(%s, %s, %s)"] * len(chunk))
            cursor.execute(RAISE.format(places=places), [part for key, value in chunk for part in (scheme, key, value)])


def copy_log() -> None:
    """Copy what stands in SQLite's write-ahead log into the database; nobody waits for it. Nothing elsewhere."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
