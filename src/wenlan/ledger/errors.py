"""What can go wrong with the ledger and its dictionary."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError


class EventUnknown(DomainError):
    """There is no act of that source on that day, so it cannot be reversed."""

    code = "ledger.event_unknown"
    message = _("No act is recorded under %(source)s on %(day)s.")


class MeasureUnknown(DomainError):
    """The dictionary has no measure of that code."""

    code = "ledger.measure_unknown"
    message = _("There is no measure %(measure)s.")


class MeasureMisdeclared(DomainError):
    """A declaration of a measure does not hold together."""

    code = "ledger.measure_misdeclared"
    message = _("The measure %(measure)s of %(origin)s is declared wrongly: %(fault)s.")
