"""What can go wrong with money."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError, NotFound


class ChargeUnknown(NotFound):
    """No such charge, or another reader's."""

    code = "credit.charge_unknown"
    message = _("There is no such charge in this reader's account.")


class NothingToPay(DomainError):
    """A payment of nothing, or more than is open."""

    code = "credit.nothing_to_pay"
    message = _("There is nothing to take, or less is open than was entered. Please look at the account again.")


class DepositNotHeld(DomainError):
    """More than the reader's deposit."""

    code = "credit.deposit_not_held"
    message = _("The deposit held is %(held)s yuan; more cannot be given back.")


class DepositStillNeeded(DomainError):
    """A deposit goes back when nothing is at home and nothing is owed."""

    code = "credit.deposit_still_needed"
    message = _("The reader still holds %(items)s items and owes %(owed)s yuan. The deposit goes back after that.")


class ApprovalOpen(DomainError):
    """The same thing is asked for once at a time."""

    code = "credit.approval_open"
    message = _("This has been asked for already and waits for a decision or for the payment.")


class ApprovalDecided(DomainError):
    """An application is decided once."""

    code = "credit.approval_decided"
    message = _("This has been decided already.")


class NotApproved(DomainError):
    """Money goes back only when somebody else approved it."""

    code = "credit.not_approved"
    message = _("This refund has not been approved, or was paid out already.")


class RefundTooLate(DomainError):
    """A compensation is refunded within the days that the rule gives."""

    code = "credit.refund_too_late"
    message = _("What was paid is refunded within %(days)s days of the payment; that is over.")


class VoucherMissing(DomainError):
    """Money goes out against a voucher."""

    code = "credit.voucher_missing"
    message = _("Please enter the number of the voucher that the reader signed.")
