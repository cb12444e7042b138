"""The SQL of journals: what was done with an item after an act that arrives late, and what a device takes along.

Written to by listed contract: `holdings_item` (loans).
"""

from collections.abc import Collection
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from wenlan.circulation.statements import ON_SQLITE, execute, fetch, stored
from wenlan.kernel.sql import places


class LoanAbout(NamedTuple):
    """A loan of the item that was made or ended after an instant; with id 0 a return that ended nothing."""

    id: int
    patron: int | None
    lent_at: datetime
    lent_node: int
    returned_at: datetime | None
    returned_node: int | None
    overdue_days: int | None


LOANS_ABOUT = """SELECT l.id, l.patron_id, l.lent_at, l.lent_node_id, l.returned_at, l.returned_node_id, l.overdue_days
    FROM holdings_facts i JOIN circulation_loan l ON l.item_id = i.id
    WHERE i.barcode_key = %s AND (%s = '' OR i.barcode_scope = %s) AND l.cancelled_at IS NULL
    AND l.out_key <> %s AND (l.in_key IS NULL OR l.in_key <> %s)
    AND (l.lent_at > %s OR l.returned_at > %s)
    UNION ALL SELECT 0, NULL, j.happened_at, j.node_id, j.happened_at, j.node_id, 0 FROM circulation_journalline j
    WHERE j.item_key = %s AND j.ends_nothing AND j.happened_at > %s ORDER BY 3"""
READERS_AROUND = "SELECT count(*) FROM (SELECT 1 FROM patrons_facts WHERE home_node_id IN {nodes} LIMIT %s) AS found"
CARDS_AROUND = """SELECT c.number_key, c.status, p.id, p.category_id, p.status, p.suspended_until, p.valid_until,
    p.open_loans, p.credit_points, p.owed_fen, COALESCE(o.late, 0)
    FROM patrons_facts p JOIN patrons_card_facts c ON c.patron_id = p.id LEFT JOIN
    (SELECT l.patron_id, count(*) AS late FROM circulation_loan l WHERE l.due_on < %s AND l.returned_at IS NULL
    AND l.cancelled_at IS NULL GROUP BY l.patron_id) o ON o.patron_id = p.id
    WHERE p.home_node_id IN {nodes} AND p.status <> 'deregistered' AND c.kind NOT IN ('id', 'social_security')
    AND c.status NOT IN ('replaced', 'closed') ORDER BY c.number_key LIMIT %s"""
ITEMS_AROUND = """SELECT i.barcode_key, i.barcode_scope, t.title_proper, i.status, i.lending, i.owner_node_id,
    i.material, i.reserved, l.due_on, l.renewals
    FROM holdings_facts i JOIN catalogue_facts t ON t.id = i.record_id
    LEFT JOIN circulation_loan l ON l.item_id = i.id AND l.returned_at IS NULL AND l.cancelled_at IS NULL
    WHERE i.status <> 'withdrawn' AND (i.shelved_at_id IN {nodes} OR i.id IN (SELECT o.item_id FROM circulation_loan o
    WHERE o.lent_node_id IN {nodes} AND o.returned_at IS NULL AND o.cancelled_at IS NULL))
    ORDER BY i.barcode_key, i.barcode_scope LIMIT %s"""
LOANS_BY_KIND = """SELECT l.patron_id, i.owner_node_id, i.material, count(*)
    FROM circulation_loan l JOIN holdings_facts i ON i.id = l.item_id JOIN patrons_facts p ON p.id = l.patron_id
    WHERE p.home_node_id IN {nodes} AND l.returned_at IS NULL AND l.cancelled_at IS NULL
    GROUP BY l.patron_id, i.owner_node_id, i.material"""
ONE_MORE_LOAN = "UPDATE holdings_item SET loans = loans + 1 WHERE id = %s"


def loans_since(*, barcode_key: str, scope: str, key: str, at: datetime) -> list[LoanAbout]:
    """Return the item's loans that were made or ended after an instant, by other acts than that of the key.

    One statement. An open loan that began before is none of them.
    """
    when = stored(at)
    rows = fetch(LOANS_ABOUT, (barcode_key, scope, scope, key, key, when, when, barcode_key, when))
    return [_about(row) for row in rows]


def count_loan(item: int) -> None:
    """Count one more loan on a locked item."""
    execute(ONE_MORE_LOAN, (item,))


class CardAround(NamedTuple):
    """A card that serves around a place, with what the rules look at; the days may be ISO texts."""

    number_key: str
    card_status: str
    patron: int
    category: int
    status: str
    suspended_until: date | str | None
    valid_until: date | str | None
    open_loans: int
    credit_points: int | None
    owed_fen: int
    late: int


class KindLoans(NamedTuple):
    """How many items of an owner and a material a reader has."""

    patron: int
    owner: int
    material: str
    loans: int


class ItemAround(NamedTuple):
    """An item that stands at a place or was lent there; `due_on` may be an ISO text."""

    barcode_key: str
    scope: str
    title: str
    status: str
    lending: str
    owner: int
    material: str
    reserved: bool
    due_on: date | str | None
    renewals: int | None


def readers_around(nodes: Collection[int], *, most: int) -> int:
    """Return how many readers belong to places, counted no further than `most` (one statement)."""
    return int(fetch(READERS_AROUND.format(nodes=places(nodes)), (*nodes, most))[0][0])


def cards_around(nodes: Collection[int], *, on: date, most: int) -> list[CardAround]:
    """Return the cards of the readers who belong to places, at most so many (one statement)."""
    return [CardAround._make(row) for row in fetch(CARDS_AROUND.format(nodes=places(nodes)), (on, *nodes, most))]


def loans_by_kind(nodes: Collection[int]) -> list[KindLoans]:
    """Return what the readers who belong to places have, by owner and material (one statement)."""
    return [KindLoans._make(row) for row in fetch(LOANS_BY_KIND.format(nodes=places(nodes)), tuple(nodes))]


def items_around(nodes: Collection[int], *, most: int) -> list[ItemAround]:
    """Return the items that stand at places or were lent there, at most so many (one statement)."""
    sql = ITEMS_AROUND.format(nodes=places(nodes))
    return [ItemAround._make(row) for row in fetch(sql, (*nodes, *nodes, most))]


def _about(row: tuple[Any, ...]) -> LoanAbout:
    loan = LoanAbout._make(row)
    if not ON_SQLITE:
        return loan
    return loan._replace(lent_at=_instant(loan.lent_at), returned_at=_instant(loan.returned_at))


def _instant(value: Any) -> Any:
    """Return an instant that SQLite gave as text, or without its zone."""
    read = datetime.fromisoformat(value) if isinstance(value, str) else value
    return read.replace(tzinfo=UTC) if read is not None else None
