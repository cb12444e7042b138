"""The columns derived from a record, and their widths in the table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from wenlan.catalogue.description.folding import visible

WIDTHS = {
    "control_number": 64, "agency": 64, "title_proper": 500, "other_title": 1000, "parallel_title": 1000,
    "volume": 500, "responsibility": 1000, "edition": 200, "place": 200, "publisher": 500, "year_text": 100,
    "issn": 9, "class_number": 100, "main_class": 4, "language": 3, "material": 20, "audience": 12,
    "extent": 500, "series": 1000, "price": 100, "pinyin": 1000, "initials": 200,
}  # fmt: skip

_CLC = re.compile(r"[A-KNOPQRSUVXZ](?:\d|-|$)|T[A-Z](?:\d|-|$)|T(?:\d|-|$)")


class StandardNumber(NamedTuple):
    """A number that finds the record: kind `isbn`, `issn` or `other`."""

    kind: str
    number: str


class Description(NamedTuple):
    """What a record says, column by column; text is ready to show, lists are in the order of the record.

    Of a text the table takes no more than WIDTHS characters; the native form keeps the whole.
    """

    control_number: str = ""
    agency: str = ""
    title_proper: str = ""
    other_title: str = ""
    parallel_title: str = ""
    volume: str = ""
    other_titles: tuple[str, ...] = ()
    responsibility: str = ""
    authors: tuple[str, ...] = ()
    edition: str = ""
    place: str = ""
    publisher: str = ""
    year_text: str = ""
    year: int | None = None
    isbn: tuple[str, ...] = ()
    issn: str = ""
    class_number: str = ""
    main_class: str = ""
    language: str = ""
    material: str = "book"
    audience: str = ""
    extent: str = ""
    series: str = ""
    subjects: tuple[str, ...] = ()
    summary: str = ""
    price_fen: int | None = None
    price: str = ""
    pinyin: str = ""
    initials: str = ""
    numbers: tuple[StandardNumber, ...] = ()


def main_class_of(class_number: str) -> str:
    """Return the letter of the main class of a CLC number (22 letters), or an empty string for another scheme."""
    return class_number[0] if _CLC.match(class_number) else ""


def joined(parts: Iterable[str], separator: str = "") -> str:
    """Return the visible, non-empty parts joined."""
    return separator.join([one for part in parts if (one := visible(part))])


def distinct(parts: Iterable[str]) -> tuple[str, ...]:
    """Return the visible, non-empty parts, each once."""
    return tuple(dict.fromkeys([one for part in parts if (one := visible(part))]))
