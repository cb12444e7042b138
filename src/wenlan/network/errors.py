"""What can go wrong with the tree."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError


class CodeTaken(DomainError):
    """A node or department already carries the code; codes are never reused."""

    code = "network.code_taken"
    message = _("The code %(code)s is already in use. Choose another.")


class WouldCircle(DomainError):
    """A node cannot be placed under itself or one of its own parts."""

    code = "network.would_circle"
    message = _("%(node)s cannot be placed under a part of itself.")


class EarlierChangeStands(DomainError):
    """A later change of the tree is already recorded; changes are entered in the order of their days."""

    code = "network.earlier_change_stands"
    message = _("A change of %(node)s on %(day)s is already recorded. Enter a later day.")
