"""The SQL of what stands away from home."""

from collections.abc import Collection

from wenlan.circulation.statements import fetch

AWAY = """SELECT i.shelved_at_id, i.present_node_id, count(*) FROM holdings_facts i
    WHERE i.status = 'available' AND i.present_node_id <> i.shelved_at_id AND i.present_node_id IN ({nodes})
    GROUP BY i.shelved_at_id, i.present_node_id ORDER BY count(*) DESC, i.present_node_id, i.shelved_at_id LIMIT %s"""


def away_from_home(nodes: Collection[int], *, limit: int) -> list[tuple[int, int, int]]:
    """Return (home, where it stands, items) of what floated to these places, the most first."""
    if not nodes:
        return []
    marks = ", ".join(["%s"] * len(nodes))
    return [(home, here, items) for home, here, items in fetch(AWAY.format(nodes=marks), (*sorted(nodes), limit))]
