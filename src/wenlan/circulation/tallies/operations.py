"""Counting what a point lent from its own shelves and wrote down by hand: a number, no reader, no item."""

from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from wenlan.circulation.models import LendingTally, Loan
from wenlan.circulation.tallies.errors import TallyBesideScans, TallyWrong
from wenlan.kernel.acts import Act, Channel
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.staff.operations import audit

TALLY, PERSONS = "tally", "lending_tally.persons"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What a place lent from `from_day` to `day` (both in): `loans` items to `persons`; `told_by` said so."""

    node: int
    from_day: date
    day: date
    loans: int
    persons: int = 0
    told_by: str = ""


@transaction.atomic
def enter(act: Act, *, tally: Tally, beside_scans: bool = False) -> bool:
    """Enter a tally as loans of the place (channel `paper`), counted on its last day; return whether it changed much.

    Another number for the same span replaces the first: the ledger shows both. Raises TallyWrong, and TallyBesideScans
    when loans were scanned there in these days, unless the tally is of others (`beside_scans`). Repeating `act.key`
    enters nothing.
    """
    if LendingTally.objects.filter(key=act.key).exists():
        return False
    if tally.from_day > tally.day or tally.day > act.day or tally.persons > tally.loans:
        raise TallyWrong()
    standing = LendingTally.objects.select_for_update().filter(node=tally.node, replaced_at=None)
    overlapping = list(standing.filter(from_day__lte=tally.day, day__gte=tally.from_day))
    before = next((row for row in overlapping if (row.from_day, row.day) == (tally.from_day, tally.day)), None)
    if [row for row in overlapping if row is not before]:
        raise TallyWrong()
    scanned = Loan.objects.filter(
        lent_node=tally.node, lent_on__range=(tally.from_day, tally.day), cancelled_at=None
    ).count()
    if scanned and not beside_scans:
        raise TallyBesideScans(loans=scanned)
    if before is not None and (before.loans, before.persons) == (tally.loans, tally.persons):
        return False
    if before is not None:
        _take_back(act, before)
    _write(act, tally, before)
    return True


def _take_back(act: Act, row: LendingTally) -> None:
    LendingTally.objects.filter(pk=row.pk).update(replaced_at=act.at)
    for quantity, source in ((row.loans, source_of(row)), (row.persons, f"{source_of(row)}:persons")):
        if quantity:
            ledger.reverse(act, day=row.day, source=source)


def _write(act: Act, tally: Tally, before: LendingTally | None) -> None:
    row = LendingTally.objects.create(
        node_id=tally.node,
        from_day=tally.from_day,
        day=tally.day,
        loans=tally.loans,
        persons=tally.persons,
        told_by=tally.told_by.strip()[:60],
        at=act.at,
        by=act.operator,
        key=act.key,
    )
    there = replace(act, node=tally.node, department=None, channel=Channel.PAPER)
    if tally.loans:
        ledger.record(
            there, Kind.LOAN_MADE, source=source_of(row), day=tally.day, quantity=tally.loans, loan_kind=TALLY
        )
    if tally.persons:
        ledger.record(
            there,
            Kind.RECORD_ENTERED,
            source=f"{source_of(row)}:persons",
            day=tally.day,
            quantity=tally.persons,
            subject=PERSONS,
        )
    after = {"loans": tally.loans, "persons": tally.persons, "told_by": tally.told_by}
    was = {"loans": before.loans, "persons": before.persons} if before else None
    audit(act, "circulation.lending_tally", f"node:{tally.node}:{tally.day}", before=was, after=after)


def source_of(row: LendingTally) -> str:
    """Return the key that a tally has in the ledger."""
    return f"tally:{row.uid}"
