"""Hand-written SQL of the cart: the returns of some days at a place, found by the ledger's own key."""

from datetime import date
from typing import Any

from wenlan.kernel.periods import Period
from wenlan.kernel.sql import places

RETURNS = """SELECT source FROM ledger_facts
WHERE day IN {days} AND source >= 'return:' AND source < 'return;' AND node = %s AND reverses IS NULL"""


def returned(cursor: Any, node: int, first: date, last: date) -> list[str]:
    """Return the uids of the loans that were returned at a node from `first` to `last`, undone ones too.

    Day by day, so that the ledger's index by day and source leads to the returns and to no other act of those days.
    """
    days = list(Period(first, Period.day(last).end))
    cursor.execute(RETURNS.format(days=places(days)), (*days, node))
    return [source.split(":")[1] for (source,) in cursor.fetchall()]
