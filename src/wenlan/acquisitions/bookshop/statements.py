"""The SQL that compares chosen books with the ledger."""

from typing import Any

from django.db import connection

# A choice counts where the loans of its shop are made; one that was given back stands there twice and sums to nothing.
DIFFERING = """WITH chosen AS (
        SELECT s.node_id AS node, c.day, p.part,
            sum(CASE p.part WHEN 'fen' THEN c.paid_fen ELSE 1 END) AS units
        FROM acquisitions_choice c JOIN acquisitions_bookshop s ON s.id = c.shop_id
        CROSS JOIN (SELECT 'volume' AS part UNION ALL SELECT 'fen') p
        WHERE c.state = 'lent' GROUP BY s.node_id, c.day, p.part),
    told AS (
        SELECT node, day, subject AS part, sum(quantity) AS units FROM ledger_facts
        WHERE kind = 'book.chosen' AND source LIKE 'chosen-%%' GROUP BY node, day, subject)
    SELECT COALESCE(c.node, t.node), COALESCE(c.day, t.day), COALESCE(c.part, t.part), COALESCE(c.units, 0),
        COALESCE(t.units, 0)
    FROM chosen c FULL JOIN told t ON t.node = c.node AND t.day = c.day AND t.part = c.part
    WHERE COALESCE(c.units, 0) <> COALESCE(t.units, 0) ORDER BY 2, 1, 3 LIMIT %s"""


def differing_days(limit: int) -> list[tuple[Any, ...]]:
    """Return (node, day, part, as chosen, as the ledger has it) where they differ, at most `limit`."""
    with connection.cursor() as cursor:
        cursor.execute(DIFFERING, (limit,))
        return list(cursor.fetchall())
