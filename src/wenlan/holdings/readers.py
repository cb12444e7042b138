"""What holdings keep of readers: copies that lie ready for one."""

from django.utils.translation import gettext_lazy as _

from wenlan.holdings.models import Item
from wenlan.kernel.acts import Act
from wenlan.patrons.belongings import Belonging, Belongings


def kept_for(patron: int) -> tuple[Belonging, ...]:
    """Return how many copies lie ready for a reader."""
    return (Belonging(words=_("Copies kept ready"), count=Item.objects.filter(held_for=patron).count()),)


def move(_act: Act, gone: int, kept: int) -> None:
    """Keep the copies for another reader."""
    Item.objects.filter(held_for=gone).update(held_for=kept)


BELONGINGS = Belongings(of=kept_for, move=move)
