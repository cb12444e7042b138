"""What can go wrong with items."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError, NotFound


class ItemUnknown(NotFound):
    """No item has this barcode or id."""

    code = "holdings.item_unknown"
    message = _("No item has the barcode %(what)s. Please check the number, or hand the item to cataloguing.")


class ItemAmbiguous(DomainError):
    """Several items carry the barcode; `scopes` says which, and the edge asks."""

    code = "holdings.item_ambiguous"
    message = _("Several items carry the barcode %(barcode)s. Please choose one: %(choices)s.")

    def __init__(self, *, barcode: str, scopes: tuple[str, ...]) -> None:
        self.scopes = scopes
        super().__init__(barcode=barcode, choices="、".join(scope or "—" for scope in scopes))


class BarcodeTaken(DomainError):
    """A barcode stands once in its scope."""

    code = "holdings.barcode_taken"
    message = _("The barcode %(barcode)s is already on another item.")


class BarcodeMissing(DomainError):
    """An item needs a barcode."""

    code = "holdings.barcode_missing"
    message = _("Please scan a barcode for the item.")


class StatusNotAllowed(DomainError):
    """The item cannot go from its status to the wanted one."""

    code = "holdings.status_not_allowed"
    message = _("The item %(barcode)s is “%(present)s” and cannot become “%(wanted)s”.")


class ItemInUse(DomainError):
    """An item on loan or in transit is not moved or withdrawn."""

    code = "holdings.item_in_use"
    message = _("The item %(barcode)s is not in the house. It has to come back first.")


class ReasonMissing(DomainError):
    """Such a change of state says why."""

    code = "holdings.reason_missing"
    message = _("Please say why.")


class CallNumberTaken(DomainError):
    """Another title of the scheme has the call number."""

    code = "holdings.call_number_taken"
    message = _("The call number %(call_number)s is on “%(title)s” already. Please take another one.")


class NumberNotFree(DomainError):
    """The running number was never released, or somebody has just taken it."""

    code = "holdings.number_not_free"
    message = _("The number %(number)s of class %(class_number)s is not free. Please take another one.")


class ClassMissing(DomainError):
    """A running number runs inside a class."""

    code = "holdings.class_missing"
    message = _("The title has no class number yet. Please classify it first.")


class AuthorTableBroken(DomainError):
    """The file of author numbers cannot be read, or is not there."""

    code = "holdings.author_table_broken"
    message = _("The table of author numbers “%(name)s” cannot be read: %(reason)s.")
