"""Records as they travel: ISO 2709 and MARCXML, in the encodings that Chinese libraries use."""

from wenlan.catalogue.cnmarc.families import family, unplaced_kind
from wenlan.catalogue.cnmarc.iso2709 import Malformed, Unwritable, encode
from wenlan.catalogue.cnmarc.marcxml import element_text
from wenlan.catalogue.cnmarc.reading import Found, read_file, read_stream
from wenlan.catalogue.cnmarc.record import (
    EMPTY_LEADER,
    AnyField,
    ControlField,
    Field,
    MarcRecord,
    Subfield,
    field,
    linked_fields,
)

__all__ = [
    "EMPTY_LEADER",
    "AnyField",
    "ControlField",
    "Field",
    "Found",
    "Malformed",
    "MarcRecord",
    "Subfield",
    "Unwritable",
    "element_text",
    "encode",
    "family",
    "field",
    "linked_fields",
    "read_file",
    "read_stream",
    "unplaced_kind",
]
