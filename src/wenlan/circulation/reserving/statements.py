"""The SQL of reserving. Locks: the reader, then items in the order of their ids, then reservations.

The next reservation is asked after the item was locked, by a statement with a snapshot of its own: a column of the
locked item (`reserved`) says whether to ask at all. Two copies that come back at once skip each other's reservation.

Written to by listed contract: `holdings_item` (reserved, held_for_id).
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from wenlan.circulation.statements import ON_SQLITE, execute, fetch

SKIP = "" if ON_SQLITE else " FOR NO KEY UPDATE OF r SKIP LOCKED"
LOCK = "" if ON_SQLITE else " FOR NO KEY UPDATE"
WAITS = "r.state = 'waiting' AND (r.suspended_until IS NULL OR r.suspended_until < %s)"
NEXT = """SELECT r.id, r.uid, r.patron_id, p.category_id, r.pickup_id, r.kind FROM circulation_reservation r
    JOIN patrons_facts p ON p.id = r.patron_id
    WHERE r.record_id = %s AND (r.item_id IS NULL OR r.item_id = %s)
    AND (r.within_id IS NULL OR r.within_id IN ({nodes}))
    AND (({waits}) OR (r.state = 'to_pick' AND r.assigned_id = %s))
    ORDER BY CASE WHEN r.assigned_id = %s THEN 0 ELSE 1 END, r.id LIMIT 1{skip}"""
COPIES = f"""SELECT i.id, i.status, i.lending, i.shelved_at_id, i.present_node_id, i.material, i.owner_node_id
    FROM holdings_facts i WHERE i.record_id = %s ORDER BY i.id{LOCK}"""
FLAG = "UPDATE holdings_item SET reserved = %s WHERE record_id = %s AND reserved <> %s"
FLAG_ONE = "UPDATE holdings_item SET reserved = %s WHERE id = %s"
FLAG_NEW = """UPDATE holdings_item SET reserved = %s WHERE reserved = %s AND status <> 'withdrawn' AND record_id IN
    (SELECT r.record_id FROM circulation_reservation r WHERE r.state = 'waiting' AND r.item_id IS NULL)"""

FREE = """SELECT r.id FROM circulation_reservation r WHERE r.state = 'waiting'
    AND (r.suspended_until IS NULL OR r.suspended_until < %s) AND EXISTS (
        SELECT 1 FROM holdings_facts i WHERE i.record_id = r.record_id AND i.status = 'available'
        AND i.lending = 'lendable' AND (r.item_id IS NULL OR r.item_id = i.id) AND NOT EXISTS (
            SELECT 1 FROM circulation_reservation t WHERE t.assigned_id = i.id AND t.state = 'to_pick'))
    ORDER BY r.id LIMIT %s"""


class NextReservation(NamedTuple):
    """Who comes next for a copy that is here."""

    id: int
    uid: Any
    patron: int
    category: int
    pickup: int
    kind: str


class CopyRow(NamedTuple):
    """A locked copy of a title."""

    id: int
    status: str
    lending: str
    shelved_at: int
    present_node: int
    material: str
    owner: int


def next_for(*, record: int, item: int, on: date, shelf_way_up: Sequence[int]) -> NextReservation | None:
    """Lock and return the reservation that comes next for a locked item, None when nobody waits. One statement."""
    nodes = ", ".join(["%s"] * len(shelf_way_up))
    sql = NEXT.format(nodes=nodes, waits=WAITS, skip=SKIP)
    found = fetch(sql, (record, item, *shelf_way_up, on, item, item))
    return NextReservation._make(found[0]) if found else None


def lock_reader(patron: int) -> None:
    """Lock a reader's row."""
    fetch(f"SELECT id FROM patrons_facts WHERE id = %s{LOCK}", (patron,))


def lock_copies(record: int) -> tuple[CopyRow, ...]:
    """Lock every copy of a title, in the order of their ids, and return them."""
    return tuple(CopyRow._make(row) for row in fetch(COPIES, (record,)))


def flag_copies(record: int, *, reserved: bool) -> None:
    """Let the returns of a title's locked copies ask for the queue, or no longer."""
    execute(FLAG, (reserved, record, reserved))


def flag_copy(item: int, *, reserved: bool) -> None:
    """Let the return of one locked copy ask for the queue, or no longer."""
    execute(FLAG_ONE, (reserved, item))


def keep_for(item: int, *, patron: int) -> None:
    """Keep a locked item for another reader than before."""
    execute("UPDATE holdings_item SET held_for_id = %s WHERE id = %s AND held_for_id IS NOT NULL", (patron, item))


def flag_new_copies() -> None:
    """Flag copies that were added to titles somebody waits for."""
    execute(FLAG_NEW, (True, False))


def waiting_with_free_copies(on: date, *, limit: int) -> tuple[int, ...]:
    """Return the reservations that wait although a copy of their title stands on some shelf, the longest first."""
    return tuple(row[0] for row in fetch(FREE, (on, limit)))
