"""The ledger's hand-written SQL. Columns and inserts are a contract for hot acts of other packages."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection

from wenlan.ledger.types import EventRow

EVENT_COLUMNS: tuple[str, ...] = EventRow._fields
_NAMES = ", ".join(EVENT_COLUMNS)
_PLACES = ", ".join(["%s"] * len(EVENT_COLUMNS))
_COPIED = ", ".join(
    {
        "quantity": "-quantity",
        "source": "source || '~'",
        "recorded_at": "%s",
        "reverses": "id",
    }.get(name, name)
    for name in EVENT_COLUMNS
)

INSERT_EVENT = (
    f"INSERT INTO ledger_serviceevent ({_NAMES}) VALUES ({_PLACES}) ON CONFLICT (day, source) DO NOTHING RETURNING id"
)
INSERT_UNFOLDED = "INSERT INTO ledger_unfolded (event, day) VALUES (%s, %s)"
INSERT_REVERSAL = (
    f"INSERT INTO ledger_serviceevent ({_NAMES}) SELECT {_COPIED} FROM ledger_serviceevent "
    "WHERE day = %s AND source = %s AND reverses IS NULL ON CONFLICT (day, source) DO NOTHING RETURNING id"
)
FIND_EVENT = "SELECT id FROM ledger_serviceevent WHERE day = %s AND source = %s"


def record_event(cursor: Any, row: Sequence[Any]) -> int:
    """Write one act and its unfolded mark; return its id. A source that stands already is left as it is."""
    cursor.execute(INSERT_EVENT, row)
    made = cursor.fetchone()
    if made is None:
        return find_event(cursor, row[0], row[-2]) or 0
    cursor.execute(INSERT_UNFOLDED, (made[0], row[0]))
    return int(made[0])


def find_event(cursor: Any, day: date, source: str) -> int | None:
    """Return the id of the act under a source, or None."""
    cursor.execute(FIND_EVENT, (day, source))
    found = cursor.fetchone()
    return int(found[0]) if found else None


def reverse_event(cursor: Any, *, day: date, source: str, recorded_at: Any) -> int | None:
    """Write the row that takes an act back; return its id, or None when there is no such act."""
    cursor.execute(INSERT_REVERSAL, (recorded_at, day, source))
    made = cursor.fetchone()
    if made is None:
        return find_event(cursor, day, source + "~")
    cursor.execute(INSERT_UNFOLDED, (made[0], day))
    return int(made[0])


def record_events(cursor: Any, rows: Sequence[Sequence[Any]]) -> int:
    """Write many acts with few statements; return how many were new."""
    if connection.vendor == "sqlite":
        return _record_events_in_one_lane(cursor, rows)
    return sum(_record_chunk(cursor, rows[start : start + 500]) for start in range(0, len(rows), 500))


def _record_events_in_one_lane(cursor: Any, rows: Sequence[Sequence[Any]]) -> int:
    # One process writes at a time, so what is new has an id above the last one given before.
    cursor.execute("SELECT COALESCE(MAX(id), 0) FROM ledger_serviceevent")
    last = cursor.fetchone()[0]
    cursor.executemany(INSERT_EVENT.removesuffix(" RETURNING id"), rows)
    cursor.execute(
        "INSERT INTO ledger_unfolded (event, day) SELECT id, day FROM ledger_serviceevent WHERE id > %s", (last,)
    )
    return int(cursor.rowcount)


def _record_chunk(cursor: Any, rows: Sequence[Sequence[Any]]) -> int:
    places = ", ".join([f"({_PLACES})"] * len(rows))
    cursor.execute(
        f"WITH made AS (INSERT INTO ledger_serviceevent ({_NAMES}) VALUES {places} "
        "ON CONFLICT (day, source) DO NOTHING RETURNING id, day) "
        "INSERT INTO ledger_unfolded (event, day) SELECT id, day FROM made",
        [value for row in rows for value in row],
    )
    return int(cursor.rowcount)


# What the sums are made of. The batch is a temporary table of this connection, named as a published view is.
BATCH = (
    "CREATE TEMPORARY TABLE ledger_batch_facts {ending} AS SELECT e.day, e.kind, e.node, e.department, e.owner_node, "
    "e.home_node, e.channel, e.operator, e.quantity, e.subject, e.reader_category, e.reader_sex, e.reader_age, "
    "e.person_token, e.item_material, e.item_class, e.item_audience, e.item_language, e.loan_kind, "
    "e.special_group, e.estimated, e.reverses FROM "
)


def take_unfolded(cursor: Any, limit: int) -> int:
    """Move up to `limit` unfolded acts into the table `ledger_batch_facts`; return how many.

    Other workers on PostgreSQL take other acts; on SQLite there is one writer.
    """
    if connection.vendor == "sqlite":
        return _take_in_one_lane(cursor, limit)
    cursor.execute(
        "DELETE FROM ledger_unfolded WHERE event IN "
        "(SELECT event FROM ledger_unfolded ORDER BY event LIMIT %s FOR UPDATE SKIP LOCKED) RETURNING day, event",
        (limit,),
    )
    taken = cursor.fetchall()
    if taken:
        days, events = zip(*taken, strict=True)
        cursor.execute(
            BATCH.format(ending="ON COMMIT DROP")
            + "unnest(%s::date[], %s::bigint[]) AS b (day, event) "
            + "JOIN ledger_serviceevent e ON e.day = b.day AND e.id = b.event WHERE e.day BETWEEN %s AND %s",
            (list(days), list(events), min(days), max(days)),
        )
    return len(taken)


def _take_in_one_lane(cursor: Any, limit: int) -> int:
    cursor.execute("SELECT MAX(event) FROM (SELECT event FROM ledger_unfolded ORDER BY event LIMIT %s)", (limit,))
    last = cursor.fetchone()[0]
    if last is None:
        return 0
    cursor.execute(
        BATCH.format(ending="") + "ledger_unfolded u JOIN ledger_serviceevent e ON e.id = u.event WHERE u.event <= %s",
        (last,),
    )
    cursor.execute("DELETE FROM ledger_unfolded WHERE event <= %s", (last,))
    return int(cursor.rowcount)


def drop_batch(cursor: Any) -> None:
    """Let the batch go before the transaction ends."""
    cursor.execute("DROP TABLE ledger_batch_facts")


def mark_all_unfolded(cursor: Any) -> int:
    """Mark every act as not yet contained in the sums; return how many there are."""
    cursor.execute("DELETE FROM ledger_unfolded")
    cursor.execute("INSERT INTO ledger_unfolded (event, day) SELECT id, day FROM ledger_serviceevent")
    return int(cursor.rowcount)


_MIRRORED = tuple(name for name in EVENT_COLUMNS if name not in {"quantity", "source", "recorded_at", "reverses"})


def crooked_reversals(cursor: Any) -> list[tuple[Any, ...]]:
    """Return reversals (day, source, quantity, what they should mirror) that do not mirror the act they name."""
    same = " AND ".join(
        f"(r.{name} = e.{name} OR (r.{name} IS NULL AND e.{name} IS NULL))" for name in _MIRRORED if name != "day"
    )
    cursor.execute(
        "SELECT r.day, r.source, r.quantity, e.quantity FROM ledger_serviceevent r "
        "LEFT JOIN ledger_serviceevent e ON e.day = r.day AND e.id = r.reverses WHERE r.reverses IS NOT NULL "
        f"AND (e.id IS NULL OR e.reverses IS NOT NULL OR r.quantity <> -e.quantity OR NOT ({same})) LIMIT 100"
    )
    return list(cursor.fetchall())


def lost_marks(cursor: Any) -> list[tuple[Any, ...]]:
    """Return marks (event, day) of acts that do not exist."""
    cursor.execute(
        "SELECT u.event, u.day FROM ledger_unfolded u LEFT JOIN ledger_serviceevent e "
        "ON e.day = u.day AND e.id = u.event WHERE e.id IS NULL LIMIT 100"
    )
    return list(cursor.fetchall())
