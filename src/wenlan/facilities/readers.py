"""What facilities keep of readers: booked admissions, given to the other account when two become one."""

from django.utils.translation import gettext_lazy as _

from wenlan.facilities.admission.types import EntryState
from wenlan.facilities.models import EntryBooking
from wenlan.kernel.acts import Act
from wenlan.patrons.belongings import Belonging, Belongings


def entries_of(patron: int) -> tuple[Belonging, ...]:
    """Return how many booked admissions stand with a reader."""
    return (Belonging(words=_("Booked visits"), count=EntryBooking.objects.filter(patron=patron).count()),)


def move(_act: Act, gone: int, kept: int) -> None:
    """Give a reader's booked admissions to another; where both booked for one day and place, one is given back."""
    booked = EntryBooking.objects.filter(state=EntryState.BOOKED)
    for row in booked.filter(patron=gone):
        if booked.filter(patron=kept, node=row.node_id, day=row.day).exists():
            EntryBooking.objects.filter(pk=row.pk).update(state=EntryState.CANCELLED)
    EntryBooking.objects.filter(patron=gone).update(patron=kept)


BELONGINGS = Belongings(of=entries_of, move=move)
