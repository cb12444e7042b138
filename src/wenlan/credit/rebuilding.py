"""The sums kept on readers' rows and charges, made again from the lines of points and money they are the sums of."""

from django.db import transaction
from django.db.models import Case, F, Sum, When

from wenlan.credit import accounts, statements
from wenlan.credit import comparing_statements as comparing
from wenlan.credit.models import Charge, MoneyEntry, PointEntry
from wenlan.credit.money.types import MoneyKind
from wenlan.kernel.acts import Act
from wenlan.staff.operations import audit

OF_READERS = (comparing.POINTS, comparing.OWED, comparing.DEPOSITS)
OF_CHARGES = (comparing.OPEN_CHARGES, comparing.PAID)
ALL = 1_000_000
SETTLED = (MoneyKind.PAID, MoneyKind.DEPOSIT_FORFEITED, MoneyKind.REVERSED, MoneyKind.CHARGE_REFUNDED)


def rebuild_balances(act: Act) -> int:
    """Make the sums that differ from their lines again, reader by reader; returns how many readers that concerned.

    The lines are never touched. What becomes of a reader stands in the audit trail.
    """
    readers = {int(place) for sql in OF_READERS for place, *_ in comparing.differing_rows(sql, ALL)}
    charges = {int(place) for sql in OF_CHARGES for place, *_ in comparing.differing_rows(sql, ALL)}
    readers |= {*Charge.objects.filter(pk__in=charges).values_list("patron_id", flat=True)}
    for reader in sorted(readers):
        _rebuild(act, reader, charges)
    return len(readers)


@transaction.atomic
def _rebuild(act: Act, patron: int, charges: set[int]) -> None:
    """Write a locked reader's sums and those of the charges as the lines have them."""
    reader = accounts.locked(act, patron).reader
    lines = MoneyEntry.objects.filter(patron=patron)
    sums = lines.aggregate(owed=Sum("owed_fen", default=0), deposit=Sum("deposit_fen", default=0))
    points = PointEntry.objects.filter(patron=patron).aggregate(sum=Sum("points", default=0))["sum"]
    statements.move_sums(
        patron, owed_fen=sums["owed"] - reader.owed_fen, deposit_fen=sums["deposit"] - reader.deposit_fen
    )
    if points != (reader.points or 0):
        statements.set_points(patron, points)
    for charge in Charge.objects.filter(patron=patron, pk__in=charges):
        _rebuild_charge(charge)
    before = {"owed_fen": reader.owed_fen, "deposit_fen": reader.deposit_fen, "points": reader.points}
    after = {"owed_fen": sums["owed"], "deposit_fen": sums["deposit"], "points": points}
    audit(act, "credit.balances_rebuilt", f"patron:{patron}", before=before, after=after)


def _rebuild_charge(charge: Charge) -> None:
    refunded = Case(When(kind=MoneyKind.CHARGE_REFUNDED, then=F("money_fen")), default=-F("owed_fen"))
    lines = MoneyEntry.objects.filter(charge=charge)
    charge.open_fen = lines.aggregate(sum=Sum("owed_fen", default=0))["sum"]
    charge.paid_fen = lines.filter(kind__in=SETTLED).aggregate(sum=Sum(refunded, default=0))["sum"]
    charge.save(update_fields=["open_fen", "paid_fen"])
