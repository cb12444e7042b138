"""From a native record to the columns that search, lists and pages need."""

from wenlan.catalogue.cnmarc import MarcRecord
from wenlan.catalogue.description import marc21, unimarc
from wenlan.catalogue.description.columns import Description, StandardNumber
from wenlan.catalogue.types import MarcFormat

__all__ = ["Description", "StandardNumber", "describe"]


def describe(record: MarcRecord, of: MarcFormat) -> Description:
    """Return the columns of a record; what it does not say is empty, never guessed."""
    return marc21.describe(record) if of == MarcFormat.MARC21 else unimarc.describe(record)
