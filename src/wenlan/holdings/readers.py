"""What holdings keep of readers: copies that lie ready for one, bulk deposits that an institution answers for."""

from django.utils.translation import gettext_lazy as _

from wenlan.holdings.models import Item, Transfer
from wenlan.kernel.acts import Act
from wenlan.patrons.belongings import Belonging, Belongings


def kept_for(patron: int) -> tuple[Belonging, ...]:
    """Return how many copies lie ready for a reader, and how many deposits an institution answers for."""
    return (
        Belonging(words=_("Copies kept ready"), count=Item.objects.filter(held_for=patron).count()),
        Belonging(words=_("Bulk deposits"), count=Transfer.objects.filter(holder=patron).count()),
    )


def move(_act: Act, gone: int, kept: int) -> None:
    """Keep the copies for another reader, who answers for the deposits too."""
    Item.objects.filter(held_for=gone).update(held_for=kept)
    Transfer.objects.filter(holder=gone).update(holder=kept)


BELONGINGS = Belongings(of=kept_for, move=move)
