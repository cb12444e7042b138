"""What a reader has at home and what waits for them: one statement, because every loan at a desk shows it."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from wenlan.circulation.statements import OPEN_OF_READER

AT_HOME = f"""
SELECT * FROM (
    SELECT 0 AS waits, l.id, l.uid, i.barcode, t.title_proper, l.due_on, l.lent_node_id
    FROM circulation_loan l
    JOIN holdings_facts i ON i.id = l.item_id
    JOIN catalogue_facts t ON t.id = i.record_id
    WHERE l.patron_id = %s AND {OPEN_OF_READER}
    ORDER BY l.due_on, l.id
    LIMIT %s) loans
UNION ALL
SELECT 1, r.id, r.uid, i.barcode, t.title_proper, r.pick_up_by, r.pickup_id
FROM circulation_reservation r
JOIN holdings_facts i ON i.id = r.assigned_id
JOIN catalogue_facts t ON t.id = r.record_id
WHERE r.patron_id = %s AND r.state = 'ready' AND r.pick_up_by IS NOT NULL"""


class AtHome(NamedTuple):
    """One open loan, as the panel tells it."""

    uid: UUID
    barcode: str
    title: str
    due_on: date


class Ready(NamedTuple):
    """What waits for the reader on a hold shelf, where, and until when."""

    barcode: str
    title: str
    place: int
    until: date


def at_home(patron: int, limit: int) -> tuple[tuple[AtHome, ...], tuple[Ready, ...]]:
    """Return a reader's open loans, the next due first, and what waits for them, the first to be fetched first."""
    with connection.cursor() as cursor:
        cursor.execute(AT_HOME, (patron, limit, patron))
        rows = [(*row[:5], _day(row[5]), row[6]) for row in cursor.fetchall()]
    rows.sort(key=lambda row: (row[0], row[5], row[1]))
    loans = tuple(AtHome(UUID(str(row[2])), *row[3:6]) for row in rows if not row[0])
    return loans, tuple(Ready(row[3], row[4], row[6], row[5]) for row in rows if row[0])


def _day(stored: date | str) -> date:
    """Return a day; SQLite keeps it as text."""
    return date.fromisoformat(stored) if isinstance(stored, str) else stored
