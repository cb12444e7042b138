"""What can go wrong with opening a resource, and with a supplier's statement."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError


class ResourceWrong(DomainError):
    """No name or no address."""

    code = "digital.resource_wrong"
    message = _("A resource has a name, and an address that begins with https:// or http://.")


class ResourceEnded(DomainError):
    """Offered no more."""

    code = "digital.resource_ended"
    message = _("This resource is not offered any more.")


class CardNeeded(DomainError):
    """For readers only, and nobody signed in."""

    code = "digital.card_needed"
    message = _("From outside the library this resource is for readers: please sign in with your card.")


class NetworkWrong(DomainError):
    """No range of addresses."""

    code = "digital.network_wrong"
    message = _("“%(range)s” is no range of addresses. Write it like 10.1.2.0/24.")


class StatementUnreadable(DomainError):
    """Not a COUNTER table."""

    code = "digital.statement_unreadable"
    message = _(
        "No line “Metric_Type” with months was found. Bring the table as the supplier exports it (COUNTER, CSV)."
    )
