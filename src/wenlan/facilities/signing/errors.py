"""What can go wrong with rooms that count their own readers."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError


class RoomSignsIn(DomainError):
    """They would be counted twice."""

    code = "facilities.room_signs_in"
    message = _("The readers of %(room)s sign in at its desk and are counted there.")
