"""Tables in files, row by row however long they are: CSV and text with tabs, Excel, and XML of one record an element.

openpyxl takes a quarter of a second to load and is imported when a sheet is first read.
"""

import codecs
import csv
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from xml.etree import ElementTree
from zipfile import BadZipFile

from django.utils.translation import gettext as _

from wenlan.moving.errors import ExportUnreadable
from wenlan.moving.profiles import Form
from wenlan.patrons.intake.reading import OLD_EXCEL, folded, said

FIRST_ROWS = 20
FEWEST_HEADINGS = 2
PIECE = 1 << 20
DELIMITERS = ",\t;|^"
LONGEST_CELL = 1 << 20
PATH = re.compile(r"[A-Za-z_][\w./-]*", re.ASCII)
Row = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number in the file as people count, what its cells say by meaning, and the cells."""

    number: int
    told: Mapping[str, str]

    def text(self, what: str) -> str:
        """Return a cell, without the space around it."""
        return self.told.get(what, "")


@dataclass(frozen=True, slots=True)
class Table:
    """A file whose headings were understood: the place of each meaning, and its lines, to be read once."""

    path: Path
    columns: Mapping[str, str]
    lines: Iterator[Line]


def is_xml(path: Path) -> bool:
    """Return whether a file begins as XML does."""
    with path.open("rb") as file:
        return file.read(200).lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")


def is_marc(path: Path) -> bool:
    """Return whether a file begins with the leader of ISO 2709."""
    with path.open("rb") as file:
        head = file.read(24)
    return len(head) == 24 and head[:5].isdigit() and head[10:12] == b"22"


def opened(path: Path, form: Form, *, encoding: str = "") -> Table | None:
    """Return a file as a table of a form; None when no row of headings says enough. Raises ExportUnreadable."""
    if is_xml(path):
        return _xml(path, form)
    rows = _rows(path, encoding)
    first = list(islice(rows, FIRST_ROWS))
    at, found = max(
        enumerate(columns_of(cells, form) for _, cells in first), key=lambda one: len(one[1]), default=(0, {})
    )
    if len(found) < FEWEST_HEADINGS:
        return None
    columns = {what: first[at][1][place] for what, place in found.items()}
    return Table(path, columns, _lines(first[at + 1 :], rows, found))


def columns_of(cells: Sequence[str], form: Form) -> dict[str, int]:
    """Return the place of each meaning in a row of headings; the first of its headings that stands there counts."""
    places = {folded(heading): place for place, heading in reversed(list(enumerate(cells))) if heading.strip()}
    found: dict[str, int] = {}
    for what, headings in form.columns.items():
        place = next((places[folded(one)] for one in headings if folded(one) in places), None)
        if place is not None:
            found[what] = place
    return found


def _lines(first: Sequence[Row], rest: Iterator[Row], columns: Mapping[str, int]) -> Iterator[Line]:
    for rows in (first, rest):
        for number, cells in rows:
            told = {what: cells[place].strip() for what, place in columns.items() if place < len(cells)}
            if any(told.values()):
                yield Line(number, told)


def _rows(path: Path, encoding: str) -> Iterator[Row]:
    with path.open("rb") as file:
        head = file.read(4)
    if head == OLD_EXCEL:
        raise ExportUnreadable(file=path.name, reason=_("it is in the old Excel form; save it as .xlsx"))
    if head.startswith(b"PK"):
        yield from _sheet(path)
        return
    used = encoding or encoding_of(path)
    csv.field_size_limit(min(sys.maxsize, LONGEST_CELL))
    with path.open(encoding=used, errors="replace", newline="") as text:
        start = text.readline()
        delimiter = max(DELIMITERS, key=start.count)
        text.seek(0)
        reader = csv.reader((line.replace("\0", "") for line in text), delimiter=delimiter)
        try:
            for cells in reader:
                yield reader.line_num, cells
        except csv.Error as wrong:
            raise ExportUnreadable(file=path.name, reason=str(wrong)) from wrong


def encoding_of(path: Path) -> str:
    """Return the encoding of a text file: UTF-16 by its mark, UTF-8 when it is that to its end, else GB 18030."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        head = file.read(2)
        if head in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return "utf-16"
        file.seek(0)
        try:
            while piece := file.read(PIECE):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "gb18030"
    return "utf-8-sig"


def _sheet(path: Path) -> Iterator[Row]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        workbook = load_workbook(path, read_only=True, data_only=True)
        for number, row in enumerate(workbook.worksheets[0].iter_rows(values_only=True), start=1):
            yield number, [said(value) for value in row]
        workbook.close()
    except (BadZipFile, InvalidFileException, KeyError, OSError, IndexError, ValueError) as wrong:
        raise ExportUnreadable(file=path.name, reason=_("it is no xlsx file")) from wrong


def _xml(path: Path, form: Form) -> Table | None:
    """Return a collection of records; `form.rows` names the elements inside a record that are lines of their own."""
    record = next(_records(path), None)
    if record is None:
        return None
    return Table(path, {what: headings[0] for what, headings in form.columns.items()}, _xml_lines(path, form))


def _xml_lines(path: Path, form: Form) -> Iterator[Line]:
    for number, record in enumerate(_records(path), start=1):
        inner = record.findall(form.rows) if form.rows else [None]
        for row in inner:
            told = {what: _value(record, row, form.rows, names) for what, names in form.columns.items()}
            if any(told.values()):
                yield Line(number, told)


def _value(record: ElementTree.Element, row: ElementTree.Element | None, rows: str, names: Sequence[str]) -> str:
    """Return the first of the named values that stands in a record: `name`, `path@attribute`; several are joined."""
    for name in names:
        path, _at, attribute = name.partition("@")
        if not PATH.fullmatch(path):
            continue
        found = [row] if row is not None and path == rows else record.findall(path)
        values = [one.get(attribute, "") if attribute else (one.text or "") for one in found]
        if text := ";".join(value.strip() for value in values if value.strip()):
            return text
    return ""


def _records(path: Path) -> Iterator[ElementTree.Element]:
    """Yield the records of a collection, each freed when the next is asked for."""
    try:
        top: ElementTree.Element | None = None
        depth = 0
        for event, element in ElementTree.iterparse(path, events=("start", "end")):
            if event == "start":
                depth += 1
                top = element if top is None else top
                continue
            depth -= 1
            if depth == 1 and top is not None:
                inner = element.find("root") if _local(element.tag) != "root" else element
                yield element if inner is None else inner
                top.clear()
    except ElementTree.ParseError as wrong:
        raise ExportUnreadable(file=path.name, reason=str(wrong)) from wrong


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def read_sheet(path: Path) -> Iterator[list[str]]:
    """Yield the rows of the first sheet of a workbook as text. Raises ExportUnreadable."""
    for _number, cells in _sheet(path):
        yield cells
