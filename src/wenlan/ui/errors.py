"""What can go wrong while something is drawn or set."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError


class TypesettingFailed(DomainError):
    """The typesetting process ended with an error."""

    code = "ui.typesetting_failed"
    message = _("The document could not be typeset: %(reason)s")
