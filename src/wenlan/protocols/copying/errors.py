"""What copy cataloguing refuses."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError


class NothingAsked(DomainError):
    """A search without a word, or at no target."""

    code = "protocols.nothing_asked"
    message = _("Type an ISBN, a title or an author, and choose at least one target.")


class TargetNameTaken(DomainError):
    """Two targets of one name."""

    code = "protocols.target_name_taken"
    message = _("There is already a target called %(name)s.")


class HitUnreadable(DomainError):
    """What a target sent is no record that could be kept."""

    code = "protocols.hit_unreadable"
    message = _("What %(target)s sent cannot be read as a record.")
