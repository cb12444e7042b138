"""What outreach keeps of readers: service at the door, given to the other account when two become one."""

from collections.abc import Collection

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


def end(act: Act, patrons: Collection[int]) -> None:
    """Serve nobody at the door whose account is closed; their addresses are forgotten."""
    for entry in DoorReader.objects.filter(patron__in=patrons, ended_on=None).order_by("id"):
        operations.end(act, reader=entry.pk)


BELONGINGS = Belongings(of=served, move=move, end=end)
