"""The SQL that compares what was counted by hand, and the openings, with the ledger."""

from typing import Any

from django.db import connection

DIFFERING_TALLIES = """SELECT COALESCE(t.day, e.day), COALESCE(t.persons, 0), COALESCE(e.persons, 0) FROM
    (SELECT day, sum(persons) AS persons FROM facilities_visittally WHERE undone_at IS NULL GROUP BY day) t
    FULL JOIN (SELECT day, sum(quantity) AS persons FROM ledger_facts
    WHERE kind = 'visit.counted' AND subject = 'tally' GROUP BY day) e
    ON e.day = t.day WHERE COALESCE(t.persons, 0) <> COALESCE(e.persons, 0) ORDER BY 1 LIMIT %s"""
DIFFERING_OPENINGS = """SELECT COALESCE(t.day, e.day), COALESCE(t.places, 0), COALESCE(e.places, 0) FROM
    (SELECT day, count(DISTINCT node_id) AS places FROM facilities_opening GROUP BY day) t
    FULL JOIN (SELECT day, sum(quantity) AS places FROM ledger_facts
    WHERE kind = 'place.opened' AND subject = 'day' GROUP BY day) e
    ON e.day = t.day WHERE COALESCE(t.places, 0) <> COALESCE(e.places, 0) ORDER BY 1 LIMIT %s"""

DIFFERING_GATES = """SELECT COALESCE(t.day, e.day), COALESCE(t.persons, 0), COALESCE(e.persons, 0) FROM
    (SELECT day, sum(persons) AS persons FROM facilities_gatecount WHERE replaced_at IS NULL GROUP BY day) t
    FULL JOIN (SELECT day, sum(quantity) AS persons FROM ledger_facts
    WHERE kind = 'visit.counted' AND source LIKE 'gate:%%' GROUP BY day) e
    ON e.day = t.day WHERE COALESCE(t.persons, 0) <> COALESCE(e.persons, 0) ORDER BY 1 LIMIT %s"""
DIFFERING_ROOMS = """SELECT COALESCE(t.day, e.day), COALESCE(t.persons, 0), COALESCE(e.persons, 0) FROM
    (SELECT day, sum(persons) AS persons FROM facilities_roomcount WHERE replaced_at IS NULL GROUP BY day) t
    FULL JOIN (SELECT day, sum(quantity) AS persons FROM ledger_facts
    WHERE kind = 'reading_room.visited' AND source LIKE 'room:%%' GROUP BY day) e
    ON e.day = t.day WHERE COALESCE(t.persons, 0) <> COALESCE(e.persons, 0) ORDER BY 1 LIMIT %s"""


def differing_rows(sql: str, limit: int) -> list[tuple[Any, ...]]:
    """Return (day, expected, found) of each difference, at most `limit`."""
    with connection.cursor() as cursor:
        cursor.execute(sql, (limit,))
        return list(cursor.fetchall())
