"""What can go wrong with readers and their cards."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError, NotFound
from wenlan.patrons.types import Refusal


class PatronUnknown(NotFound):
    """No reader has this id."""

    code = "patrons.patron_unknown"
    message = _("There is no reader %(what)s.")


class CardUnknown(NotFound):
    """No reader's card has this number."""

    code = "patrons.card_unknown"
    message = _("No reader has the card %(what)s. Please check the number, or register the reader.")


class RegistrationRefused(DomainError):
    """The registration cannot be accepted; `refusals` gives every reason."""

    code = "patrons.registration_refused"
    message = _("The registration cannot be accepted.")

    def __init__(self, refusals: Iterable[Refusal], **params: object) -> None:
        self.refusals = tuple(refusals)
        super().__init__(refusals=[str(refusal.value) for refusal in self.refusals], **params)

    def __str__(self) -> str:
        return " ".join(str(refusal.label) for refusal in self.refusals)


class StillHoldsItems(DomainError):
    """A reader with open loans cannot be deregistered."""

    code = "patrons.still_holds_items"
    message = _("The reader still holds %(count)s items. They have to come back first.")


class PatronDeregistered(DomainError):
    """The account is closed."""

    code = "patrons.patron_deregistered"
    message = _("This reader has been deregistered. Please register the reader anew.")


class PatronNotDeregistered(DomainError):
    """Only a closed account is erased."""

    code = "patrons.patron_not_deregistered"
    message = _("Please deregister the reader first; then the personal data can be erased.")


class CardTaken(DomainError):
    """The number is in use."""

    code = "patrons.card_taken"
    message = _("This card belongs to another reader.")


class CardEnded(DomainError):
    """A replaced or closed card does not come back."""

    code = "patrons.card_ended"
    message = _("This card has been replaced or closed and cannot be used again.")


class ReaderSignInRefused(DomainError):
    """Card or password is wrong; which of them is not said."""

    code = "patrons.sign_in_refused"
    message = _("Card or password is not right. Try again, or ask at the desk for a new password.")


class ReaderTooManyTries(DomainError):
    """The card is held back for a while after several failures."""

    code = "patrons.too_many_tries"
    message = _("Too many tries. Wait %(minutes)s minutes, or ask at the desk.")
