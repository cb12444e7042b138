"""The SQL that compares the items with the ledger's stock."""

from typing import Any

from django.db import connection

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


def differing_stock(limit: int) -> list[tuple[Any, ...]]:
    """Return (owner, material, items, units in the ledger) where they part, at most `limit`."""
    with connection.cursor() as cursor:
        cursor.execute(DIFFERING_STOCK, (limit,))
        return list(cursor.fetchall())
