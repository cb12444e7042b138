"""What can go wrong with record books."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError


class BookUnknown(DomainError):
    """No book is declared under that code."""

    code = "registers.book_unknown"
    message = _("There is no record book %(book)s.")


class BookMisdeclared(DomainError):
    """A declaration does not hold together."""

    code = "registers.book_misdeclared"
    message = _("The record book %(book)s is declared wrongly: %(fault)s.")


class EntryRefused(DomainError):
    """Values that the book does not take; `faults` has every reason, by field."""

    code = "registers.entry_refused"
    message = _("The entry was not written: %(reasons)s")

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(reasons="; ".join(faults.values()))
        self.faults = dict(faults)


class EntryStruck(DomainError):
    """The entry was struck out before, and is changed no more."""

    code = "registers.entry_struck"
    message = _("This entry was struck out. Write a new one instead.")


class SheetUnreadable(DomainError):
    """A file from which no entries can be read at all."""

    code = "registers.sheet_unreadable"
    message = _("The sheet was not read: %(reason)s.")
