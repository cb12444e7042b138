"""Hand-written SQL of the cart: the returns of some days at a place, found by the ledger's own key."""

from datetime import date
from typing import Any

RETURNS = """SELECT source FROM ledger_facts
WHERE day >= %s AND day <= %s AND source >= 'return:' AND source < 'return;' AND node = %s AND reverses IS NULL"""


def returned(cursor: Any, node: int, first: date, last: date) -> list[str]:
    """Return the uids of the loans that were returned at a node from `first` to `last`, undone ones too."""
    cursor.execute(RETURNS, (first, last, node))
    return [source.split(":")[1] for (source,) in cursor.fetchall()]
