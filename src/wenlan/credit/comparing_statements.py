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
CHECKS = {
    "credit.points_of_reader": POINTS,
    "credit.last_balance": LAST_BALANCES,
    "credit.owed_by_reader": OWED,
    "credit.deposit_of_reader": DEPOSITS,
    "credit.open_charge": OPEN_CHARGES,
    "credit.cash_in_drawer": DRAWERS,
    "credit.sum_of_receipt": RECEIPTS,
}


def differing_rows(sql: str, limit: int) -> list[tuple[Any, ...]]:
    """Return (place, expected, found) of each difference, at most `limit`."""
    with connection.cursor() as cursor:
        cursor.execute(sql, (limit,))
        return list(cursor.fetchall())
