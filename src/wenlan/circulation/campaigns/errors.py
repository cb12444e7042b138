"""What can be wrong with a campaign."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError


class CampaignWrong(DomainError):
    """A name or a day is missing, or the days stand in the wrong order."""

    code = "circulation.campaign_wrong"
    message = _("Please enter a name, and a last day that is not past; what is asked back was due before today.")


class NothingLate(DomainError):
    """Nobody would be told."""

    code = "circulation.nothing_late"
    message = _("Nothing is so late there: nobody would be told.")
