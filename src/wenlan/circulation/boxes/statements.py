"""The SQL of the machines' boxes, from the ledger: which machine took what in, and when."""

from collections.abc import Collection
from datetime import date, datetime

from wenlan.circulation.statements import fetch, stored

TAKEN_IN = "e.kind = 'loan.returned' AND e.quantity > 0 AND e.channel IN ('sip2', 'kiosk')"
MACHINES = f"""SELECT DISTINCT e.node, e.operator FROM ledger_facts e
    WHERE e.day >= %s AND {TAKEN_IN} AND e.operator LIKE 'device:%%' AND e.node IN ({{nodes}})"""
IN_THE_BOX = f"""SELECT e.source FROM ledger_facts e
    WHERE e.day >= %s AND {TAKEN_IN} AND e.operator = %s AND e.node = %s AND e.occurred_at > %s ORDER BY e.day, e.id"""


def machines(nodes: Collection[int], since: date) -> list[tuple[int, str]]:
    """Return (place, machine) of every machine that took something in at the places since a day."""
    if not nodes:
        return []
    marks = ", ".join(["%s"] * len(nodes))
    rows = fetch(MACHINES.format(nodes=marks), (since, *sorted(nodes)))
    return sorted((node, operator.removeprefix("device:")) for node, operator in rows)


def taken_in(*, device: str, node: int, since: date, after: datetime) -> list[str]:
    """Return the ledger's keys of what a machine took in after an instant, on `since` at the earliest."""
    rows = fetch(IN_THE_BOX, (since, f"device:{device}", node, stored(after)))
    return [source for (source,) in rows]
