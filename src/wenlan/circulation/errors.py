"""What can go wrong at the loan desk. An unknown item or card is holdings' and patrons' error."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from wenlan.circulation.types import Refusal
from wenlan.holdings.errors import ItemAmbiguous, ItemUnknown
from wenlan.kernel.errors import DomainError
from wenlan.patrons.errors import CardUnknown

__all__ = [
    "ActUndone",
    "AlreadyUndone",
    "CannotUndo",
    "CardUnknown",
    "CheckoutRefused",
    "ClosureWrong",
    "ItemAmbiguous",
    "ItemUnknown",
    "NotInTransit",
    "OverrideNotAllowed",
    "RenewalRefused",
    "RuleWrong",
]


NO_NUMBERS: Mapping[Refusal, str] = MappingProxyType({})


class Refused(DomainError):
    """The policy says no; `refusals` gives every reason, in the order of the desk, `because` numbers behind some."""

    look_again = _("If you think this is wrong, ask at any desk or under “My account”: a librarian will look again.")

    def __init__(self, refusals: Iterable[Refusal], because: Mapping[Refusal, str] = NO_NUMBERS) -> None:
        self.refusals = tuple(refusals)
        self.because = {refusal: because[refusal] for refusal in self.refusals if because.get(refusal)}
        super().__init__(refusals=[str(refusal.value) for refusal in self.refusals])

    def sentence(self, refusal: Refusal) -> str:
        """Return one reason as people read it."""
        numbers = self.because.get(refusal)
        return f"{refusal.label} ({numbers})" if numbers else str(refusal.label)

    def __str__(self) -> str:
        return " ".join(self.sentence(refusal) for refusal in self.refusals)


class CheckoutRefused(Refused):
    """The item is not lent to this reader now."""

    code = "circulation.checkout_refused"
    message = _("The item cannot be lent.")


class RenewalRefused(Refused):
    """The loan is not lengthened now."""

    code = "circulation.renewal_refused"
    message = _("The loan cannot be renewed.")


class OverrideNotAllowed(DomainError):
    """A refusal is overruled only by staff with the right, with a reason, and only where that makes sense."""

    code = "circulation.override_not_allowed"
    message = _("This refusal can be overruled only by staff with that right, and only with a reason.")


class CannotUndo(DomainError):
    """Only the desk that did it takes an act back, within a minute, while nothing followed."""

    code = "circulation.cannot_undo"
    message = _("Only the last act of this desk can be undone, within a minute.")


class ActUndone(DomainError):
    """The act was done once and taken back; its repetition does nothing."""

    code = "circulation.act_undone"
    message = _("This act was undone. Please scan again.")


class NotInTransit(DomainError):
    """Only what was sent is signed for."""

    code = "circulation.not_in_transit"
    message = _("The item %(barcode)s is not on its way. Scan it as a return.")


class RuleWrong(DomainError):
    """A lending rule contradicts itself or an earlier version."""

    code = "circulation.rule_wrong"
    message = _(
        "A rule says something, lends for at least one day, ends after it begins and begins after its last version did."
    )


class ClosureWrong(DomainError):
    """A closure has an end after its start, a due date after it, and a reason."""

    code = "circulation.closure_wrong"
    message = _("A closure ends after it begins, nothing is due before it ends, and a reason is given.")


class AlreadyUndone(DomainError):
    """A move of due dates is taken back once, when it has come to its end."""

    code = "circulation.move_not_undone"
    message = _("This move is still at work, or was taken back already.")


class NotOnLoan(DomainError):
    """What nobody has cannot be lost by a reader."""

    code = "circulation.not_on_loan"
    message = _("The item is not on loan. Report it missing on its own page.")


class ReasonMissing(DomainError):
    """What may cost a reader something says why."""

    code = "circulation.reason_missing"
    message = _("Say why, please.")


class ItemNotHere(DomainError):
    """What is lent or travels was not used in the house."""

    code = "circulation.item_not_here"
    message = _("The item %(barcode)s is recorded as lent or on its way. Scan it as a return first.")
