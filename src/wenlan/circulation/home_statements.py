"""What a reader has at home, for the desk's panel: one statement, because every loan at a desk shows it."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import connection

AT_HOME = """
SELECT l.uid, i.barcode, t.title_proper, l.due_on
FROM circulation_loan l
JOIN holdings_facts i ON i.id = l.item_id
JOIN catalogue_facts t ON t.id = i.record_id
WHERE l.patron_id = %s AND l.returned_at IS NULL AND l.cancelled_at IS NULL
ORDER BY l.due_on, l.id
LIMIT %s"""


class AtHome(NamedTuple):
    """One open loan, as the panel tells it."""

    uid: UUID
    barcode: str
    title: str
    due_on: date


def at_home(patron: int, limit: int) -> tuple[AtHome, ...]:
    """Return a reader's open loans, the next due first."""
    with connection.cursor() as cursor:
        cursor.execute(AT_HOME, (patron, limit))
        return tuple(
            AtHome(UUID(str(uid)), barcode, title, due_on if isinstance(due_on, date) else date.fromisoformat(due_on))
            for uid, barcode, title, due_on in cursor.fetchall()
        )
