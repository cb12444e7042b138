"""What notices keep of readers, given to the other account when two become one."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.acts import Act
from wenlan.notices.models import Notice, Wish
from wenlan.patrons.belongings import Belonging, Belongings


def kept_of(patron: int) -> tuple[Belonging, ...]:
    """Return how many notices were written to a reader."""
    return (Belonging(words=_("Notices"), count=Notice.objects.filter(patron=patron).count()),)


def move(act: Act, gone: int, kept: int) -> None:
    """Give a reader's notices to another, and the wishes unless the other has their own."""
    Notice.objects.filter(patron=gone).update(patron=kept)
    if not Wish.objects.filter(patron=kept).exists():
        Wish.objects.filter(patron=gone).update(patron=kept)
    Wish.objects.filter(patron=gone).delete()


BELONGINGS = Belongings(of=kept_of, move=move)
