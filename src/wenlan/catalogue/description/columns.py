"""The columns derived from a record, and their widths in the table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from wenlan.catalogue.description.folding import visible

_CLC = re.compile(r"[A-KNOPQRSUVXZ](?:\d|-|$)|T[A-Z](?:\d|-|$)|T(?:\d|-|$)")


class StandardNumber(NamedTuple):
    """A number that finds the record: kind `isbn`, `issn` or `other`."""

    kind: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What a record says, column by column; text is ready to show, lists are in the order of the record."""

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
