"""What can go wrong with drifting books."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError, NotFound


class BookUnknown(NotFound):
    """No drifting book has this number."""

    code = "circulation.drift_book_unknown"
    message = _("No drifting book has the number %(what)s.")


class StillInStock(DomainError):
    """Only what the library no longer owns, or was given for it, drifts."""

    code = "circulation.still_in_stock"
    message = _("The item %(barcode)s belongs to the stock, or drifts already. It drifts after it was deregistered.")


class NotThere(DomainError):
    """What was taken is not on a shelf, what stands on a shelf was not taken."""

    code = "circulation.drift_book_not_there"
    message = _("The book %(number)s is recorded otherwise: %(state)s.")


class PointClosed(DomainError):
    """The point is no longer one."""

    code = "circulation.drift_point_closed"
    message = _("This drifting point is closed.")


class TallyWrong(DomainError):
    """A tally of nothing."""

    code = "circulation.drift_tally_wrong"
    message = _("A tally is of one to ten thousand volumes, of a day that has come.")
