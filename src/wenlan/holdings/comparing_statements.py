"""The SQL that compares items and slips with the ledger, and finds what is told at another place than its owner's."""

from typing import Any

from django.db import connection

from wenlan.ledger.types import EventRow

# Electronic documents are accessioned as packages, without items; what is not an item is not compared.
DIFFERING_STOCK = """SELECT COALESCE(t.owner, e.owner), COALESCE(t.material, e.material), COALESCE(t.units, 0),
    COALESCE(e.units, 0)
    FROM (SELECT owner_node_id AS owner, material, count(*) AS units FROM holdings_item WHERE withdrawn_on IS NULL
          GROUP BY owner_node_id, material) t
    FULL JOIN (SELECT owner_node AS owner, item_material AS material,
                      sum(CASE kind WHEN 'stock.accessioned' THEN quantity ELSE -quantity END) AS units
               FROM ledger_facts
               WHERE kind IN ('stock.accessioned', 'stock.deregistered') AND source LIKE 'item%%'
               GROUP BY owner_node, item_material) e
    ON e.owner = t.owner AND e.material = t.material
    WHERE COALESCE(t.units, 0) <> COALESCE(e.units, 0) ORDER BY 1, 2 LIMIT %s"""

STANDS_ELSEWHERE = """FROM ledger_facts e
    WHERE kind IN ('stock.accessioned', 'stock.deregistered') AND source LIKE 'item%%' AND node <> owner_node
    AND reverses IS NULL
    AND NOT EXISTS (SELECT 1 FROM ledger_facts r WHERE r.day = e.day AND r.source = e.source || '~')"""
ELSEWHERE = f"SELECT id, {', '.join(EventRow._fields)} {STANDS_ELSEWHERE} AND id > %s ORDER BY id LIMIT %s"
BY_OWNER = f"SELECT owner_node, count(*) {STANDS_ELSEWHERE} GROUP BY owner_node ORDER BY owner_node LIMIT %s"

# A slip counts once it is signed for, each item at both ends or, handed out, where it left; `counting.py` says how.
SLIP = {
    "sqlite": "CAST(substr(source, 10) AS INTEGER)",  # as far as its digits go
    "postgresql": "CAST(split_part(source, ':', 2) AS bigint)",
}
MOVED = "'item.transferred', 'item.rotated'"
DIFFERING_SLIPS = f"""WITH slips AS (
        SELECT t.id, t.purpose, t.from_node_id, t.to_node_id, count(*) AS units
        FROM holdings_transfer t
        JOIN holdings_transferline l ON l.transfer_id = t.id AND l.outcome = 'received'
        WHERE t.received_at IS NOT NULL AND t.to_node_id <> t.from_node_id
        GROUP BY t.id, t.purpose, t.from_node_id, t.to_node_id),
    sides AS (
        SELECT id, from_node_id AS node, 'out' AS way, purpose, units FROM slips
        UNION ALL SELECT id, to_node_id, 'in', purpose, units FROM slips WHERE purpose IN ('transfer', 'rotation')),
    signed AS (
        SELECT id, node, units,
            CASE purpose WHEN 'transfer' THEN 'item.transferred' WHEN 'rotation' THEN 'item.rotated'
                ELSE 'item.distributed' END AS kind,
            CASE purpose WHEN 'distribution' THEN 'branch' WHEN 'deposit' THEN 'deposit' ELSE way END AS subject
        FROM sides
        UNION ALL SELECT id, from_node_id, 1, 'record.entered', 'stock_slip.' || purpose FROM slips
        WHERE purpose <> 'transfer'),
    told AS (
        SELECT {SLIP[connection.vendor]} AS id, node, kind, subject, sum(quantity) AS units FROM ledger_facts
        WHERE source LIKE 'transfer:%%' AND kind IN ({MOVED}, 'item.distributed', 'record.entered')
        GROUP BY 1, 2, 3, 4
        UNION ALL
        SELECT 0, node, kind, subject, sum(quantity) FROM ledger_facts
        WHERE kind IN ({MOVED}) AND source NOT LIKE 'transfer:%%' AND source NOT LIKE 'register:%%'
            AND source NOT LIKE 'moved:%%'
        GROUP BY node, kind, subject)
    SELECT COALESCE(s.id, t.id), COALESCE(s.node, t.node), COALESCE(s.kind, t.kind), COALESCE(s.subject, t.subject),
        COALESCE(s.units, 0), COALESCE(t.units, 0)
    FROM signed s
    FULL JOIN told t ON t.id = s.id AND t.node = s.node AND t.kind = s.kind AND t.subject = s.subject
    WHERE COALESCE(s.units, 0) <> COALESCE(t.units, 0) ORDER BY 1, 2, 3, 4 LIMIT %s"""

# A line is open as long as its slip; once signed for it says what became of its item; only deposits stay out.
DIFFERING_LINES = """SELECT t.number,
        CASE WHEN t.received_at IS NULL AND t.cancelled_at IS NULL THEN 'open' ELSE 'closed' END,
        CASE WHEN l.is_open THEN 'open' WHEN l.is_out THEN 'out' ELSE 'closed' END || ' ' || l.outcome, l.item_id
    FROM holdings_transferline l JOIN holdings_transfer t ON t.id = l.transfer_id
    WHERE l.is_open <> (t.received_at IS NULL AND t.cancelled_at IS NULL)
        OR (t.received_at IS NOT NULL AND l.outcome = '')
        OR (l.is_out AND (t.purpose <> 'deposit' OR l.outcome <> 'received'))
    UNION ALL
    SELECT h.number, CASE WHEN h.received_at IS NULL AND h.cancelled_at IS NULL THEN 'open' ELSE 'closed' END,
        CASE WHEN l.is_open THEN 'open' ELSE 'closed' END || ' ' || l.outcome, l.item_id
    FROM holdings_handoverline l JOIN holdings_handover h ON h.id = l.handover_id
    WHERE l.is_open <> (h.received_at IS NULL AND h.cancelled_at IS NULL)
        OR (h.received_at IS NOT NULL AND l.outcome = '')
    ORDER BY 1, 4 LIMIT %s"""

# What is on its way to somebody's signature stands on an open slip that was signed once.
DIFFERING_UNDER_WAY = """SELECT i.id, i.status FROM holdings_item i
    WHERE (i.status = 'in_transfer' AND NOT EXISTS (
            SELECT 1 FROM holdings_transferline l JOIN holdings_transfer t ON t.id = l.transfer_id
            WHERE l.item_id = i.id AND l.is_open AND t.sent_at IS NOT NULL))
        OR (i.status = 'in_handover' AND NOT EXISTS (
            SELECT 1 FROM holdings_handoverline l JOIN holdings_handover h ON h.id = l.handover_id
            WHERE l.item_id = i.id AND l.is_open AND h.sent_at IS NOT NULL))
    ORDER BY i.id LIMIT %s"""

# Loans, returns and transits have books of their own; any other state an item came to by a change that is written down.
BY_CHANGE = """'searched_for', 'missing', 'lost', 'lost_on_the_way', 'damaged', 'in_repair', 'at_bindery',
    'locked', 'set_aside', 'withdrawn', 'in_handover', 'in_transfer'"""
DIFFERING_STATES = f"""SELECT i.id, c.after, i.status FROM holdings_item i
    JOIN holdings_statechange c ON c.id = (SELECT max(last.id) FROM holdings_statechange last WHERE last.item_id = i.id)
    WHERE i.status IN ({BY_CHANGE}) AND c.after <> i.status ORDER BY i.id LIMIT %s"""


def found(sql: str, limit: int) -> list[tuple[Any, ...]]:
    """Return the rows that one of the statements above finds, at most `limit`."""
    with connection.cursor() as cursor:
        cursor.execute(sql, (limit,))
        return list(cursor.fetchall())


def told_elsewhere(after: int, limit: int) -> list[tuple[int, EventRow]]:
    """Return acts of the items' stock that stand at another place than their owner's, by their ids above `after`."""
    with connection.cursor() as cursor:
        cursor.execute(ELSEWHERE, (after, limit))
        return [(row[0], EventRow(*row[1:])) for row in cursor.fetchall()]
