"""What credit keeps of readers: points and money, given to the other account when two become one, or taken over."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from wenlan.credit import accounts, statements
from wenlan.credit.external.operations import OPEN
from wenlan.credit.models import Guarantee, PointEntry, Reminded, Review, Stop
from wenlan.credit.money.models import Approval, Charge, DepositNotice, MoneyEntry
from wenlan.credit.money.opening import OldBalance
from wenlan.credit.money.opening import take_over as take_money_over
from wenlan.credit.till.models import Receipt
from wenlan.credit.types import Cause, ReviewState
from wenlan.kernel.acts import Act
from wenlan.patrons.belongings import Belonging, Belongings, Opening

OLD_CAUSES = {Cause.STARTED.value, Cause.IMPORTED.value}
OF_A_READER = (Reminded, Stop, Charge, Approval, MoneyEntry, DepositNotice, Receipt)


def kept_of(patron: int) -> tuple[Belonging, ...]:
    """Return how many lines of points, charges and receipts stand with a reader."""
    return (
        Belonging(words=_("Lines of the ledger of points"), count=PointEntry.objects.filter(patron=patron).count()),
        Belonging(words=_("Unpaid sums"), count=Charge.objects.filter(patron=patron, open_fen__gt=0).count()),
        Belonging(words=_("Receipts"), count=Receipt.objects.filter(patron=patron).count()),
    )


def move(act: Act, gone: int, kept: int) -> None:
    """Give a reader's points and money to another; of two balances of points the lower one holds.

    Both readers' rows are locked by the caller. The lines go as they are; one more makes the sum the balance.
    """
    gives, takes = accounts.locked(act, gone), accounts.locked(act, kept)
    for model in OF_A_READER:
        model.objects.filter(patron=gone).update(patron=kept)
    _move_reviews(gone, kept)
    _move_guarantees(gone, kept)
    sums = (gives.reader.owed_fen, gives.reader.deposit_fen)
    statements.move_sums(gone, owed_fen=-sums[0], deposit_fen=-sums[1])
    statements.move_sums(kept, owed_fen=sums[0], deposit_fen=sums[1])
    if gives.points is None:
        return
    PointEntry.objects.filter(patron=gone).update(patron=kept)
    statements.set_points(gone, 0)
    if takes.points is None:
        statements.set_points(kept, gives.points)
        return
    lower, both = min(gives.points, takes.points), gives.points + takes.points
    takes.points = both
    if lower != both:
        accounts.write(act, takes, Cause.CORRECTED, lower - both, key=f"merge:{gone}:{kept}")


def _move_reviews(gone: int, kept: int) -> None:
    """Move the requests to look again; of two that are open about the account as such the newer stays where it is."""
    twice = Review.objects.filter(patron=kept, state=ReviewState.OPEN, entry=None).exists()
    rows = Review.objects.filter(patron=gone)
    if twice:
        rows = rows.exclude(state=ReviewState.OPEN, entry=None)
    rows.update(patron=kept)


def _move_guarantees(gone: int, kept: int) -> None:
    """Move orders with an outside credit; of two that stand for the deposit one stays where it is, to be ended."""
    rows = Guarantee.objects.filter(patron=gone)
    if Guarantee.objects.filter(patron=kept, state__in=OPEN).exists():
        rows = rows.exclude(state__in=OPEN)
    rows.update(patron=kept)


def take_over(act: Act, openings: Mapping[int, Opening]) -> None:
    """Bring readers' accounts to the deposits, unpaid sums and points that another system states; twice is as once.

    Points are those of the other system as long as nothing here has moved them.
    """
    balances = [
        OldBalance(patron=patron, deposit_fen=one.deposit_fen, owed_fen=one.owed_fen)
        for patron, one in openings.items()
    ]
    take_money_over(act, balances=balances)
    with_points = {patron: one.points for patron, one in openings.items() if one.points is not None}
    causes: dict[int, Counter[str]] = defaultdict(Counter)
    for patron, cause in PointEntry.objects.filter(patron__in=with_points).values_list("patron_id", "cause"):
        causes[patron][cause] += 1
    for patron, points in with_points.items():
        moved_here = causes[patron].keys() - OLD_CAUSES
        taken_before = causes[patron][Cause.IMPORTED.value]
        if moved_here and taken_before:
            continue
        account = accounts.locked(act, patron)
        if account.keeps_points and (not taken_before or points != account.points):
            key = f"old:{patron}:points{f':{taken_before}' if taken_before else ''}"
            accounts.write(act, account, Cause.IMPORTED, points - (account.points or 0), key=key)


BELONGINGS = Belongings(of=kept_of, move=move, take_over=take_over)
