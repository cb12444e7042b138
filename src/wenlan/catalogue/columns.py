"""A record on its way into the table: native form, format, and the columns that follow from them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, NamedTuple

from wenlan.catalogue.authorities.headings import family_of, links_of
from wenlan.catalogue.cnmarc import MarcRecord, family
from wenlan.catalogue.description import Description, StandardNumber, describe
from wenlan.catalogue.description.columns import WIDTHS
from wenlan.catalogue.description.folding import key
from wenlan.catalogue.policies import Identity
from wenlan.catalogue.types import MarcFormat, ShelfFacts

DESCRIBED = Description._fields[:-1]  # all but the numbers, which have a table of their own
_WIDTHS = tuple(WIDTHS.get(name) for name in DESCRIBED)
_json = json.JSONEncoder(ensure_ascii=False).encode


class Row(NamedTuple):
    """What the tables take of a record: plain values only, for they may come from another process.

    `cells` are the values under DESCRIBED as the database takes them: texts cut to their columns, lists as JSON.
    `links` are (tag, number) of the authorities it names.
    """

    format: MarcFormat
    identity: Identity
    facts: ShelfFacts
    native: str
    cells: tuple[Any, ...]
    numbers: tuple[StandardNumber, ...]
    links: tuple[tuple[str, str], ...]

    @property
    def said(self) -> tuple[Any, ...]:
        """Format, title key, content hash, native form and the cells: what a statement writes."""
        return (self.format.value, self.identity.title_key, self.identity.content_hash, self.native, *self.cells)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A record described. `title_key` is its title as matched."""

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

    def row(self) -> Row:
        """Return what the tables take of it."""
        return Row(
            self.format,
            self.identity,
            self.facts,
            self.marc.to_json(),
            tuple([(_json(one) if one else "[]") if isinstance(one, tuple) else one for one in self._cut()]),
            self.description.numbers,
            links_of(self.marc, family_of(self.format)),
        )

    def values(self) -> dict[str, Any]:
        """Return the row's values by column as the ORM takes them."""
        said = zip(DESCRIBED, self._cut(), strict=True)
        return {name: list(one) if isinstance(one, tuple) else one for name, one in said} | {
            "format": self.format.value,
            "title_key": self.title_key,
            "content_hash": self.content_hash,
            "marc": self.marc.to_json(),
        }

    def _cut(self) -> list[Any]:
        """Return the values under DESCRIBED, texts cut to their columns (the native form keeps the whole)."""
        said: tuple[Any, ...] = self.description[:-1]
        return [value[:width] if width else value for value, width in zip(said, _WIDTHS, strict=True)]


def prepare(marc: MarcRecord, of: MarcFormat | None = None) -> Prepared:
    """Describe a record; its format is found out unless told."""
    known = of or family(marc)
    said = describe(marc, known)
    return Prepared(marc, known, said, marc.content_hash(), key(said.title_proper + said.volume)[:200])
