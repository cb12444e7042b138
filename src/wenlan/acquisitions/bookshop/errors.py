"""What can go wrong at a bookshop's counter and with its bill."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from wenlan.acquisitions.bookshop.types import Reason
from wenlan.kernel.errors import DomainError, NotFound


class ShopUnknown(NotFound):
    """No bookshop has this code or id."""

    code = "acquisitions.shop_unknown"
    message = _("No bookshop is known as %(what)s.")


class CampaignUnknown(NotFound):
    """No campaign has this id."""

    code = "acquisitions.campaign_unknown"
    message = _("No campaign is known as %(what)s.")


class ChoiceUnknown(NotFound):
    """No chosen book has this number."""

    code = "acquisitions.choice_unknown"
    message = _("No chosen book has the number %(what)s.")


class SettlementUnknown(NotFound):
    """No statement has this number."""

    code = "acquisitions.settlement_unknown"
    message = _("No statement has the number %(what)s.")


class ChoiceRefused(DomainError):
    """The library does not buy this book for this reader now; `reasons` gives every one."""

    code = "acquisitions.choice_refused"
    message = _("The book cannot be chosen.")
    look_again = _("If you think this is wrong, ask at any desk of the library: a librarian will look again.")

    def __init__(self, reasons: Sequence[Reason]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(reasons=[reason.code for reason in self.reasons])

    def __str__(self) -> str:
        return " ".join(reason.text for reason in self.reasons)


class BookIncomplete(DomainError):
    """Nothing is bought without a title and a price."""

    code = "acquisitions.book_incomplete"
    message = _("The catalogue does not know this book. Enter title and price as they stand on it.")


class LabelMissing(DomainError):
    """A book that is lent has a barcode of the library."""

    code = "acquisitions.label_missing"
    message = _("Glue a label of the library into the book, and scan it.")


class CampaignWrong(DomainError):
    """A campaign ends after it begins, has a budget, and a shop."""

    code = "acquisitions.campaign_wrong"
    message = _(
        "A campaign ends after it begins, has at least one bookshop and a budget no smaller than what is spent already."
    )


class ChoiceSettled(DomainError):
    """What stands on a statement is not taken back by a click."""

    code = "acquisitions.choice_settled"
    message = _("The book %(number)s stands on the statement %(settlement)s already. Send that back first.")


class ChoiceReturned(DomainError):
    """A book that came back, or was renewed, was fetched: it stays the library's."""

    code = "acquisitions.choice_returned"
    message = _("The book %(number)s came back or was renewed. It belongs to the library and is not given back.")


class NothingToSettle(DomainError):
    """A month is settled when it is over and something was chosen."""

    code = "acquisitions.nothing_to_settle"
    message = _("Nothing is to be settled with this bookshop for %(month)s: the month is not over, or was settled.")


class NotInOrder(DomainError):
    """A statement is made, approved by somebody else, then paid."""

    code = "acquisitions.settlement_not_in_order"
    message = _("The statement %(number)s is: %(state)s. That cannot be done with it now.")


class SameHand(DomainError):
    """Who makes a statement does not approve it."""

    code = "acquisitions.same_hand"
    message = _("Who made the statement cannot approve it. Ask somebody else with that right.")
