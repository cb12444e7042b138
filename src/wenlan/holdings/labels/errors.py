"""What can go wrong with labels."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError, NotFound


class SheetUnknown(NotFound):
    """No sheet has this name."""

    code = "holdings.sheet_unknown"
    message = _("There is no label sheet called %(name)s.")


class SheetWrong(DomainError):
    """A sheet of the installation that cannot be used."""

    code = "holdings.sheet_wrong"
    message = _("The label sheets in %(file)s cannot be used: %(reason)s")


class NotAsBars(DomainError):
    """A number that this kind of barcode cannot carry."""

    code = "holdings.not_as_bars"
    message = _("%(code)s cannot be printed as %(symbology)s.")


class BarsTooNarrow(DomainError):
    """A number too long for the label: no scanner would read it."""

    code = "holdings.bars_too_narrow"
    message = _("%(code)s is too long for this label: choose a wider one, or Code 128.")


class NothingToPrint(DomainError):
    """No item or card was chosen."""

    code = "holdings.nothing_to_print"
    message = _("Nothing was chosen to print.")


class TooManyLabels(DomainError):
    """More labels than are made at once."""

    code = "holdings.too_many_labels"
    message = _("%(count)s labels are too many at once: at most %(most)s. Narrow the choice.")
