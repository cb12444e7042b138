"""Hand-written SQL of the record books: what the ledger has recorded from them."""

from typing import Any


def recorded_from_registers(cursor: Any) -> dict[str, int]:
    """Return the sources that stand in the ledger and were not reversed, with their quantities."""
    cursor.execute(
        "SELECT e.source, e.quantity FROM ledger_facts e WHERE e.source LIKE 'register:%%' AND e.reverses IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM ledger_facts r WHERE r.day = e.day AND r.source = e.source || '~')",
        (),
    )
    return dict(cursor.fetchall())
