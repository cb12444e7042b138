"""What can go wrong with accounts and rights."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError


class SignInRefused(DomainError):
    """Name, password or one-time code is wrong; which of them is not said."""

    code = "staff.sign_in_refused"
    message = _("Name, password or one-time code is not right. Try again.")


class TooManyTries(DomainError):
    """The name is held back for a while after several failures."""

    code = "staff.too_many_tries"
    message = _("Too many tries. Wait %(minutes)s minutes, or ask an administrator.")


class NameTaken(DomainError):
    """Another member of staff signs in under this name."""

    code = "staff.name_taken"
    message = _("The sign-in name %(username)s is already in use. Choose another.")


class NotAllowed(DomainError):
    """The member of staff does not hold the right at that place."""

    code = "staff.not_allowed"
    message = _("Your role does not allow this here: %(right)s. Ask your director for it.")
