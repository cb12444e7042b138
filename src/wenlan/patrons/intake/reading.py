"""A file of readers as lines of text by what their columns mean: CSV in UTF-8 or GB 18030, or Excel (.xlsx).

openpyxl takes a quarter of a second to load and is imported when a sheet is first read or written.
"""

import csv
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from zipfile import BadZipFile

from django.utils.translation import gettext as _

from wenlan.patrons.errors import FileUnreadable
from wenlan.patrons.intake.profiles import Profile

FIRST_ROWS = 20
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
FORMULA_STARTS = ("=", "+", "-", "@", "\t")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderFile:
    """A file as read: its headings, and each line by number (from 1, as the file shows it), meaning and cells."""

    headings: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]
    lines: tuple[tuple[int, dict[str, str], tuple[str, ...]], ...]


def read(name: str, content: bytes, profile: Profile) -> ReaderFile:
    """Return the lines of a file. Raises FileUnreadable: no such file, or no row of headings with name and card."""
    rows = list(_rows(name, content))
    found = next(((at, known) for at, row in enumerate(rows[:FIRST_ROWS]) if (known := columns_of(row, profile))), None)
    if found is None:
        raise FileUnreadable(file=name, reason=_("no row of headings was found that names reader and card"))
    at, columns = found
    lines = []
    for number, row in enumerate(rows[at + 1 :], start=at + 2):
        told = {what: row[place].strip() for what, place in columns.items() if place < len(row)}
        if any(told.values()):
            lines.append((number, told, tuple(row)))
    headings = tuple((what, rows[at][place].strip()) for what, place in columns.items())
    return ReaderFile(headings=tuple(rows[at]), columns=headings, lines=tuple(lines))


def columns_of(row: Sequence[str], profile: Profile) -> dict[str, int]:
    """Return the place of each column in a row of headings; empty when the row is none. A heading may mean several."""
    places = {folded(heading): place for place, heading in reversed(list(enumerate(row))) if heading.strip()}
    found: dict[str, int] = {}
    for what, headings in profile.columns.items():
        place = next((places[folded(one)] for one in headings if folded(one) in places), None)
        if place is not None:
            found[what] = place
    return found if "name" in found and found.keys() & {"card", "source_id"} else {}


def folded(heading: str) -> str:
    """Return a heading as it is compared: half width, small letters, only letters, digits and Han."""
    return "".join(one for one in unicodedata.normalize("NFKC", heading).casefold() if one.isalnum())


def _rows(name: str, content: bytes) -> Iterator[list[str]]:
    if content.startswith(OLD_EXCEL):
        raise FileUnreadable(file=name, reason=_("it is in the old Excel form; save it as .xlsx"))
    if content.startswith(b"PK"):
        yield from _sheet(name, content)
        return
    text = _text(name, content)
    first = text.split("\n", 1)[0]
    delimiter = max(",\t;|", key=first.count)
    try:
        yield from csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as wrong:
        raise FileUnreadable(file=name, reason=_("it is neither xlsx nor csv")) from wrong


def _sheet(name: str, content: bytes) -> Iterator[list[str]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        sheet = load_workbook(BytesIO(content), read_only=True, data_only=True).worksheets[0]
        for row in sheet.iter_rows(values_only=True):
            yield [said(value) for value in row]
    except (BadZipFile, InvalidFileException, KeyError, OSError, IndexError, ValueError) as wrong:
        raise FileUnreadable(file=name, reason=_("it is no xlsx file")) from wrong


def _text(name: str, content: bytes) -> str:
    if b"\0" not in content:
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise FileUnreadable(file=name, reason=_("it is neither xlsx nor csv"))


def said(value: object) -> str:
    """Return a cell as text: Excel keeps card numbers as numbers, and days as moments."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m-%d}"
    return str(value).strip().replace("\0", "")


def written(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """Return rows as an xlsx file with one heading line; every cell is text, so that no number loses a digit."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    workbook = Workbook()
    sheet = workbook.active
    sheet.append(list(headings))
    for heading in sheet[1]:
        heading.font = Font(bold=True)
    for row in rows:
        sheet.append([f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell for cell in row])
    sheet.freeze_panes = "A2"
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()
