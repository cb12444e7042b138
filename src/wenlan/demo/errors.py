"""What can go wrong when a demonstration is asked for."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError


class NetworkUnknown(DomainError):
    """A network that cannot be lived yet."""

    code = "demo_network_unknown"
    message = _("The demonstration network %(network)s comes in a later release. Try: %(known)s.")


class YearUnknown(DomainError):
    """A year that nothing is stated of."""

    code = "demo_year_unknown"
    message = _("Of %(network)s the year %(year)s is not stated. Try: %(known)s.")


class ScaleInvalid(DomainError):
    """A scale outside its bounds."""

    code = "demo_scale_invalid"
    message = _("A scale lies above 0 and not above 1; %(scale)s does not.")


class NotADemo(DomainError):
    """A home in which somebody works."""

    code = "not_a_demo"
    message = _("The installation in %(home)s is not a demonstration. Set WENLAN_HOME to another folder.")


class OtherDemo(DomainError):
    """A home that holds another demonstration."""

    code = "other_demo"
    message = _("This home holds %(held)s. Ask for the same, or start over with --fresh.")
