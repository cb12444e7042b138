"""What can go wrong at the cashier's desk."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError, NotFound


class NoShift(DomainError):
    """Money is taken and given by who has the drawer."""

    code = "credit.no_shift"
    message = _("Take over the drawer first: count it and sign on.")


class DrawerTaken(DomainError):
    """A drawer is one person's at a time, and a person has one drawer."""

    code = "credit.drawer_taken"
    message = _("This drawer is held by somebody, or you hold another one. Sign off first.")


class DrawerUnknown(NotFound):
    """No drawer of this number here."""

    code = "credit.drawer_unknown"
    message = _("There is no such drawer here.")


class DifferenceNeedsReason(DomainError):
    """A count that differs from the system is explained."""

    code = "credit.difference_needs_reason"
    message = _("The drawer differs by %(difference)s yuan from the system. Count again, or say how it came about.")


class NotEnoughCash(DomainError):
    """More cash than the drawer holds."""

    code = "credit.not_enough_cash"
    message = _("The drawer holds %(cash)s yuan in cash; that is not enough.")


class NoReceipts(DomainError):
    """The drawer has no unused receipt."""

    code = "credit.no_receipts"
    message = _("There is no unused receipt at this drawer. Have a range of numbers handed to it.")


class RangeTaken(DomainError):
    """Numbers of receipts are used once."""

    code = "credit.range_taken"
    message = _("Some of these numbers have been entered already, or the range is empty. Please check both ends.")


class ReceiptNotInHand(DomainError):
    """A receipt is voided only with the paper in hand."""

    code = "credit.receipt_not_in_hand"
    message = _("A receipt is voided only when all its copies lie before you. Otherwise ask for a refund.")


class ReceiptClosed(DomainError):
    """Voided once, and only before its day is closed."""

    code = "credit.receipt_closed"
    message = _("This receipt has been voided or handed in with its day. Ask for a refund.")


class ShiftsOpen(DomainError):
    """A day is closed when every drawer was counted."""

    code = "credit.shifts_open"
    message = _("A drawer is still held by %(who)s. The day is closed when every drawer has been counted.")


class DayClosed(DomainError):
    """A closed day takes no more money."""

    code = "credit.day_closed"
    message = _("This day has been closed here. Money taken now belongs to the next day.")


class SumNeedsReason(DomainError):
    """Finance counted another sum than the desk."""

    code = "credit.sum_needs_reason"
    message = _("The sum received differs from the sum handed in. Please write down why.")
