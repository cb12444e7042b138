"""What can go wrong with notices and the ways they go."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError, NotFound


class DeliveryUnknown(NotFound):
    """No such way of a notice, or another library's."""

    code = "notices.delivery_unknown"
    message = _("There is no such notice here.")


class NotOpen(DomainError):
    """Only what failed or is unclear is decided by hand."""

    code = "notices.not_open"
    message = _("This notice needs no decision: it went, or it is still on its way.")


class WordingBroken(DomainError):
    """A wording names a fact that its notices do not have."""

    code = "notices.wording_broken"
    message = _("The wording says {%(name)s}, which these notices do not know. They know: %(known)s.")


class SenderIncomplete(DomainError):
    """A carrier cannot be reached by what was entered."""

    code = "notices.sender_incomplete"
    message = _("Please enter server, account and secret, so that the carrier can be reached.")


class SealBroken(DomainError):
    """The installation's key has changed since a secret was kept."""

    code = "notices.seal_broken"
    message = _("The secret of this carrier cannot be opened any more. Please enter it again.")
