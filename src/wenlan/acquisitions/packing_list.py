"""A supplier's packing list: xlsx, xls or csv, its columns recognised by what their headings are called."""

import csv
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from io import BytesIO, StringIO
from pathlib import Path
from struct import error as StructError
from typing import Any
from zipfile import BadZipFile

import xlrd
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from xlrd.compdoc import CompDocError

from wenlan.acquisitions.copies import StatedCopy, barcodes_in
from wenlan.acquisitions.errors import ListUnreadable
from wenlan.acquisitions.policies import shares_of
from wenlan.acquisitions.types import Upload

_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
SHIPPED = files("wenlan.acquisitions").joinpath("data/headings.toml")
FIRST_ROWS = 20
MOST_ROWS = 20_000
SHOWN_ROWS = 3
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
NAMELESS = gettext_noop("the row names neither ISBN nor title")
SUMS = ("合计", "总计", "小计", "total")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """A line of the list; `copies` counts units, money is in fen. `row` counts from 1 as the file shows it."""

    row: int
    isbn: str = ""
    title: str = ""
    volume: str = ""
    author: str = ""
    publisher: str = ""
    year: str = ""
    price_fen: int | None = None
    copies: int = 1
    paid_fen: int | None = None
    barcodes: tuple[str, ...] = ()
    parcel: str = ""
    class_number: str = ""
    call_number: str = ""

    def units(self) -> tuple[StatedCopy, ...]:
        """Return the copies of the line: one a barcode, and as many without as the count goes beyond."""
        barcodes = (*self.barcodes, *("",) * (self.copies - len(self.barcodes)))
        paid = shares_of(self.paid_fen, [self.price_fen] * len(barcodes))
        return tuple(
            StatedCopy(
                barcode=one,
                price_fen=self.price_fen,
                paid_fen=share,
                parcel=self.parcel,
                call_number=self.call_number,
                volume=self.volume[:60],
            )
            for one, share in zip(barcodes, paid, strict=True)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PackingList:
    """A list as read: its lines, the columns as (what, heading as written), the first rows as they stand there."""

    rows: tuple[ListRow, ...]
    columns: tuple[tuple[str, str], ...]
    sample: tuple[tuple[str, ...], ...]
    rejected: tuple[tuple[int, str], ...]


def read_list(upload: Upload) -> PackingList:
    """Read a packing list. Raises ListUnreadable: no such file, or no heading row that names number or title."""
    lines = list(_lines(upload))
    found = next(((at, known) for at, line in enumerate(lines[:FIRST_ROWS]) if (known := columns_of(line))), None)
    if found is None:
        raise ListUnreadable(file=upload.name, reason=_("no row of headings was found that names ISBN or title"))
    at, columns = found
    rows: list[ListRow] = []
    rejected: list[tuple[int, str]] = []
    for number, line in enumerate(lines[at + 1 :], start=at + 2):
        told = {what: line[place].strip() for what, place in columns.items() if place < len(line)}
        if not any(told.values()) or _is_sum(told):
            continue
        if told.get("isbn") or told.get("title"):
            rows.append(_row(number, told))
        else:
            rejected.append((number, NAMELESS))
    headings = tuple((what, lines[at][place].strip()) for what, place in columns.items())
    shown = [tuple(line[place] for place in columns.values() if place < len(line)) for line in lines[at + 1 :]]
    return PackingList(rows=tuple(rows), columns=headings, sample=tuple(shown[:SHOWN_ROWS]), rejected=tuple(rejected))


def columns_of(line: Sequence[str]) -> dict[str, int]:
    """Return the place of each column in a row of headings; empty when the row is none."""
    known = synonyms()
    found: dict[str, int] = {}
    for place, heading in enumerate(line):
        what = known.get(folded(heading)) or known.get(folded(_BRACKETS.sub("", heading)))
        if what:
            found.setdefault(what, place)
    return found if len(found) >= 2 and found.keys() & {"isbn", "title"} else {}


def synonyms() -> dict[str, str]:
    """Return what each folded heading means: the shipped words, then those of the installation."""
    return _synonyms(str(Path(settings.WENLAN_HOME) / "acquisitions" / "headings.toml"))


@cache
def _synonyms(own: str) -> dict[str, str]:
    texts = [SHIPPED.read_text(encoding="utf-8")]
    if Path(own).is_file():
        texts.append(Path(own).read_text(encoding="utf-8"))
    return {folded(word): what for text in texts for what, words in tomllib.loads(text).items() for word in words}


def folded(heading: str) -> str:
    """Return a heading as it is compared: half width, small letters, only letters, digits and Han."""
    return "".join(one for one in unicodedata.normalize("NFKC", heading).casefold() if one.isalnum())


def _lines(upload: Upload) -> Iterator[list[str]]:
    if upload.content.startswith(OLD_EXCEL):
        yield from _old_sheet(upload)
        return
    if upload.content.startswith(b"PK"):
        yield from _sheet(upload)
        return
    text = _text(upload)
    lines = text.splitlines()[:1] or [""]
    yield from csv.reader(StringIO(text), delimiter="\t" if "\t" in lines[0] else ",")


def _sheet(upload: Upload) -> Iterator[list[str]]:
    try:
        sheet = load_workbook(BytesIO(upload.content), read_only=True, data_only=True).worksheets[0]
        for line in sheet.iter_rows(values_only=True, max_row=MOST_ROWS):
            yield [said(value) for value in line]
    except (BadZipFile, InvalidFileException, KeyError, OSError, IndexError, ValueError) as wrong:
        raise ListUnreadable(file=upload.name, reason=_("it is no xlsx file")) from wrong


def _old_sheet(upload: Upload) -> Iterator[list[str]]:
    """Read the first sheet of an Excel file of before 2007; over a damaged one the library stumbles anywhere."""
    try:
        book = xlrd.open_workbook(file_contents=upload.content, logfile=StringIO(), on_demand=True)
        sheet = book.sheet_by_index(0)
        for number in range(min(sheet.nrows, MOST_ROWS)):
            yield [said(_old_value(book, cell)) for cell in sheet.row(number)]
    except (xlrd.XLRDError, CompDocError, ArithmeticError, AssertionError, LookupError, OSError) as wrong:
        raise ListUnreadable(file=upload.name, reason=_("it is no xls file")) from wrong
    except (AttributeError, MemoryError, TypeError, ValueError, StructError) as wrong:
        raise ListUnreadable(file=upload.name, reason=_("it is no xls file")) from wrong


def _old_value(book: Any, cell: Any) -> object:
    """Return the value of a cell: a day is a number marked as one, an error has no value."""
    if cell.ctype == xlrd.XL_CELL_DATE:
        return xlrd.xldate_as_datetime(cell.value, book.datemode)
    return None if cell.ctype == xlrd.XL_CELL_ERROR else cell.value


def _text(upload: Upload) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return upload.content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ListUnreadable(file=upload.name, reason=_("it is neither xlsx nor csv"))


def said(value: object) -> str:
    """Return a cell as text: Excel keeps ISBNs and barcodes as numbers, and days as moments."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m-%d}"
    return str(value).strip()


def _is_sum(told: dict[str, str]) -> bool:
    named = "".join(told.get(what, "") for what in ("isbn", "title", "author", "publisher"))
    return not told.get("isbn") and folded(named).startswith(SUMS)


def _row(number: int, told: dict[str, str]) -> ListRow:
    copies = whole(told.get("copies", ""))
    barcodes = barcodes_in(told.get("barcode", ""))
    return ListRow(
        row=number,
        isbn=told.get("isbn", ""),
        title=told.get("title", ""),
        volume=told.get("volume", ""),
        author=told.get("author", ""),
        publisher=told.get("publisher", ""),
        year=told.get("year", ""),
        price_fen=fen(told.get("price", "")),
        copies=max(len(barcodes), 1) if copies is None else copies,
        paid_fen=fen(told.get("paid", "")),
        barcodes=barcodes,
        parcel=told.get("parcel", "")[:20],
        class_number=told.get("class_number", ""),
        call_number=told.get("call_number", "")[:60],
    )


def whole(text: str) -> int | None:
    """Return a count of units; None when the text is none, or beyond belief."""
    return int(text) if text.isdecimal() and len(text) < 5 else None


def fen(text: str) -> int | None:
    """Return a sum in yuan as fen; None when the text is none."""
    amount = "".join(one for one in unicodedata.normalize("NFKC", text) if one.isdigit() or one in ".-")
    try:
        found = (Decimal(amount) * 100).quantize(Decimal(1))
    except InvalidOperation:
        return None
    return int(found) if 0 <= found < 10**12 else None


def paid_of(rows: Iterable[ListRow]) -> int | None:
    """Return what the list says is paid (实洋), None unless every line says it."""
    sums = [row.paid_fen for row in rows]
    return sum(one for one in sums if one is not None) if sums and None not in sums else None
