"""Why a series cannot be printed."""

from django.utils.translation import gettext_lazy as _

from wenlan.kernel.errors import DomainError, NotFound


class SeriesTaken(DomainError):
    """Two places must not glue the same number on two books."""

    code = "holdings.series_taken"
    message = _("%(barcode)s is in another series or on an item. Begin above it, or leave the first number open.")


class SeriesFull(DomainError):
    """Numbers of so many digits have an end."""

    code = "holdings.series_full"
    message = _("Numbers of %(digits)d digits are used up for “%(prefix)s”. Take more digits or another prefix.")


class SeriesUnknown(NotFound):
    """There is no such series at the places that are seen."""

    code = "holdings.series_unknown"
    message = _("This series of barcodes is not known.")
