"""The SQL that compares what was counted by hand, and the openings, with the ledger."""

from typing import Any

from django.db import connection

from wenlan.kernel.sql import by_day, parting_days

IN_LEDGER = "FROM ledger_facts WHERE kind"
DIFFERING_TALLIES = parting_days(
    by_day("day", "sum(persons)", "FROM facilities_visittally WHERE undone_at IS NULL"),
    by_day("day", "sum(quantity)", f"{IN_LEDGER} = 'visit.counted' AND source LIKE 'tally:%%'"),
)
DIFFERING_OPENINGS = parting_days(
    by_day("day", "count(DISTINCT node_id)", "FROM facilities_opening"),
    by_day("day", "sum(quantity)", f"{IN_LEDGER} = 'place.opened' AND subject = 'day'"),
)
DIFFERING_GATES = parting_days(
    by_day("day", "sum(persons)", "FROM facilities_gatecount WHERE replaced_at IS NULL"),
    by_day("day", "sum(quantity)", f"{IN_LEDGER} = 'visit.counted' AND source LIKE 'gate:%%'"),
)
DIFFERING_ROOMS = parting_days(
    by_day("day", "sum(persons)", "FROM facilities_roomcount WHERE replaced_at IS NULL"),
    by_day("day", "sum(quantity)", f"{IN_LEDGER} = 'reading_room.visited' AND source LIKE 'room:%%'"),
)


def differing_rows(sql: str, limit: int) -> list[tuple[Any, ...]]:
    """Return (day, expected, found) of each difference, at most `limit`."""
    with connection.cursor() as cursor:
        cursor.execute(sql, (limit,))
        return list(cursor.fetchall())
