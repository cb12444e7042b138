"""A call number as text and parts, and the order in which books stand on a shelf."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from wenlan.catalogue.clc import sort_key as class_key
from wenlan.holdings.types import Scheme

PATTERN = re.compile(
    r"(?:(?P<line>[^\s/]{1,20}) )?(?P<class_number>[^\s/][^/]*?)"
    r"(?:/(?P<book>[^:=()/]*)(?::(?P<volume>[^:=()/]+))?(?:=(?P<year>[^:=()/]+))?(?:\((?P<copy>[^:=()/]+)\))?)?",
)
RUNS = re.compile(r"\d+|[^\d]+")
PLACES = 8  # of a running number in a key


@dataclass(frozen=True, slots=True, kw_only=True)
class CallNumber:
    """The parts of a call number; what is empty is not printed. `line` is the collection's own line above all."""

    class_number: str
    book: str = ""
    volume: str = ""
    year: str = ""
    copy: str = ""
    line: str = ""


def compose(parts: CallNumber) -> str:
    """Return a call number as one line of text: `参 I247.55/107:2=2019(3)`."""
    text = f"{parts.line} " if parts.line else ""
    text += parts.class_number
    further = (f":{parts.volume}" if parts.volume else "") + (f"={parts.year}" if parts.year else "")
    further += f"({parts.copy})" if parts.copy else ""
    return f"{text}/{parts.book}{further}" if parts.book or further else text


@lru_cache(maxsize=2048)
def split(text: str) -> CallNumber:
    """Return the parts of a call number as `compose` writes it; what does not fit stands whole as the class."""
    found = PATTERN.fullmatch(" ".join(text.split()))
    if found is None:
        return CallNumber(class_number=text.strip())
    said = {name: value or "" for name, value in found.groupdict().items()}
    return CallNumber(**said)


def lines(text: str) -> tuple[str, ...]:
    """Return what stands on a spine, line by line: collection, class, book number, volume, year, copy."""
    parts = split(text)
    every = (parts.line, parts.class_number, parts.book, parts.volume, parts.year, parts.copy)
    return tuple(line for line in every if line)


def sort_key(text: str) -> str:
    """Return the place on the shelf as hexadecimal digits, which every database compares alike.

    Collections stand apart; then class as the CLC sorts, book number, volume, year, copy. A running number counts
    (20 before 107), an author number is read as letters and decimals (L71 before L719 before L72). Nothing comes
    before something: the first volume before `:2`, the first copy before `(2)`.
    """
    parts = split(text)
    fields = (
        parts.line,
        class_key(parts.class_number),
        book_key(parts.book),
        counted_key(parts.volume),
        counted_key(parts.year),
        counted_key(parts.copy),
    )
    return "\0".join(fields).encode()[:118].hex()


def rule_for(scheme: Scheme, class_number: str) -> tuple[str, str]:
    """Return how a title of the class gets its book number in a scheme, and from which table of authors."""
    key = class_key(class_number)
    for rule in scheme.rules:
        last = class_key(rule.last)
        if class_key(rule.first) <= key and key[: len(last)] <= last:
            return rule.book_numbers, rule.author_table
    return scheme.book_numbers, scheme.author_table


def finished(mark: str, scheme: Scheme, *, department: int | None, volume: str, year: str, copy: int) -> str:
    """Return the number of one copy: that of its title, with what the scheme adds. `copy` is 1 for the first.

    Signs that part a call number are taken out of what is added. A title without a number stays without.
    """
    if not mark:
        return ""
    parts = split(mark)
    return compose(
        replace(
            parts,
            line=plain(scheme.lines.get(department or 0, "")) if scheme.lines else parts.line,
            volume=plain(volume) if scheme.with_volume else parts.volume,
            year=plain(year) if scheme.with_year else parts.year,
            copy=str(copy) if scheme.with_copy and copy > 1 else "",
        )
    )


def plain(text: str) -> str:
    """Return a text without the signs and blanks that part a call number."""
    return "".join(one for one in text if one not in ":=()/" and not one.isspace())


def book_key(book: str) -> str:
    """Return the place of a book number: running numbers by value and first, then author numbers as decimals."""
    if book.isascii() and book.isdigit():
        return f"0{book.lstrip('0').zfill(PLACES)}"
    return f"1{book.upper()}" if book else ""


def counted_key(text: str) -> str:
    """Return a key in which the numbers of a text count: 2 before 10."""
    return "".join(run.zfill(PLACES) if run.isdigit() and run.isascii() else run for run in RUNS.findall(text))


def running_number(text: str) -> int | None:
    """Return the running number (种次号) of a call number, None when its book number is another."""
    book = split(text).book
    return int(book) if book and book.isascii() and book.isdigit() and len(book) <= PLACES else None
