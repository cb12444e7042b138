"""What can go wrong with a group loan."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError


class NotAGroup(DomainError):
    """A group loan stands on the card of a class or unit; a person's loans are the person's."""

    code = "circulation.not_a_group"
    message = _("This is the card of a person. A group loan needs the card of a class or unit; issue one first.")


class OtherGroup(DomainError):
    """What a class borrowed in one act stands on one card."""

    code = "circulation.other_group"
    message = _("This is the card of another class or unit. Use the card that the others were lent to.")
