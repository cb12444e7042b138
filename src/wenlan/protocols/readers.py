"""What machines keep of readers: sign-ins of programs, which end when two accounts become one."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.acts import Act
from wenlan.patrons.belongings import Belonging, Belongings
from wenlan.protocols.models import ApiToken


def tokens_of(patron: int) -> tuple[Belonging, ...]:
    """Return how many programs are signed in for a reader."""
    count = ApiToken.objects.filter(patron=patron, revoked_at=None).count()
    return (Belonging(words=_("Programs signed in, which have to sign in again"), count=count),)


def end_tokens(act: Act, gone: int, _kept: int) -> None:
    """End the sign-ins made with the account that is closed."""
    ApiToken.objects.filter(patron=gone, revoked_at=None).update(revoked_at=act.at)


BELONGINGS = Belongings(of=tokens_of, move=end_tokens)
