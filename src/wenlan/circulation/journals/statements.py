"""The SQL of journals: what was done with an item after an act that arrives late, and what a device takes along.

Written to by listed contract: `holdings_item` (loans).
"""

from datetime import UTC, datetime
from typing import Any, NamedTuple

from wenlan.circulation.statements import ON_SQLITE, execute, fetch, stored


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


def _about(row: tuple[Any, ...]) -> LoanAbout:
    loan = LoanAbout._make(row)
    if not ON_SQLITE:
        return loan
    return loan._replace(lent_at=_instant(loan.lent_at), returned_at=_instant(loan.returned_at))


def _instant(value: Any) -> Any:
    """Return an instant that SQLite gave as text, or without its zone."""
    read = datetime.fromisoformat(value) if isinstance(value, str) else value
    return read.replace(tzinfo=UTC) if read is not None else None
