"""What can go wrong with opening and closing a room."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError


class OpenAlready(DomainError):
    """It is open."""

    code = "facilities.open_already"
    message = _("This place has been open since %(time)s.")


class NotClosed(DomainError):
    """An earlier opening was never signed out."""

    code = "facilities.not_closed"
    message = _("Nobody signed out on %(day)s. Say first when the room was closed that day.")


class NotOpen(DomainError):
    """Nothing to close."""

    code = "facilities.not_open"
    message = _("This place is not open.")


class PositionMissing(DomainError):
    """Neither where, nor why not."""

    code = "facilities.position_missing"
    message = _("Give the position, or say why there is none.")


class ClosingWrong(DomainError):
    """The hour does not fit."""

    code = "facilities.closing_wrong"
    message = _("It was opened at %(time)s. Closing comes later, on the same day, and not in the future.")
