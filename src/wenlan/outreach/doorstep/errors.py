"""What can go wrong with service at the door."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError


class NotEntitled(DomainError):
    """Neither a rule nor an entitlement of their own holds on the day."""

    code = "outreach.not_entitled"
    message = _(
        "This reader is not served at the door on that day: no rule holds, and there is no entitlement of their own."
    )


class DoorplateMissing(DomainError):
    """Nobody is found without an address."""

    code = "outreach.doorplate_missing"
    message = _("Please enter where the reader is found.")


class ServedAlready(DomainError):
    """One entry a reader."""

    code = "outreach.served_already"
    message = _("This reader is among those served at the door already.")


class DoorRuleWrong(DomainError):
    """A rule says for whom it is."""

    code = "outreach.door_rule_wrong"
    message = _("Say for whom: a category, a group or an age.")


class RunWrong(DomainError):
    """A run is planned for a day to come."""

    code = "outreach.run_wrong"
    message = _("A run needs a name and a day that is not over.")


class RunClosed(DomainError):
    """What was counted is not changed."""

    code = "outreach.run_closed"
    message = _("The run is closed; its visits are in the record book.")


class RunUnfinished(DomainError):
    """Every visit has an outcome before the run is counted."""

    code = "outreach.run_unfinished"
    message = _("Visits without an outcome: %(count)d. Enter how they ended first.")


class VisitTwice(DomainError):
    """A door is called at once a run."""

    code = "outreach.visit_twice"
    message = _("This reader is on the run already.")


class OrderOfAnother(DomainError):
    """Only who ordered is brought the books."""

    code = "outreach.order_of_another"
    message = _("This order is another reader's, or is no longer to be brought.")


class BooksWereGiven(DomainError):
    """Books on loan say that somebody was there."""

    code = "outreach.books_were_given"
    message = _("Books were given at this visit. Take them back at the desk before you say that nobody was there.")
