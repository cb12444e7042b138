"""A record on its way into the table: native form, format, and the columns that follow from them."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from functools import cache
from operator import attrgetter
from typing import Any

from wenlan.catalogue.cnmarc import MarcRecord, family
from wenlan.catalogue.description import Description, describe
from wenlan.catalogue.description.folding import key
from wenlan.catalogue.policies import Identity
from wenlan.catalogue.types import MarcFormat, ShelfFacts

DESCRIBED = tuple(one.name for one in fields(Description) if one.name != "numbers")
_described = attrgetter(*DESCRIBED)
_list_json = json.JSONEncoder(ensure_ascii=False).encode


@cache
def widths() -> tuple[int | None, ...]:
    """Return how many characters each described column takes; None where there is no limit."""
    from wenlan.catalogue.models import BibRecord  # not for who only describes: the process that reads ahead

    return tuple(getattr(BibRecord._meta.get_field(name), "max_length", None) for name in DESCRIBED)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A record described: everything its row needs but who keeps it and when. `title_key` is its title as matched."""

    marc: MarcRecord
    format: MarcFormat
    description: Description
    content_hash: str
    title_key: str

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

    @property
    def facts(self) -> ShelfFacts:
        """What items take from the record, as its row says it."""
        one = self.description
        return ShelfFacts(
            title_proper=one.title_proper,
            authors=one.authors,
            class_number=one.class_number[:100],
            main_class=one.main_class,
            material=one.material,
            audience=one.audience,
            language=one.language[:3],
            price_fen=one.price_fen,
        )

    def values(self) -> dict[str, Any]:
        """Return the row's values by column, cut to the columns' widths (the native form keeps the whole)."""
        said = _described(self.description)
        found: dict[str, Any] = {
            name: list(value) if isinstance(value, tuple) else value[:width] if width else value
            for name, value, width in zip(DESCRIBED, said, widths(), strict=True)
        }
        found.update(
            format=self.format.value,
            title_key=self.title_key,
            content_hash=self.content_hash,
            marc=self.marc.to_json(),
        )
        return found

    def cells(self) -> list[Any]:
        """Return format, title key, content hash, native form and the values under DESCRIBED for a statement by hand.

        Texts are cut to the columns' widths, lists are JSON.
        """
        native = [self.format.value, self.title_key, self.content_hash, self.marc.to_json()]
        return native + [
            (_list_json(value) if value else "[]") if isinstance(value, tuple) else value[:width] if width else value
            for value, width in zip(_described(self.description), widths(), strict=True)
        ]


def prepare(marc: MarcRecord, of: MarcFormat | None = None) -> Prepared:
    """Describe a record; its format is found out unless told."""
    known = of or family(marc)
    said = describe(marc, known)
    return Prepared(marc, known, said, marc.content_hash(), key(said.title_proper + said.volume)[:200])
