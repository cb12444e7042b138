"""Who sits at a desk, in one statement: the session, the account that opened it, and the rights it holds today.

Every page of the desk asks this first, and nothing of it is remembered from one request to the next: a session that
ended, an account that was closed, a new password and a right taken away are seen by the next request, whichever
process serves it.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

ACCOUNT = "m.id, m.username, m.name, m.home_node_id, m.department_id, m.password, m.is_active, g.node_id, r.rights"
HELD = """LEFT JOIN staff_grant g
    ON g.staff_id = m.id AND g.from_day <= %s AND (g.until_day IS NULL OR g.until_day > %s)
LEFT JOIN staff_role r ON r.id = g.role_id"""
# SQLite keeps instants as text in UTC, which its CURRENT_TIMESTAMP is too.
SESSION = f"""SELECT s.session_data, {ACCOUNT} FROM django_session s
LEFT JOIN staff_staffmember m ON m.id = %s {HELD}
WHERE s.session_key = %s AND s.expire_date > CURRENT_TIMESTAMP"""
OF_ACCOUNT = f"SELECT {ACCOUNT} FROM staff_staffmember m {HELD} WHERE m.id = %s"


class AccountRow(NamedTuple):
    """An account with one of its roles; an account of several roles has several rows."""

    id: int
    username: str
    name: str
    home_node: int
    department: int | None
    password: str
    is_active: bool
    node: int | None
    rights: str | None


def session(key: str, *, staff: int | None, on: date) -> tuple[str, list[AccountRow]] | None:
    """Return what a session that has not expired carries, and the rows of the account believed to have opened it."""
    rows = _fetch(SESSION, (staff, on, on, key))
    if not rows:
        return None
    return rows[0][0], [AccountRow._make(row[1:]) for row in rows if row[1] is not None]


def account(staff: int, *, on: date) -> list[AccountRow]:
    """Return the rows of an account; none when there is no such account."""
    return [AccountRow._make(row) for row in _fetch(OF_ACCOUNT, (on, on, staff))]


def _fetch(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())
