"""The SQL that compares balances with the lines they are the sums of."""

from typing import Any

from django.db import connection

POINTS = """SELECT p.id, COALESCE(e.points, 0), COALESCE(p.credit_points, 0) FROM patrons_facts p
    LEFT JOIN (SELECT patron_id, sum(points) AS points FROM credit_pointentry GROUP BY patron_id) e
    ON e.patron_id = p.id WHERE COALESCE(e.points, 0) <> COALESCE(p.credit_points, 0) ORDER BY p.id LIMIT %s"""
LAST_BALANCES = """SELECT e.patron_id, e.balance, p.credit_points FROM credit_pointentry e
    JOIN patrons_facts p ON p.id = e.patron_id
    WHERE e.id = (SELECT max(l.id) FROM credit_pointentry l WHERE l.patron_id = e.patron_id)
    AND e.balance <> COALESCE(p.credit_points, -1) ORDER BY e.patron_id LIMIT %s"""
OWED = """SELECT p.id, COALESCE(e.owed, 0), p.owed_fen FROM patrons_facts p
    LEFT JOIN (SELECT patron_id, sum(owed_fen) AS owed FROM credit_moneyentry GROUP BY patron_id) e
    ON e.patron_id = p.id WHERE COALESCE(e.owed, 0) <> p.owed_fen ORDER BY p.id LIMIT %s"""
DEPOSITS = """SELECT p.id, COALESCE(e.held, 0), p.deposit_fen FROM patrons_facts p
    LEFT JOIN (SELECT patron_id, sum(deposit_fen) AS held FROM credit_moneyentry GROUP BY patron_id) e
    ON e.patron_id = p.id WHERE COALESCE(e.held, 0) <> p.deposit_fen ORDER BY p.id LIMIT %s"""
OPEN_CHARGES = """SELECT c.id, COALESCE(e.owed, 0), c.open_fen FROM credit_charge c
    LEFT JOIN (SELECT charge_id, sum(owed_fen) AS owed FROM credit_moneyentry GROUP BY charge_id) e
    ON e.charge_id = c.id WHERE COALESCE(e.owed, 0) <> c.open_fen ORDER BY c.id LIMIT %s"""
DRAWERS = """SELECT s.id, s.opening_fen + COALESCE(e.cash, 0), s.left_fen FROM credit_shift s
    LEFT JOIN (SELECT shift_id, sum(money_fen) AS cash FROM credit_moneyentry WHERE means = 'cash' GROUP BY shift_id) e
    ON e.shift_id = s.id
    WHERE s.closed_at IS NOT NULL AND s.opening_fen + COALESCE(e.cash, 0) <> s.left_fen ORDER BY s.id LIMIT %s"""
RECEIPTS = """SELECT r.text, COALESCE(e.money, 0), CASE WHEN r.state = 'issued' THEN r.money_fen ELSE 0 END
    FROM credit_receipt r
    LEFT JOIN (SELECT receipt_id, sum(money_fen) AS money FROM credit_moneyentry GROUP BY receipt_id) e
    ON e.receipt_id = r.id
    WHERE COALESCE(e.money, 0) <> CASE WHEN r.state = 'issued' THEN r.money_fen ELSE 0 END ORDER BY r.id LIMIT %s"""
# What a receipt or a guarantee brought in, what was forfeited, less what was paid back or reversed.
PAID = """SELECT c.id, COALESCE(e.paid, 0), c.paid_fen FROM credit_charge c
    LEFT JOIN (SELECT charge_id, sum(CASE kind WHEN 'charge_refunded' THEN money_fen ELSE -owed_fen END) AS paid
        FROM credit_moneyentry WHERE kind IN ('paid', 'deposit_forfeited', 'reversed', 'charge_refunded')
        GROUP BY charge_id) e
    ON e.charge_id = c.id WHERE COALESCE(e.paid, 0) <> c.paid_fen ORDER BY c.id LIMIT %s"""
APPROVALS = """SELECT a.id, CASE WHEN a.done_at IS NULL THEN 0 ELSE a.amount_fen END, COALESCE(e.moved, 0)
    FROM credit_approval a
    LEFT JOIN (SELECT approval_id, -sum(CASE WHEN owed_fen <> 0 THEN owed_fen ELSE money_fen END) AS moved
        FROM credit_moneyentry WHERE approval_id IS NOT NULL GROUP BY approval_id) e
    ON e.approval_id = a.id
    WHERE COALESCE(e.moved, 0) <> CASE WHEN a.done_at IS NULL THEN 0 ELSE a.amount_fen END ORDER BY a.id LIMIT %s"""
NUMBERS = """SELECT b.id, b.next - b.first, COALESCE(r.used, 0) FROM credit_receiptbook b
    LEFT JOIN (SELECT book_id, count(*) AS used, min(number) AS least, max(number) AS most FROM credit_receipt
        GROUP BY book_id) r ON r.book_id = b.id
    WHERE COALESCE(r.used, 0) <> b.next - b.first OR r.least < b.first OR r.most >= b.next ORDER BY b.id LIMIT %s"""
# What a closed day said stays what its receipts and its journal say: nothing is taken or voided on it afterwards.
DAYS = """SELECT d.number, d.receipts, COALESCE(r.issued, 0) FROM credit_dayclose d
    LEFT JOIN (SELECT close_id, count(*) AS issued FROM credit_receipt GROUP BY close_id) r ON r.close_id = d.id
    WHERE d.receipts <> COALESCE(r.issued, 0) ORDER BY d.id LIMIT %s"""
VOIDED = """SELECT d.number, d.voided, COALESCE(r.voided, 0) FROM credit_dayclose d
    LEFT JOIN (SELECT close_id, count(*) AS voided FROM credit_receipt WHERE state = 'voided' GROUP BY close_id) r
    ON r.close_id = d.id WHERE d.voided <> COALESCE(r.voided, 0) ORDER BY d.id LIMIT %s"""
HANDED_IN = """SELECT d.number, d.cash_fen, COALESCE(e.handed, 0) FROM credit_dayclose d
    LEFT JOIN (SELECT node_id, day, -sum(money_fen) AS handed FROM credit_moneyentry WHERE kind = 'handed_in'
        GROUP BY node_id, day) e ON e.node_id = d.node_id AND e.day = d.day
    WHERE d.cash_fen <> COALESCE(e.handed, 0) ORDER BY d.id LIMIT %s"""
REVIEWS = """SELECT r.id, COALESCE(r.points, 0), COALESCE(e.points, 0) FROM credit_review r
    LEFT JOIN credit_pointentry e ON e.key = 'review:' || r.id
    WHERE COALESCE(r.points, 0) <> COALESCE(e.points, 0) ORDER BY r.id LIMIT %s"""
AMNESTIES = """SELECT a.id, c.until_after, a.until_day FROM credit_amnesty a
    JOIN credit_amnestychange c ON c.id = (
        SELECT max(last.id) FROM credit_amnestychange last WHERE last.amnesty_id = a.id)
    WHERE c.until_after <> a.until_day ORDER BY a.id LIMIT %s"""
CHECKS = {
    "credit.points_of_reader": POINTS,
    "credit.last_balance": LAST_BALANCES,
    "credit.owed_by_reader": OWED,
    "credit.deposit_of_reader": DEPOSITS,
    "credit.open_charge": OPEN_CHARGES,
    "credit.cash_in_drawer": DRAWERS,
    "credit.sum_of_receipt": RECEIPTS,
    "credit.paid_of_charge": PAID,
    "credit.sum_of_approval": APPROVALS,
    "credit.numbers_of_receipts": NUMBERS,
    "credit.receipts_of_day": DAYS,
    "credit.voided_of_day": VOIDED,
    "credit.cash_of_day": HANDED_IN,
    "credit.points_of_review": REVIEWS,
    "credit.end_of_amnesty": AMNESTIES,
}
# Kept for speed beside their lines, and made again from them by `wenlan rebuild balances`.
REBUILT = frozenset(
    {
        "credit.points_of_reader",
        "credit.owed_by_reader",
        "credit.deposit_of_reader",
        "credit.open_charge",
        "credit.paid_of_charge",
    }
)


def differing_rows(sql: str, limit: int) -> list[tuple[Any, ...]]:
    """Return (place, expected, found) of each difference, at most `limit`."""
    with connection.cursor() as cursor:
        cursor.execute(sql, (limit,))
        return list(cursor.fetchall())
