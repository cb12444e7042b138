"""How much each operator did, from the ledger: acts of service of a shift, and of days (工作量)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from wenlan.credit.till import statements

KINDS = (
    "loan.made",
    "loan.returned",
    "loan.renewed",
    "patron.registered",
    "patron.deregistered",
    "stock.accessioned",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What one operator did on one day, by kind of act."""

    operator: str
    day: date
    acts: Mapping[str, int]


def of_shift(*, operator: str, start: datetime, end: datetime) -> dict[str, int]:
    """Return the acts of an operator between two instants, by kind (one statement)."""
    return {kind: count for kind, count in statements.acts_between(operator=operator, start=start, end=end) if count}


def workload(nodes: Collection[int], *, start: date, end: date) -> tuple[Work, ...]:
    """Return what staff did at the places in `[start, end)`, by operator and day (one statement)."""
    found: dict[tuple[str, date], dict[str, int]] = {}
    for operator, day, kind, count in statements.acts_by_operator(nodes, start=start, end=end, kinds=KINDS):
        found.setdefault((operator, day), {})[kind] = count
    return tuple(
        Work(operator=operator, day=day, acts=acts)
        for (operator, day), acts in sorted(found.items(), key=lambda item: (item[0][1], item[0][0]))
    )
