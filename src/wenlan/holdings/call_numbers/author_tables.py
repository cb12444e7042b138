"""Tables of author numbers (著者号码表): one file each, shipped or brought by the installation.

A file is UTF-8 CSV: comments begin with `#`, one line of headings, then `from,number`. A name is written in pinyin,
syllables parted by blanks (Latin names in small letters), and takes the number of the last line that is not after it.
"""

import csv
import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from wenlan.catalogue.description.chinese import syllables
from wenlan.holdings.errors import AuthorTableBroken

SHIPPED = "pinyin"
OWN_FOLDER = "author_tables"
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True, slots=True)
class AuthorTable:
    """The beginnings in order, and the number of each."""

    starts: tuple[str, ...]
    numbers: tuple[str, ...]

    def number(self, name: str) -> str:
        """Return the number of a name; '' for a name before the first line."""
        at = bisect_right(self.starts, spoken(name))
        return self.numbers[at - 1] if at else ""


def spoken(name: str) -> str:
    """Return a name as the tables write it: 刘慈欣 is `liu ci xin`."""
    return " ".join(" ".join(syllables(name.strip())).lower().split())


def own_folder() -> Path:
    """Return where the installation keeps the tables it brings."""
    return Path(settings.WENLAN_HOME) / OWN_FOLDER


def table_names() -> tuple[str, ...]:
    """Return the tables there are: the installation's own, then the shipped one."""
    own = sorted(path.stem for path in own_folder().glob("*.csv"))
    return (*own, *(name for name in (SHIPPED,) if name not in own))


def table(name: str) -> AuthorTable:
    """Return a table by name. Raises AuthorTableBroken."""
    own = own_folder() / f"{name}.csv"
    if name in {path.stem for path in own_folder().glob("*.csv")}:
        return _read(name, own, own.stat().st_mtime_ns)
    if name != SHIPPED:
        raise AuthorTableBroken(name=name, reason="404")
    return _shipped()


@lru_cache(maxsize=1)
def _shipped() -> AuthorTable:
    text = files("wenlan.holdings.call_numbers").joinpath("tables", f"{SHIPPED}.csv").read_text(encoding="utf-8")
    return read_table(SHIPPED, text.splitlines())


@lru_cache(maxsize=8)
def _read(name: str, path: Path, _changed: int) -> AuthorTable:
    try:
        return read_table(name, path.read_text(encoding="utf-8-sig").splitlines())
    except (OSError, UnicodeDecodeError) as wrong:
        raise AuthorTableBroken(name=name, reason=str(wrong)) from wrong


def bring(name: str, content: bytes) -> AuthorTable:
    """Keep a table of the installation's own under a name, in place of one of that name. Raises AuthorTableBroken."""
    if not NAME.fullmatch(name):
        raise AuthorTableBroken(name=name, reason=_("its name is made of small letters, digits and hyphens"))
    try:
        brought = read_table(name, content.decode("utf-8-sig").splitlines())
    except (UnicodeDecodeError, csv.Error) as wrong:
        raise AuthorTableBroken(name=name, reason=str(wrong)) from wrong
    own_folder().mkdir(exist_ok=True)
    fresh = own_folder() / f".{name}.new"
    fresh.write_bytes(content)
    fresh.replace(own_folder() / f"{name}.csv")
    return brought


def read_table(name: str, lines: Iterable[str]) -> AuthorTable:
    """Return the table that the lines of a file hold. Raises AuthorTableBroken with the line that is wrong."""
    rows = list(csv.reader(line for line in lines if not line.startswith("#")))[1:]
    for row in rows:
        if len(row) != 2 or not all(part.strip() for part in row):
            raise AuthorTableBroken(name=name, reason=",".join(row))
    pairs = sorted((start.strip().lower(), number.strip()) for start, number in rows)
    if not pairs:
        raise AuthorTableBroken(name=name, reason="0")
    return AuthorTable(tuple(start for start, _ in pairs), tuple(number for _, number in pairs))
