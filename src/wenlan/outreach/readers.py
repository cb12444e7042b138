"""What outreach keeps of readers: service at the door, given to the other account when two become one."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.acts import Act
from wenlan.outreach.doorstep import operations
from wenlan.outreach.models import DoorReader
from wenlan.patrons.belongings import Belonging, Belongings


def served(patron: int) -> tuple[Belonging, ...]:
    """Return whether a reader is served at the door."""
    return (Belonging(words=_("Service at the door"), count=DoorReader.objects.filter(patron=patron).count()),)


def move(_act: Act, gone: int, kept: int) -> None:
    """Give a locked reader's service at the door to another."""
    operations.hand_over(gone, kept)


BELONGINGS = Belongings(of=served, move=move)
