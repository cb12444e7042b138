"""Records as lines of a part, pure: ISBN, number of the record within its part, title, author, class, between tabs."""

import gzip
import hashlib
import re
from collections.abc import Iterable
from typing import NamedTuple

RECORDS = 1000  # ids a part
ISBN = re.compile(r"97[89]\d{10}")
LONGEST_TITLE, LONGEST_AUTHOR, LONGEST_CLASS = 60, 30, 16
DIGEST_SIGNS = 12


class Described(NamedTuple):
    """What is taken of a record."""

    id: int
    isbn: list[str]
    title: str
    volume: str
    author: str
    class_number: str


def part_of(record: int) -> int:
    """Return which part a record is in."""
    return record // RECORDS


def lines_of(records: Iterable[Described]) -> list[str]:
    """Return the lines of a part, by ISBN; a record without one has none, one with two has two."""
    found = {
        f"{isbn}\t{one.id % RECORDS}\t{short(f'{one.title} {one.volume}', LONGEST_TITLE)}"
        f"\t{short(one.author, LONGEST_AUTHOR)}\t{short(one.class_number, LONGEST_CLASS)}"
        for one in records
        for isbn in one.isbn
        if ISBN.fullmatch(isbn)
    }
    return sorted(found)


def short(text: str, most: int) -> str:
    """Return a text on one line, cut."""
    return " ".join(text.split())[:most]


def packed(lines: Iterable[str]) -> bytes:
    """Return lines as the bytes of a part: gzip, the same for the same lines."""
    return gzip.compress("".join(f"{line}\n" for line in lines).encode(), 9, mtime=0)


def digest_of(content: bytes) -> str:
    """Return what tells two states of a part apart."""
    return hashlib.sha256(content).hexdigest()[:DIGEST_SIGNS]
