"""What can go wrong with a recall."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError


class NothingToRecall(DomainError):
    """Nobody has a copy that could be asked back."""

    code = "circulation.nothing_to_recall"
    message = _("Nobody has a copy that could be recalled, or all of them are recalled already.")


class RecallOver(DomainError):
    """A recall is withdrawn once, while its loan is open."""

    code = "circulation.recall_over"
    message = _("This recall is over: the item came back, or the recall was withdrawn. Look at the list again.")
