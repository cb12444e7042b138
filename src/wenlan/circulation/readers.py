"""What circulation keeps of readers: loans, given to the other account when two become one."""

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from wenlan.circulation import statements
from wenlan.circulation.models import OPEN, Loan
from wenlan.kernel.acts import Act
from wenlan.patrons.belongings import Belonging, Belongings


def loans_of(patron: int) -> tuple[Belonging, ...]:
    """Return how many loans stand with a reader."""
    rows = Loan.objects.filter(patron=patron)
    open_now = rows.filter(OPEN).count()
    return (
        Belonging(words=_("Items on loan"), count=open_now),
        Belonging(words=_("Past loans"), count=rows.count() - open_now),
    )


def move_loans(_act: Act, gone: int, kept: int) -> None:
    """Give a locked reader's loans and tally to another locked reader.

    A return that waits for these locks has read whose loan it is before: the changed count of returns makes it read
    again.
    """
    open_now = Loan.objects.filter(OPEN, patron=gone).update(returns_undone=F("returns_undone") + 1)
    Loan.objects.filter(patron=gone).update(patron=kept)
    statements.change_tally(patron=gone, by=-open_now)
    statements.change_tally(patron=kept, by=open_now)


BELONGINGS = Belongings(of=loans_of, move=move_loans)
