"""What can go wrong with copying a paper register."""

from django.utils.translation import gettext_lazy as _

from wenlan.circulation.paper.types import Doubt
from wenlan.kernel.errors import DomainError, NotFound


class DayUnreadable(DomainError):
    """No date."""

    code = "circulation.paper_day_unreadable"
    message = _("“%(written)s” cannot be read as a date. Write it like 3.5 or 2019-3-5.")


class DayAhead(DomainError):
    """It has not come yet."""

    code = "circulation.paper_day_ahead"
    message = _("%(day)s has not come yet.")


class DayBeforeOpening(DomainError):
    """The place did not exist."""

    code = "circulation.paper_day_before_opening"
    message = _("On %(day)s this place did not exist yet.")


class BackBeforeOut(DomainError):
    """Brought back before it was lent."""

    code = "circulation.paper_back_before_out"
    message = _("It cannot have come back on %(back)s: it was lent on %(day)s.")


class LineEmpty(DomainError):
    """Says nothing."""

    code = "circulation.paper_line_empty"
    message = _("Write which book it was, or its barcode; a visit needs 1 to 1,000 persons, a loan 1 to 50 volumes.")


class LineDoubtful(DomainError):
    """A person has to confirm it; nothing was written."""

    code = "circulation.paper_line_doubtful"
    message = _("Please look again: %(doubts)s")

    def __init__(self, doubts: tuple[Doubt, ...]) -> None:
        super().__init__(doubts=" ".join(str(doubt.label) for doubt in doubts))
        self.doubts = doubts


class LineUnknown(NotFound):
    """No such line or page."""

    code = "circulation.paper_line_unknown"
    message = _("There is no such line: %(what)s")


class LineStands(DomainError):
    """Its loan is a loan like others."""

    code = "circulation.paper_line_stands"
    message = _("This line became a loan or return of a known book. Put it right there.")
