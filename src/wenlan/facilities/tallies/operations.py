"""Counting visits by hand (到馆人次, where there is no gate)."""

from datetime import date

from django.db import transaction

from wenlan.facilities import queries as gates
from wenlan.facilities.tallies import errors
from wenlan.facilities.tallies.models import VisitTally
from wenlan.facilities.tallies.queries import persons_on
from wenlan.kernel.acts import Act
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.network import queries as network
from wenlan.network.types import NodeKind

MOST = 1000
SUBJECT, ABOARD = "tally", "aboard"


@transaction.atomic
def tally(act: Act, *, persons: int = 1, day: date | None = None) -> int:
    """Count people who came in at the act's place, on its day or (from a paper register) another; return the day's sum.

    Raises TallyWrong beyond 1 to 1,000 at a time, and GateCountsHere where a gate was in use that day: nobody is
    counted twice. Repeating `act.key` counts nothing.
    """
    on = day or act.day
    if not 0 < persons <= MOST:
        raise errors.TallyWrong(most=MOST)
    if gates.gates([act.node], on):
        raise errors.GateCountsHere()
    row, is_new = VisitTally.objects.get_or_create(
        key=act.key,
        defaults={"node_id": act.node, "day": on, "at": act.at, "persons": persons, "by": act.operator},
    )
    if is_new:
        ledger.record(
            act, Kind.VISIT_COUNTED, quantity=persons, day=on, subject=subject_at(act.node), source=source_of(row)
        )
    return persons_on(act.node, on)


@transaction.atomic
def take_back(act: Act, *, of: str = "") -> int:
    """Take the last tally of the act's place and day back, or the one that was made with the key `of`.

    Returns the sum of its day. Raises NothingToTakeBack. Repeating `act.key` takes no more back. Locks the row.
    """
    row = VisitTally.objects.filter(undone_key=act.key).first()
    if row is None:
        meant = {"key": of} if of else {"day": act.day}
        standing = VisitTally.objects.select_for_update().filter(node=act.node, undone_at=None, **meant)
        row = standing.order_by("-at", "-id").first()
        if row is None:
            raise errors.NothingToTakeBack()
        row.undone_at, row.undone_key = act.at, act.key
        row.save(update_fields=["undone_at", "undone_key"])
        ledger.reverse(act, day=row.day, source=source_of(row))
    return persons_on(act.node, row.day)


def subject_at(node: int) -> str:
    """Return under what visitors of a place count: aboard the bus they are no visits to a building (到馆人次)."""
    on_the_bus = network.node(node).kind in {NodeKind.BUS, NodeKind.BUS_STOP}
    return ABOARD if on_the_bus else SUBJECT


def source_of(row: VisitTally) -> str:
    """Return the key that a tally has in the ledger."""
    return f"tally:{row.uid}"
