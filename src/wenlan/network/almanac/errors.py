"""What can be wrong with days."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError


class DaysWrong(DomainError):
    """The span does not fit."""

    code = "network.days_wrong"
    message = _("Please enter a name, a first day and a last day; a day is off or worked, not both.")
