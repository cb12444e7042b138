"""What activities keep of readers: places at sessions, given to the other account when two become one."""

from django.utils.translation import gettext_lazy as _

from wenlan.activities.models import SignUp
from wenlan.activities.types import SignUpStatus
from wenlan.kernel.acts import Act
from wenlan.patrons.belongings import Belonging, Belongings

STANDING = (SignUpStatus.PLACED, SignUpStatus.WAITING)


def sign_ups_of(patron: int) -> tuple[Belonging, ...]:
    """Return how many places at sessions stand with a reader."""
    return (Belonging(words=_("Sign-ups for activities"), count=SignUp.objects.filter(patron=patron).count()),)


def move_sign_ups(_act: Act, gone: int, kept: int) -> None:
    """Give a reader's sign-ups to another; where both signed up for one session, the second place becomes free."""
    twice = SignUp.objects.filter(patron=kept).values("session")
    SignUp.objects.filter(patron=gone, session__in=twice, status__in=STANDING).update(status=SignUpStatus.WITHDRAWN)
    SignUp.objects.filter(patron=gone).exclude(session__in=twice).update(patron=kept)


BELONGINGS = Belongings(of=sign_ups_of, move=move_sign_ups)
