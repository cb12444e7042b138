"""What can go wrong with a reservation."""

from django.utils.translation import gettext_lazy as _

from wenlan.circulation.errors import Refused
from wenlan.kernel.errors import DomainError


class ReservationRefused(Refused):
    """The title is not reserved for this reader now."""

    code = "circulation.reservation_refused"
    message = _("The title cannot be reserved.")


class ReservationOver(DomainError):
    """What ended, or stands elsewhere than the act needs it, is left as it is."""

    code = "circulation.reservation_over"
    message = _("This reservation is no longer open, or has gone on meanwhile. Look at the list again.")
