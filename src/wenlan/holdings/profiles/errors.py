"""What can go wrong with profiles."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError


class ProfileUnknown(DomainError):
    """No profile has this name."""

    code = "holdings.profile_unknown"
    message = _("There is no profile “%(code)s”. Known are: %(known)s.")


class ProfileMisdeclared(DomainError):
    """A profile's file does not say what a profile says."""

    code = "holdings.profile_misdeclared"
    message = _("The profile file %(file)s cannot be used: %(fault)s.")
