"""The SQL that compares loans with what is kept beside them."""

from typing import Any

from django.db import connection

from wenlan.circulation.statements import OPEN

DIFFERING_TALLIES = f"""SELECT p.id, COALESCE(o.loans, 0), p.open_loans FROM patrons_facts p
    LEFT JOIN (SELECT l.patron_id, count(*) AS loans FROM circulation_loan l WHERE {OPEN} GROUP BY l.patron_id) o
    ON o.patron_id = p.id WHERE p.open_loans <> COALESCE(o.loans, 0) ORDER BY p.id LIMIT %s"""
DIFFERING_ITEMS = f"""SELECT i.id, CASE WHEN l.id IS NULL THEN 'no open loan' ELSE 'on_loan' END, i.status
    FROM holdings_facts i LEFT JOIN circulation_loan l ON l.item_id = i.id AND {OPEN}
    WHERE (i.status = 'on_loan') <> (l.id IS NOT NULL) ORDER BY i.id LIMIT %s"""

DIFFERING_MOVES = f"""SELECT m.loan_id, m.due_on, l.due_on FROM circulation_movedloan m
    JOIN circulation_loan l ON l.id = m.loan_id AND {OPEN}
    WHERE m.restored IS NULL AND l.due_on < m.due_on
    AND NOT EXISTS (SELECT 1 FROM circulation_recall r WHERE r.loan_id = l.id AND r.withdrawn_at IS NULL)
    ORDER BY m.loan_id LIMIT %s"""

KEPT = "CASE WHEN r.state = 'ready' THEN 'on_hold_shelf' ELSE 'in_transit' END"
DIFFERING_KEPT_ITEMS = f"""SELECT i.id, COALESCE({KEPT}, 'kept for nobody'),
    CASE WHEN i.held_for_id IS NULL THEN 'kept for nobody' ELSE i.status END
    FROM holdings_facts i FULL JOIN
    (SELECT * FROM circulation_reservation WHERE state IN ('ready', 'on_the_way')) r ON r.assigned_id = i.id
    WHERE (i.held_for_id IS NOT NULL OR r.id IS NOT NULL)
    AND (r.id IS NULL OR i.held_for_id IS NULL OR i.held_for_id <> r.patron_id OR i.status <> {KEPT})
    ORDER BY i.id LIMIT %s"""

DIFFERING_COMPENSATIONS = """SELECT i.id, 'withdrawn', i.status FROM circulation_compensation c
    JOIN holdings_facts i ON i.id = c.lost_item_id WHERE i.status <> 'withdrawn' ORDER BY i.id LIMIT %s"""


# What another system counted has no rows in our tables: months of the past as sums, loans of items that are gone.
OUR_ACTS = "source NOT LIKE 'moved:%%'"


def differing(kind: str, table: str, day: str, counted: str, *, acts: str = "count(*)") -> str:
    """Return the statement that compares a table with the ledger, day by day."""
    return f"""SELECT COALESCE(t.day, e.day), COALESCE(t.acts, 0), COALESCE(e.acts, 0)
    FROM (SELECT {day} AS day, {acts} AS acts FROM {table} WHERE {counted} GROUP BY {day}) t
    FULL JOIN (SELECT day, sum(quantity) AS acts FROM ledger_facts WHERE kind = '{kind}' AND {OUR_ACTS}
               GROUP BY day) e
    ON e.day = t.day WHERE COALESCE(t.acts, 0) <> COALESCE(e.acts, 0) ORDER BY 1 LIMIT %s"""


# A line of a paper register that became a loan or return of its own (through the journal) is counted there.
ON_PAPER = "FROM circulation_paperline WHERE struck_at IS NULL AND journal_uid IS NULL AND what"
LENT = f"""(SELECT lent_on AS day, 1 AS loans FROM circulation_loan WHERE cancelled_at IS NULL
    UNION ALL SELECT day, loans FROM circulation_lendingtally WHERE replaced_at IS NULL
    UNION ALL SELECT day, quantity {ON_PAPER} = 'out')"""
RETURNED = f"""(SELECT returned_on AS day, 1 AS units FROM circulation_loan
    WHERE returned_on IS NOT NULL AND ended_as = '' UNION ALL SELECT day, quantity {ON_PAPER} = 'in')"""
DIFFERING_LOANS = differing("loan.made", f"{LENT} lent", "day", "loans > 0", acts="sum(loans)")
DIFFERING_RETURNS = differing("loan.returned", f"{RETURNED} back", "day", "units > 0", acts="sum(units)")
DIFFERING_RENEWALS = differing("loan.renewed", "circulation_renewal", "renewed_on", "cancelled_at IS NULL")
DIFFERING_RESERVATIONS = differing("reservation.made", "circulation_reservation", "made_on", "key IS NOT NULL")

DIFFERING_USES = differing(
    "item.used_in_house", "circulation_inhouseuse", "day", "replaced_at IS NULL", acts="sum(quantity)"
)
DIFFERING_MINUTES = differing("computer.used", "circulation_readingsession", "day", "minutes > 0", acts="sum(minutes)")
DIFFERING_DRIFTING = differing(
    "book.drifted",
    "circulation_driftmove",
    "day",
    "replaced_at IS NULL AND act <> 'ended' AND quantity > 0",
    acts="sum(quantity)",
)
# Sums of rooms (facilities) are of the same kind: what each row says it is of tells them apart.
DIFFERING_SESSIONS = """SELECT COALESCE(t.day, e.day), COALESCE(t.acts, 0), COALESCE(e.acts, 0) FROM
    (SELECT day, sum(persons) AS acts FROM circulation_readingsession WHERE cancelled_at IS NULL GROUP BY day) t
    FULL JOIN (SELECT day, sum(quantity) AS acts FROM ledger_facts
    WHERE kind = 'reading_room.visited' AND source LIKE 'session:%%' GROUP BY day) e
    ON e.day = t.day WHERE COALESCE(t.acts, 0) <> COALESCE(e.acts, 0) ORDER BY 1 LIMIT %s"""


def differing_rows(sql: str, limit: int) -> list[tuple[Any, ...]]:
    """Return (place, expected, found) of each difference, at most `limit`."""
    with connection.cursor() as cursor:
        cursor.execute(sql, (limit,))
        return list(cursor.fetchall())
