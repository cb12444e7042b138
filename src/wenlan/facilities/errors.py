"""What can go wrong with counting visits."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError


class GateCodeTaken(DomainError):
    """Codes are given once."""

    code = "facilities.gate_code_taken"
    message = _("The code “%(gate)s” belongs to another gate. Choose another one.")


class CountInvalid(DomainError):
    """A count is a whole number from 0."""

    code = "facilities.count_invalid"
    message = _("A count must be 0 or more.")


class CountAhead(DomainError):
    """Nobody has come yet."""

    code = "facilities.count_ahead"
    message = _("%(day)s has not come yet: nothing can be counted for it.")


class GateNotInUse(DomainError):
    """The gate did not stand there that day."""

    code = "facilities.gate_not_in_use"
    message = _("The gate %(gate)s was not in use on %(day)s.")


class CountStands(DomainError):
    """Another number was counted before; it is corrected, not counted again."""

    code = "facilities.count_stands"
    message = _("%(persons)s visits were already counted for %(day)s. Correct that number instead.")


class EstimateUnexplained(DomainError):
    """An estimate names the person who made it, and how."""

    code = "facilities.estimate_unexplained"
    message = _("An estimated count needs a signed-in person and the method used.")


class GateFileUnreadable(DomainError):
    """The file is no list of counts."""

    code = "facilities.gate_file_unreadable"
    message = _("%(file)s is no list of counts: its first line must name gate, day, and passages or persons.")
