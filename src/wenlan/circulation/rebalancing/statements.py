"""The SQL of what floats: the copies of titles that float, and what was lent of late by class and place."""

from collections.abc import Collection
from datetime import date

from wenlan.circulation.rebalancing.types import Copy
from wenlan.circulation.statements import fetch

COPIES = """SELECT i.id, i.record_id, i.main_class, i.owner_node_id, i.material, i.shelved_at_id, i.present_node_id
    FROM holdings_facts i
    WHERE i.status = 'available' AND i.lending = 'lendable' AND i.present_node_id IN ({nodes})
    AND NOT EXISTS (SELECT 1 FROM circulation_moveorder o
                    WHERE o.item_id = i.id AND o.sent_at IS NULL AND o.dropped_at IS NULL)
    {only} ORDER BY i.record_id, i.id LIMIT %s"""
FLOATING_TITLES = """AND i.record_id IN (SELECT f.record_id FROM holdings_facts f
    WHERE f.status = 'available' AND f.present_node_id <> f.shelved_at_id AND f.present_node_id IN ({nodes}))"""
FLOATING_CLASSES = """AND i.main_class IN (SELECT f.main_class FROM holdings_facts f
    WHERE f.status = 'available' AND f.present_node_id <> f.shelved_at_id AND f.present_node_id IN ({nodes}))"""
LENT = """SELECT i.main_class, l.lent_node_id, count(*) FROM circulation_loan l
    JOIN holdings_facts i ON i.id = l.item_id
    WHERE l.lent_on >= %s AND l.cancelled_at IS NULL AND l.lent_node_id IN ({nodes}) GROUP BY 1, 2"""
MOST = 50_000


def copies(nodes: Collection[int], *, of_class: bool) -> list[Copy]:
    """Return the available copies at the places of every title that floats there, or of every class of such a title."""
    if not nodes:
        return []
    marks = ", ".join(["%s"] * len(nodes))
    only = (FLOATING_CLASSES if of_class else FLOATING_TITLES).format(nodes=marks)
    places = sorted(nodes)
    return [Copy._make(row) for row in fetch(COPIES.format(nodes=marks, only=only), (*places, *places, MOST))]


def lent_since(nodes: Collection[int], day: date) -> dict[tuple[str, int], int]:
    """Return the loans since a day, by class and place of loan."""
    if not nodes:
        return {}
    marks = ", ".join(["%s"] * len(nodes))
    return {(main_class, node): loans for main_class, node, loans in fetch(LENT.format(nodes=marks), (day, *nodes))}
