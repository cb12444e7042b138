"""What can go wrong with readers and their cards."""

from collections.abc import Iterable
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError, NotFound
from wenlan.kernel.money import yuan
from wenlan.patrons.types import MergeRefusal, Refusal, Unsettled


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
    look_again = _(
        "If you think this is wrong, come to any desk with a proof of who you are: a librarian will look again."
    )

    def __init__(self, refusals: Iterable[Refusal], **params: object) -> None:
        self.refusals = tuple(refusals)
        super().__init__(refusals=[str(refusal.value) for refusal in self.refusals], **params)

    def __str__(self) -> str:
        return " ".join(str(refusal.label) for refusal in self.refusals)


class NotSettled(DomainError):
    """An account with open loans, unpaid sums or a deposit is not closed; `open` gives every reason."""

    code = "patrons.not_settled"
    message = _("The account is not settled.")
    words: ClassVar = {
        Unsettled.LOANS: _("The reader still holds %(loans)s items. They have to come back first."),
        Unsettled.SUMS: _("The reader still owes %(owed)s yuan. The sum has to be paid or waived first."),
        Unsettled.DEPOSIT: _("A deposit of %(deposit)s yuan is still held. It has to be given back first."),
    }

    def __init__(self, open: Iterable[Unsettled], *, loans: int, owed_fen: int, deposit_fen: int) -> None:  # noqa: A002
        self.open = tuple(open)
        super().__init__(
            open=[reason.value for reason in self.open],
            loans=loans,
            owed=yuan(owed_fen),
            deposit=yuan(deposit_fen),
        )

    def __str__(self) -> str:
        return " ".join(str(self.words[reason]) % self.params for reason in self.open)


class CannotMerge(DomainError):
    """Two accounts are not those of one person, or one of them is closed; `refusals` gives every reason."""

    code = "patrons.cannot_merge"
    message = _("These accounts cannot be merged.")

    def __init__(self, refusals: Iterable[MergeRefusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__(refusals=[refusal.value for refusal in self.refusals])

    def __str__(self) -> str:
        return " ".join(str(refusal.label) for refusal in self.refusals)


class CategoryWrong(DomainError):
    """A category needs a code of its own and a name."""

    code = "patrons.category_wrong"
    message = _("A category needs a code that no other has, a Chinese name and a limit of loans.")


class ApplicationUnknown(NotFound):
    """No application has this number."""

    code = "patrons.application_unknown"
    message = _("There is no application %(what)s.")


class ApplicationDecided(DomainError):
    """What was decided is not decided again."""

    code = "patrons.application_decided"
    message = _("This application has been decided already.")


class TooManyApplications(DomainError):
    """Several applications with one telephone wait already."""

    code = "patrons.too_many_applications"
    message = _("Several applications with this telephone wait already. Please come to the desk.")


class CodeJustSent(DomainError):
    """A code was sent a moment ago."""

    code = "patrons.code_just_sent"
    message = _("A code was sent a moment ago. Please wait a minute before you ask for another.")


class NotOffered(DomainError):
    """The library does not take readers on line."""

    code = "patrons.not_offered"
    message = _("This library does not register readers on line. Please come to the desk with your identity card.")


class ConfirmationWrong(DomainError):
    """The guardian's code does not fit, or is too old."""

    code = "patrons.confirmation_wrong"
    message = _("The code does not fit or is older than half an hour. Please ask for a new one.")


class NoBond(DomainError):
    """A family bond that cannot be."""

    code = "patrons.no_bond"
    message = _("Readers of one family are two persons, each with an account that is open.")


class PassStale(DomainError):
    """The rotating code of an e-card is older than a minute, or is none."""

    code = "patrons.pass_stale"
    message = _("This code of an e-card has run out. Please show the e-card again.")


class FileUnreadable(DomainError):
    """A file of readers cannot be read."""

    code = "patrons.file_unreadable"
    message = _("%(file)s cannot be read: %(reason)s")


class PatronDeregistered(DomainError):
    """The account is closed."""

    code = "patrons.patron_deregistered"
    message = _("This reader has been deregistered. Please register the reader anew.")


class PatronNotDeregistered(DomainError):
    """Only a closed account is erased."""

    code = "patrons.patron_not_deregistered"
    message = _("Please deregister the reader first; then the personal data can be erased.")


class TermWrong(DomainError):
    """The last day of an account lies before its first."""

    code = "patrons.term_wrong"
    message = _("The last day lies before %(start)s, the first day of the account.")


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
