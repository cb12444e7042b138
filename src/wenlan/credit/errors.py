"""What can go wrong with points, reviews and amnesties."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError, NotFound


class RuleContradicts(DomainError):
    """A rule says what cannot be, or begins before its last version did."""

    code = "credit.rule_contradicts"
    message = _("This rule contradicts itself or begins before its last version did. Please check the figures.")


class NoPointsKept(DomainError):
    """No rule keeps points for the reader."""

    code = "credit.no_points_kept"
    message = _("No points are kept for this reader: no rule of the home library and category starts them.")


class ReasonMissing(DomainError):
    """What changes an account by hand needs a reason."""

    code = "credit.reason_missing"
    message = _("Please say why; the reader will read it.")


class EntryUnknown(NotFound):
    """No such entry, or another reader's."""

    code = "credit.entry_unknown"
    message = _("There is no such entry in this reader's account.")


class ReviewOpen(DomainError):
    """One thing is looked at once at a time."""

    code = "credit.review_open"
    message = _("A request about this is being looked at already. You will be told the answer.")


class ReviewDecided(DomainError):
    """A request is decided once."""

    code = "credit.review_decided"
    message = _("This request has been decided already.")


class SamePerson(DomainError):
    """Who asks does not decide."""

    code = "credit.same_person"
    message = _("You asked for this yourself. Somebody else has to decide.")


class AmnestyWrong(DomainError):
    """An amnesty ends after it begins."""

    code = "credit.amnesty_wrong"
    message = _("An amnesty ends after it begins. Please check the days.")


class AmnestyNotApproved(DomainError):
    """An amnesty works only when somebody else has approved it."""

    code = "credit.amnesty_not_approved"
    message = _("This amnesty has not been approved yet.")


class NothingToPrint(DomainError):
    """Every step was taken meanwhile."""

    code = "credit.nothing_to_print"
    message = _("There is no slip to print: everything was printed before, or has come back.")
