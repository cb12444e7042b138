"""The SQL that says what the register of machines has recorded in the ledger."""

from django.db import connection

MACHINES_IN_LEDGER = """SELECT node, subject, sum(quantity) FROM ledger_facts
    WHERE kind = 'record.entered' AND source LIKE 'machine:%%' GROUP BY node, subject HAVING sum(quantity) <> 0"""


def machines_in_ledger() -> dict[tuple[int, str], int]:
    """Return what machines count for in the ledger, by node and subject; nothing for a sum of nought."""
    with connection.cursor() as cursor:
        cursor.execute(MACHINES_IN_LEDGER, ())
        return {(node, subject): int(quantity) for node, subject, quantity in cursor.fetchall()}
