"""The copies that a record says, by a profile: pure, no table is looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from django.utils.translation import gettext_noop

from wenlan.catalogue.cnmarc import Field, MarcRecord
from wenlan.holdings.profiles.declared import CopiesIn, Profile

NO_BARCODE = gettext_noop("a copy without a barcode or number")
RANGE_ODD = gettext_noop("the range of numbers cannot be read")
COUNT_DIFFERS = gettext_noop("the range of numbers and the copies are not as many")
COPIES_WITHOUT_NUMBERS = gettext_noop("the number of copies is stated, but not their numbers")
FORMAT_DIFFERS = gettext_noop("the profile is for records of another format; no copies were read")

MOST_IN_A_RANGE = 500
_RANGE = re.compile(r"(?P<head>[^-—－~～]*?)(?P<first>\d+)\s*[-—－~～]+\s*(?P<last>\d+)")
_PARTS = re.compile(r"[,，;；、]\s*")
_AMOUNT = re.compile(r"\d+(?:\.\d{1,2})?")


class CopyLine(NamedTuple):
    """One copy as a record says it, in the source's words; `price_fen` is None when no price in yuan stands there."""

    barcode: str = ""
    accession_number: str = ""
    place: str = ""
    class_number: str = ""
    book_number: str = ""
    call_number: str = ""
    volume: str = ""
    price: str = ""
    origin: str = ""
    kind: str = ""
    copies: str = ""

    @property
    def mark(self) -> str:
        """The call number: as stated, else class and book number; empty when only the class is known."""
        if self.call_number or not self.class_number or not self.book_number:
            return self.call_number
        return f"{self.class_number}/{self.book_number}"

    @property
    def price_fen(self) -> int | None:
        """The price in fen, when it is a plain or yuan amount."""
        found = _AMOUNT.search(self.price)
        foreign = re.search(r"[A-Za-z]{2,}|\$|£|€", re.sub(r"CNY|RMB", "", self.price, flags=re.IGNORECASE))
        if not found or foreign or len(found[0]) > 12:
            return None
        yuan, _, part = found[0].partition(".")
        return int(yuan) * 100 + int(part.ljust(2, "0") or 0)


class CopyLines(NamedTuple):
    """The copies of one record, and what does not fit."""

    lines: tuple[CopyLine, ...] = ()
    problems: tuple[str, ...] = ()


def said_copies(profile: Profile, marc: MarcRecord, of: str) -> CopyLines:
    """Return the copies that a record of a format says; none where the profile is for other formats."""
    if not profile.formats or of in profile.formats:
        return copy_lines(profile, marc)
    is_said = any(one.field in marc.tags for one in profile.copies)
    return CopyLines(problems=(FORMAT_DIFFERS,) if is_said else ())


def copy_lines(profile: Profile, marc: MarcRecord) -> CopyLines:
    """Return the copies that the record says; one that cannot be told by barcode or number is a problem, not a copy."""
    shared = {name: _value(marc, place) for name, place in profile.record.items()}
    for place in profile.copies:
        if fields := marc.all(place.field):
            break
    else:
        return CopyLines()
    lines: list[CopyLine] = []
    problems: list[str] = []
    for one in fields:
        for values in _copies_in(one, place):
            found = {name: value for name, value in values.items() if value}
            line = CopyLine(**{**shared, **found})
            lines += _numbered(line, place, problems)
    if profile.agrees and (stated := _value(marc, profile.agrees)):
        numbers = expanded(stated)
        if numbers is None or len(numbers) != len(lines):
            problems.append(RANGE_ODD if numbers is None else COUNT_DIFFERS)
    return CopyLines(tuple(lines), tuple(problems))


def _value(marc: MarcRecord, place: str) -> str:
    return marc.value(place[:3], place[3:]).strip()


def _copies_in(one: Field, place: CopiesIn) -> Iterator[dict[str, str]]:
    """Yield what is said of each copy in the field, by name."""
    for group in _groups(one) if place.per == "group" else [one.subfields]:
        yield {name: _first(group, codes) for name, codes in place.values.items()}


def _first(group: tuple[tuple[str, str], ...], codes: tuple[str, ...]) -> str:
    """Return the first value that is not empty, by the order of the codes."""
    for code in codes:
        for own, value in group:
            if own == code and value.strip():
                return value.strip()
    return ""


def _groups(one: Field) -> list[tuple[tuple[str, str], ...]]:
    """Part the subfields into copies: a code that comes again begins the next one.

    What stands in one copy only holds for all: `$a TSG $b D001669 $b D001705 $d 21.1` is two copies at TSG
    under class 21.1.
    """
    groups: list[dict[str, str]] = [{}]
    for code, value in one.subfields:
        if code in groups[-1]:
            groups.append({})
        groups[-1][code] = value
    counted: dict[str, list[str]] = {}
    for group in groups:
        for code, value in group.items():
            counted.setdefault(code, []).append(value)
    common = {code: values[0] for code, values in counted.items() if len(values) == 1} if len(groups) > 1 else {}
    return [tuple({**common, **group}.items()) for group in groups]


def _numbered(line: CopyLine, place: CopiesIn, problems: list[str]) -> Iterator[CopyLine]:
    """Yield the line once for each number it names."""
    name = next((one for one, codes in place.values.items() if place.range and place.range in codes), "")
    stated: Mapping[str, str] = {"barcode": line.barcode, "accession_number": line.accession_number}
    if stated.get(name):
        numbers = expanded(stated[name])
        if numbers is None:
            problems.append(RANGE_ODD)
            return
        for number in numbers:
            yield _known_by_number(line._replace(**{name: number}))
    elif line.barcode or line.accession_number:
        yield _known_by_number(line)
    elif line.copies.isdigit() and int(line.copies):
        problems.append(COPIES_WITHOUT_NUMBERS)
    else:
        problems.append(NO_BARCODE)


def _known_by_number(line: CopyLine) -> CopyLine:
    """Return the line with the accession number as its barcode where it has no other."""
    return line if line.barcode else line._replace(barcode=line.accession_number)


def expanded(stated: str) -> tuple[str, ...] | None:
    """Return the numbers that a value names: `20295403-5408` is six, `D040394-5` two; None for an impossible range.

    The end replaces as many last digits of the first number as it has.
    """
    found: list[str] = []
    for part in _PARTS.split(stated.strip()):
        match = _RANGE.fullmatch(part)
        if not match:
            found += [part] if part else []
            continue
        first, last = match["first"], match["last"]
        if len(last) > len(first):
            return None
        end = int(first[: len(first) - len(last)] + last)
        if not int(first) <= end < int(first) + MOST_IN_A_RANGE:
            return None
        found += [f"{match['head']}{number:0{len(first)}d}" for number in range(int(first), end + 1)]
    return tuple(found)
