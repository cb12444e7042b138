"""The SQL that compares readers with the ledger and with their cards."""

from typing import Any

from django.db import connection

# What another system counted in past months has no rows in our tables: its sources begin with `moved:`.
DIFFERING_REGISTRATIONS = """SELECT COALESCE(t.day, e.day), COALESCE(t.readers, 0), COALESCE(e.readers, 0)
    FROM (SELECT registered_on AS day, count(*) AS readers FROM patrons_patron GROUP BY registered_on) t
    FULL JOIN (SELECT day, sum(quantity) AS readers FROM ledger_facts WHERE kind = 'patron.registered'
               AND source NOT LIKE 'moved:%%' GROUP BY day) e
    ON e.day = t.day WHERE COALESCE(t.readers, 0) <> COALESCE(e.readers, 0) ORDER BY 1 LIMIT %s"""
DIFFERING_DEREGISTRATIONS = """SELECT COALESCE(t.day, e.day), COALESCE(t.readers, 0), COALESCE(e.readers, 0)
    FROM (SELECT deregistered_on AS day, count(*) AS readers FROM patrons_patron WHERE deregistered_on IS NOT NULL
          GROUP BY deregistered_on) t
    FULL JOIN (SELECT day, sum(quantity) AS readers FROM ledger_facts WHERE kind = 'patron.deregistered'
               AND source NOT LIKE 'moved:%%' GROUP BY day) e
    ON e.day = t.day WHERE COALESCE(t.readers, 0) <> COALESCE(e.readers, 0) ORDER BY 1 LIMIT %s"""

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
