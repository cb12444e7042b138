"""What can go wrong with a journal as a whole, or with a decision."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError


class JournalUnreadable(DomainError):
    """The file holds no line at all, or cannot be opened."""

    code = "circulation.journal_unreadable"
    message = _("%(file)s holds no act. Is it the file that the desk without a line has written?")


class AlreadyDecided(DomainError):
    """Somebody was faster."""

    code = "circulation.conflict_decided"
    message = _("This was decided meanwhile. Please look at the list again.")


class DecisionWrong(DomainError):
    """A decision that this conflict does not have, or that lacks what it needs."""

    code = "circulation.decision_wrong"
    message = _("Please say what is right: another card, item or time; or why it is set aside.")


class StillConflicting(DomainError):
    """What was decided cannot be recorded, either."""

    code = "circulation.still_conflicting"
    message = _("It cannot be recorded like that: %(why)s")


class NotTakenBack(DomainError):
    """A loan that was recorded cannot go any more."""

    code = "circulation.not_taken_back"
    message = _("The loan was returned or renewed meanwhile and stays. Please choose another decision.")
