"""What can go wrong with counting by hand."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError


class GateCountsHere(DomainError):
    """They would be counted twice."""

    code = "facilities.gate_counts_here"
    message = _("A gate counts the visits here. Whoever comes in is counted already.")


class TallyWrong(DomainError):
    """Nobody, or a crowd."""

    code = "facilities.tally_wrong"
    message = _("Count 1 to %(most)s persons at a time.")


class NothingToTakeBack(DomainError):
    """No tally of today."""

    code = "facilities.nothing_to_take_back"
    message = _("Nothing was counted here today.")
