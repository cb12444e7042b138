"""Entries as a spreadsheet: written for the office, read back, and rows that were refused with their reasons.

openpyxl takes a quarter of a second to load and is imported when a sheet is first read or written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO
from zipfile import BadZipFile

from django.utils.translation import gettext as _

from wenlan.network import queries as network
from wenlan.registers.errors import SheetUnreadable
from wenlan.registers.types import Book, EntryView
from wenlan.registers.values import said
from wenlan.ui.spreadsheets import harmless

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

DAY, PLACE = "day", "node"
DAY_WORDS = {"day", "日期", "Day"}
PLACE_WORDS = {"node", "馆点", "Site"}


def headings(book: Book) -> dict[str, str]:
    """Return the heading of every column by code, in the language being spoken."""
    return {DAY: _("Day"), PLACE: _("Site"), **{field.code: field.label for field in book.fields}}


def write(book: Book, entries: Iterable[EntryView]) -> bytes:
    """Return the entries as an xlsx file with one heading line."""
    sheet = started(book, headings(book).values())
    codes = {view.id: view.code for view in network.nodes()}
    for entry in entries:
        values = [
            cell(field.kind, said(field, entry.values.get(field.code)), entry.values.get(field.code))
            for field in book.fields
        ]
        sheet.append([entry.day, codes.get(entry.node, str(entry.node)), *values])
    return saved(sheet)


def write_refused(book: Book, refused: Sequence[tuple[Mapping[str, Any], str]]) -> bytes:
    """Return rows that were not entered, each with the reason in its last column, ready to be corrected."""
    sheet = started(book, [*headings(book).values(), _("Reason")])
    for values, reason in refused:
        sheet.append([*(harmless(values.get(code)) for code in headings(book)), reason])
    return saved(sheet)


def read(book: Book, file: BinaryIO) -> list[dict[str, Any]]:
    """Return the rows of a file by code: columns are found by heading, in either language or by code.

    Raises SheetUnreadable for a file that is no spreadsheet, has no day column, or a heading nobody knows.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        sheet = load_workbook(file, read_only=True, data_only=True).worksheets[0]
    except (BadZipFile, InvalidFileException, KeyError, OSError, IndexError, ValueError) as wrong:
        raise SheetUnreadable(reason=_("it is no xlsx file")) from wrong
    lines = sheet.iter_rows(values_only=True)
    columns = [code_of(book, heading) for heading in next(lines, ())]
    if DAY not in columns:
        raise SheetUnreadable(reason=_("it has no column for the day"))
    rows = []
    for line in lines:
        values = {code: value for code, value in zip(columns, line, strict=False) if code and value not in {None, ""}}
        if values:
            rows.append({code: plain(value) for code, value in values.items()})
    return rows


def code_of(book: Book, heading: object) -> str:
    """Return the code of the column under a heading; '' for an empty one and for the column of reasons."""
    text = str(heading or "").strip()
    if text in DAY_WORDS:
        return DAY
    if text in PLACE_WORDS:
        return PLACE
    for field in book.fields:
        if text == field.code or text in field.words.values():
            return field.code
    if text in {"", "Reason", "原因"}:
        return ""
    raise SheetUnreadable(reason=_("nobody knows the column %(heading)s") % {"heading": text})


def plain(value: Any) -> Any:
    """Return a cell's value as `clean` takes it: a moment at midnight is a day, a whole number has no fraction."""
    if isinstance(value, datetime):
        return value.date() if (value.hour, value.minute) == (0, 0) else value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def cell(kind: str, words: str, value: Any) -> Any:
    """Return what stands in a cell: numbers as numbers, days as days, all else in words."""
    if isinstance(value, bool) or value is None:
        return words
    if kind == "integer":
        return value
    if kind == "decimal":
        return float(value)
    return date.fromisoformat(value) if kind == "date" else harmless(words)


def started(book: Book, titles: Iterable[str]) -> Worksheet:
    """Return a new sheet with its heading line."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    workbook = Workbook()
    sheet = workbook.active
    sheet.title = book.name[:31]
    sheet.append(list(titles))
    for heading in sheet[1]:
        heading.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    return sheet


def saved(sheet: Worksheet) -> bytes:
    """Return the bytes of a sheet's workbook."""
    stream = BytesIO()
    sheet.parent.save(stream)
    return stream.getvalue()
