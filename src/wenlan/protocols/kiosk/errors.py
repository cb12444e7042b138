"""What a station cannot do for somebody, in words that lead on."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError


class StationRefused(DomainError):
    """Name or password of the device is wrong, or it was switched off."""

    code = "protocols.station_refused"
    message = _("This is not the name and password of a device that is switched on.")


class StationGuessed(DomainError):
    """Too many sign-ins of this address were refused."""

    code = "protocols.station_guessed"
    message = _("Too many tries. Please wait %(minutes)s minutes.")


class CardServesNot(DomainError):
    """The card was stopped, reported lost or ended."""

    code = "protocols.card_serves_not"
    message = _("This card does not serve any more. Please ask at the desk.")
