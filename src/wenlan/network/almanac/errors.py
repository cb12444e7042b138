"""What can be wrong with days."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError


class DaysWrong(DomainError):
    """The span does not fit."""

    code = "network.days_wrong"
    message = _("Please enter a name, a first day and a last day; a day is off or worked, not both.")


class CapWrong(DomainError):
    """Nobody could come in, or nobody knows why."""

    code = "network.cap_wrong"
    message = _("Please enter how many people may come in, slots of 15 minutes to a day, and the reason.")
