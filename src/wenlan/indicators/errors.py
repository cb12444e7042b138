"""What can go wrong with figures."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError


class BreakdownUnknown(DomainError):
    """The measure cannot be broken down so."""

    code = "indicators.breakdown_unknown"
    message = _("%(measure)s cannot be broken down by %(dimension)s.")
