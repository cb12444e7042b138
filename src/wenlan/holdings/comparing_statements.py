"""The SQL that compares the items with the ledger's stock, and finds what is told at another place than its owner's."""

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

ELSEWHERE = f"""SELECT id, {", ".join(EventRow._fields)} FROM ledger_facts e
    WHERE kind IN ('stock.accessioned', 'stock.deregistered') AND source LIKE 'item%%' AND node <> owner_node
    AND reverses IS NULL AND id > %s
    AND NOT EXISTS (SELECT 1 FROM ledger_facts r WHERE r.day = e.day AND r.source = e.source || '~')
    ORDER BY id LIMIT %s"""


def differing_stock(limit: int) -> list[tuple[Any, ...]]:
    """Return (owner, material, items, units in the ledger) where they part, at most `limit`."""
    with connection.cursor() as cursor:
        cursor.execute(DIFFERING_STOCK, (limit,))
        return list(cursor.fetchall())


def told_elsewhere(after: int, limit: int) -> list[tuple[int, EventRow]]:
    """Return acts of the items' stock that stand at another place than their owner's, by their ids above `after`."""
    with connection.cursor() as cursor:
        cursor.execute(ELSEWHERE, (after, limit))
        return [(row[0], EventRow(*row[1:])) for row in cursor.fetchall()]
