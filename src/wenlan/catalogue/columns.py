"""A record on its way into the table: native form, format, and the columns that follow from them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from wenlan.catalogue.cnmarc import MarcRecord, family
from wenlan.catalogue.description import Description, describe
from wenlan.catalogue.description.folding import key
from wenlan.catalogue.models import BibRecord
from wenlan.catalogue.policies import Identity
from wenlan.catalogue.types import MarcFormat

_COLUMNS = tuple(one.name for one in fields(Description) if one.name != "numbers")
_WIDTHS = {name: width for name in _COLUMNS if (width := getattr(BibRecord._meta.get_field(name), "max_length", None))}


@dataclass(frozen=True, slots=True)
class Prepared:
    """A record described: everything its row needs but who keeps it and when."""

    marc: MarcRecord
    format: MarcFormat
    description: Description
    content_hash: str

    @property
    def title_key(self) -> str:
        """The folded title and volume, as titles are matched."""
        return key(self.description.title_proper + self.description.volume)[:200]

    @property
    def identity(self) -> Identity:
        """What the record is recognised by."""
        one = self.description
        return Identity(
            content_hash=self.content_hash,
            control_number=one.control_number[:64],
            agency=one.agency[:64],
            title_key=self.title_key,
            isbn=frozenset(one.isbn),
            number_is_owned=self.format == MarcFormat.MARC21,
        )

    def values(self) -> dict[str, Any]:
        """Return the row's values by column, cut to the columns' widths (the native form keeps the whole)."""
        found: dict[str, Any] = {}
        for name in _COLUMNS:
            value = getattr(self.description, name)
            if isinstance(value, tuple):
                value = list(value)
            elif name in _WIDTHS:
                value = str(value)[: _WIDTHS[name]]
            found[name] = value
        found.update(
            format=self.format.value,
            title_key=self.title_key,
            content_hash=self.content_hash,
            marc=self.marc.to_json(),
        )
        return found


def prepare(marc: MarcRecord, of: MarcFormat | None = None) -> Prepared:
    """Describe a record; its format is found out unless told."""
    known = of or family(marc)
    return Prepared(marc, known, describe(marc, known), marc.content_hash())
