"""The SQL that compares readers with the ledger and with their cards."""

from typing import Any

from django.db import connection

from wenlan.kernel.sql import by_day, parting_days

# What another system counted in past months has no rows in our tables: its sources begin with `moved:`.
IN_LEDGER = "FROM ledger_facts WHERE source NOT LIKE 'moved:%%' AND kind"
DIFFERING_REGISTRATIONS = parting_days(
    by_day("registered_on", "count(*)", "FROM patrons_patron"),
    by_day("day", "sum(quantity)", f"{IN_LEDGER} = 'patron.registered'"),
)
DIFFERING_DEREGISTRATIONS = parting_days(
    by_day("deregistered_on", "count(*)", "FROM patrons_patron WHERE deregistered_on IS NOT NULL"),
    by_day("day", "sum(quantity)", f"{IN_LEDGER} = 'patron.deregistered'"),
)

# A reader who left, or was merged into another, has no card that serves.
DIFFERING_CARDS = """SELECT p.id, 0, count(*) FROM patrons_patron p
    JOIN patrons_card c ON c.patron_id = p.id AND c.until_day IS NULL
    WHERE p.status = 'deregistered' GROUP BY p.id ORDER BY p.id LIMIT %s"""
# An account leads to one that goes on, or was closed later, never around to itself.
DIFFERING_MERGES = """SELECT p.id, 'another reader', into_.merged_into_id FROM patrons_patron p
    JOIN patrons_patron into_ ON into_.id = p.merged_into_id
    WHERE into_.merged_into_id = p.id OR p.merged_into_id = p.id ORDER BY p.id LIMIT %s"""


def differing_rows(sql: str, limit: int) -> list[tuple[Any, ...]]:
    """Return (day or reader, expected, found) of each difference, at most `limit`."""
    with connection.cursor() as cursor:
        cursor.execute(sql, (limit,))
        return list(cursor.fetchall())
