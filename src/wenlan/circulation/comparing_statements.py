"""The SQL that compares loans with what is kept beside them."""

from typing import Any

from django.db import connection

from wenlan.circulation.statements import OPEN
from wenlan.kernel.sql import by_day, parting_days, uid_text

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


def differing(kind: str, rows: str, *, day: str = "day", acts: str = "count(*)") -> str:
    """Return the statement that compares what a table tells with the ledger, day by day."""
    booked = f"FROM ledger_facts WHERE kind = '{kind}' AND {OUR_ACTS}"
    return parting_days(by_day(day, acts, rows), by_day("day", "sum(quantity)", booked))


# A line of a paper register that became a loan or return of its own (through the journal) is counted there.
ON_PAPER = "FROM circulation_paperline WHERE struck_at IS NULL AND journal_uid IS NULL AND what"
LENT = f"""(SELECT lent_on AS day, 1 AS loans FROM circulation_loan WHERE cancelled_at IS NULL
    UNION ALL SELECT day, loans FROM circulation_lendingtally WHERE replaced_at IS NULL
    UNION ALL SELECT day, quantity {ON_PAPER} = 'out')"""
RETURNED = f"""(SELECT returned_on AS day, 1 AS units FROM circulation_loan
    WHERE returned_on IS NOT NULL AND ended_as = '' UNION ALL SELECT day, quantity {ON_PAPER} = 'in')"""
DIFFERING_LOANS = differing("loan.made", f"FROM {LENT} lent WHERE loans > 0", acts="sum(loans)")
DIFFERING_RETURNS = differing("loan.returned", f"FROM {RETURNED} back WHERE units > 0", acts="sum(units)")
DIFFERING_RENEWALS = differing("loan.renewed", "FROM circulation_renewal WHERE cancelled_at IS NULL", day="renewed_on")
DIFFERING_RESERVATIONS = differing(
    "reservation.made", "FROM circulation_reservation WHERE key IS NOT NULL", day="made_on"
)
DIFFERING_USES = differing(
    "item.used_in_house", "FROM circulation_inhouseuse WHERE replaced_at IS NULL", acts="sum(quantity)"
)
DIFFERING_MINUTES = differing("computer.used", "FROM circulation_readingsession WHERE minutes > 0", acts="sum(minutes)")
DIFFERING_DRIFTING = differing(
    "book.drifted",
    "FROM circulation_driftmove WHERE replaced_at IS NULL AND act <> 'ended' AND quantity > 0",
    acts="sum(quantity)",
)
# Sums of rooms (facilities) are of the same kind: what each row says it is of tells them apart.
DIFFERING_SESSIONS = parting_days(
    by_day("day", "sum(persons)", "FROM circulation_readingsession WHERE cancelled_at IS NULL"),
    by_day(
        "day", "sum(quantity)", "FROM ledger_facts WHERE kind = 'reading_room.visited' AND source LIKE 'session:%%'"
    ),
)

IN_BOOKS = "FROM ledger_facts WHERE kind = 'record.entered' AND subject"
HAS_LOANS = "EXISTS (SELECT 1 FROM circulation_grouploanitem i WHERE i.group_id = g.id)"
TOLD_PERSONS = f"""(SELECT made_on AS day, persons FROM circulation_grouploan g WHERE persons > 0 AND {HAS_LOANS}
    UNION ALL SELECT day, persons FROM circulation_lendingtally WHERE replaced_at IS NULL AND persons > 0)"""
DIFFERING_GROUPS = parting_days(
    by_day("made_on", "count(*)", f"FROM circulation_grouploan g WHERE {HAS_LOANS}"),
    by_day("day", "sum(quantity)", f"{IN_BOOKS} = 'group_loan'"),
)
DIFFERING_PERSONS = parting_days(
    by_day("day", "sum(persons)", f"FROM {TOLD_PERSONS} told"),
    by_day("day", "sum(quantity)", f"{IN_BOOKS} IN ('group_loan.persons', 'lending_tally.persons')"),
)
DIFFERING_ORDERS = parting_days(
    by_day("made_on", "count(*)", "FROM circulation_bookorder"),
    by_day("day", "sum(quantity)", f"{IN_BOOKS} LIKE 'book_order:%%'"),
)
DIFFERING_MET_ORDERS = parting_days(
    by_day("counted_on", "count(*)", "FROM circulation_bookorder WHERE state IN ('given', 'returned')"),
    by_day("day", "sum(quantity)", f"{IN_BOOKS} LIKE 'book_order.given:%%'"),
)
# The loans of one group stand on one card; a loan forgets its reader, and then no other loan may know one.
DIFFERING_GROUP_CARDS = """SELECT i.group_id, 1, count(DISTINCT l.patron_id) FROM circulation_grouploanitem i
    JOIN circulation_loan l ON l.id = i.loan_id GROUP BY i.group_id HAVING count(DISTINCT l.patron_id) > 1
    ORDER BY i.group_id LIMIT %s"""

# A line that counts as recorded stands in the table of its act under its uuid.
LINE = uid_text("j.uid")
DIFFERING_LINES = f"""SELECT j.id, j.act, 'nothing' FROM circulation_journalline j
    WHERE j.is_recorded AND j.state IN ('recorded', 'waiting', 'accepted') AND (
        (j.act = 'checkout' AND NOT EXISTS (SELECT 1 FROM circulation_loan l WHERE l.out_key = {LINE}))
        OR (j.act = 'renew' AND NOT EXISTS (SELECT 1 FROM circulation_renewal r WHERE r.key = {LINE}))
        OR (j.act = 'use' AND NOT EXISTS (SELECT 1 FROM circulation_inhouseuse u WHERE u.key = {LINE})))
    ORDER BY j.id LIMIT %s"""
DIFFERING_PAPER = """SELECT p.id, 'a line of a journal', 'nothing' FROM circulation_paperline p
    WHERE p.journal_uid IS NOT NULL AND p.struck_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM circulation_journalline j WHERE j.uid = p.journal_uid) ORDER BY p.id LIMIT %s"""

# Renewals of another system stand on its loans as a number only.
DIFFERING_RENEWAL_COUNTS = """SELECT l.id, COALESCE(r.times, 0), l.renewals FROM circulation_loan l
    LEFT JOIN (SELECT loan_id, count(*) AS times FROM circulation_renewal WHERE cancelled_at IS NULL GROUP BY loan_id) r
    ON r.loan_id = l.id
    WHERE l.renewals <> COALESCE(r.times, 0) AND l.out_key NOT LIKE 'moved:%%' ORDER BY l.id LIMIT %s"""

DIFFERING_TRANSITS = """SELECT i.id, CASE WHEN t.id IS NULL THEN 'nothing sent' ELSE 'in_transit' END, i.status
    FROM holdings_facts i
    FULL JOIN (SELECT * FROM circulation_transit WHERE arrived_at IS NULL AND cancelled_at IS NULL) t
    ON t.item_id = i.id
    WHERE (i.status = 'in_transit' OR t.id IS NOT NULL) AND (t.id IS NULL OR i.status <> 'in_transit')
    ORDER BY i.id LIMIT %s"""

# A book stands where it was last released or left, else nowhere, as when that place was closed.
DIFFERING_DRIFTERS = """SELECT b.id, COALESCE(CAST(p.id AS text), 'nowhere'),
        COALESCE(CAST(b.point_id AS text), 'nowhere')
    FROM circulation_driftbook b
    JOIN circulation_driftmove m ON m.id = (
        SELECT max(last.id) FROM circulation_driftmove last WHERE last.book_id = b.id AND last.replaced_at IS NULL)
    LEFT JOIN circulation_driftpoint p ON p.id = m.point_id AND m.act IN ('released', 'left')
    WHERE COALESCE(b.point_id, 0) <> COALESCE(p.id, 0) AND (b.point_id IS NOT NULL OR p.until_day IS NULL)
    ORDER BY b.id LIMIT %s"""
DIFFERING_TAKINGS = """SELECT b.id, COALESCE(m.times, 0), b.times_taken FROM circulation_driftbook b
    LEFT JOIN (SELECT book_id, count(*) AS times FROM circulation_driftmove
               WHERE act = 'taken' AND replaced_at IS NULL GROUP BY book_id) m ON m.book_id = b.id
    WHERE b.times_taken <> COALESCE(m.times, 0) ORDER BY b.id LIMIT %s"""

DIFFERING_BOOKINGS = """SELECT a.place_id, 'one booking at a time', a.starts FROM circulation_placebooking a
    JOIN circulation_placebooking b ON b.place_id = a.place_id AND b.id <> a.id AND b.starts < a.ends
        AND (b.starts > a.starts OR (b.starts = a.starts AND b.id > a.id))
    WHERE a.state IN ('booked', 'used') AND b.state IN ('booked', 'used') ORDER BY 1, 3 LIMIT %s"""
DIFFERING_HANDINGS = """SELECT h.id, 'handed back', 'still out' FROM circulation_handing h
    JOIN circulation_readingsession s ON s.id = h.session_id
    WHERE h.returned_at IS NULL AND (s.ended_at IS NOT NULL OR s.cancelled_at IS NOT NULL) ORDER BY h.id LIMIT %s"""

# Who waits knows of a recall as long as the recalled loan is open; of none that was withdrawn.
DIFFERING_RECALLS = f"""SELECT w.id, CASE WHEN w.recalled_at IS NULL THEN 'recalled' ELSE 'no recall' END,
    CASE WHEN w.recalled_at IS NULL THEN 'no recall' ELSE 'recalled' END
    FROM circulation_reservation w
    WHERE (w.recalled_at IS NULL AND EXISTS (
            SELECT 1 FROM circulation_recall c JOIN circulation_loan l ON l.id = c.loan_id AND {OPEN}
            WHERE c.reservation_id = w.id AND c.withdrawn_at IS NULL))
        OR (w.recalled_at IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM circulation_recall c WHERE c.reservation_id = w.id AND c.withdrawn_at IS NULL))
    ORDER BY w.id LIMIT %s"""
DIFFERING_UNDONE_MOVES = """SELECT m.loan_id, 'restored', 'moved' FROM circulation_movedloan m
    JOIN circulation_duedatemove d ON d.id = m.move_id
    WHERE d.undo_finished_at IS NOT NULL AND m.restored IS NULL ORDER BY m.loan_id LIMIT %s"""


def differing_rows(sql: str, limit: int) -> list[tuple[Any, ...]]:
    """Return (place, expected, found) of each difference, at most `limit`."""
    with connection.cursor() as cursor:
        cursor.execute(sql, (limit,))
        return list(cursor.fetchall())
