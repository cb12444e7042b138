"""What can go wrong when a copy is brought for a lost one."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError


class CopyUnfit(DomainError):
    """Neither the same edition nor a newer one; somebody with the right may accept it, and says why."""

    code = "circulation.copy_unfit"
    message = _(
        "%(match)s: the rule takes the same edition or a newer one. "
        "Who may overrule refusals can accept it with a reason."
    )


class NothingLost(DomainError):
    """The loan ended by a return, or was settled before."""

    code = "circulation.nothing_lost"
    message = _("This loan is not open and not lost, or was compensated already.")


class LossPaid(DomainError):
    """Who has paid for a loss owes no copy as well."""

    code = "circulation.loss_paid"
    message = _("The loss was paid for already. Refund what was paid first, or leave it at that.")


class CopyUnknown(DomainError):
    """No record carries the number of the new copy."""

    code = "circulation.copy_unknown"
    message = _("No record carries the number %(number)s. Catalogue the copy first, then scan it again.")
