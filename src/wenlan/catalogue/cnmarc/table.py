"""Lists of books as records: CSV or text with tabs, its columns known by the names of `columns.toml`."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO

from wenlan.catalogue.cnmarc import notes as said
from wenlan.catalogue.cnmarc.record import EMPTY_LEADER, AnyField, ControlField, Field, MarcRecord, Subfield

COLUMNS = Path(__file__).with_name("columns.toml")
DELIMITERS = ",\t;"
TITLE = "200a"
COPY = "905"
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)")
_MANY = re.compile(r"[;；]\s*")
_INDICATORS = {"101": "0 ", "200": "1 ", "225": "2 ", "606": "0 ", "701": " 0", "702": " 0"}


@dataclass(frozen=True, slots=True)
class Column:
    """Where the values of a column go."""

    to: tuple[str, ...]
    many: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """The rows of one record: the number of the first (the head is 1), their text, and the record or the reason."""

    number: int
    raw: bytes
    record: MarcRecord | None
    reason: str = ""


@cache
def _known() -> tuple[Mapping[str, Column], re.Pattern[str]]:
    """Return the columns by their names, and what finds the role at the end of a name."""
    whole = tomllib.loads(COLUMNS.read_text(encoding="utf-8"))
    columns = {}
    for one in whole["columns"]:
        for name in one["names"]:
            columns[name] = Column(tuple(one["to"]), one.get("many", False))
    return columns, re.compile(f"(?:{'|'.join(whole['roles'])})+$")


def _column(name: str) -> Column | None:
    return _known()[0].get(name.strip().lstrip("\ufeff").lower())


def is_table(head: bytes) -> bool:
    """Tell whether a file begins with the names of columns, a title and another among them."""
    first = head.splitlines()[0] if head else b""
    names = _cells(_text(first)[0])
    known = [column for name in names if (column := _column(name))]
    return len(known) > 1 and any(TITLE in column.to for column in known)


def _text(raw: bytes) -> tuple[str, str]:
    """Return the text and its encoding: UTF-8 when it is that, else GB 18030."""
    try:
        return raw.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace"), "gb18030"


def _cells(line: str) -> list[str]:
    return next(csv.reader([line], delimiter=_delimiter(line)), [])


def _delimiter(line: str) -> str:
    return max(DELIMITERS, key=line.count)


def read(source: IO[bytes], *, told: str = "") -> tuple[str, Iterator[Line]]:
    """Return the encoding, and each record of the list with its rows; rows of one title are one record.

    Raises UnicodeDecodeError when the bytes are not of the encoding that was told.
    """
    whole = source.read()
    text, encoding = (whole.decode(told), told) if told else _text(whole)
    text = text.lstrip("\ufeff")
    rows = csv.reader(io.StringIO(text), delimiter=_delimiter(text.split("\n", 1)[0]))
    return encoding, _lines(rows, encoding)


def _lines(rows: Iterator[list[str]], encoding: str) -> Iterator[Line]:
    columns = [_column(name) for name in next(rows)]
    records: dict[tuple[tuple[str, str], ...], list[tuple[int, list[str], list[tuple[str, str]]]]] = {}
    for number, row in enumerate(rows, start=2):
        values = list(_values(columns, row))
        about = tuple(one for one in values if one[0][:3] != COPY)
        if values:
            copy = [one for one in values if one[0][:3] == COPY]
            records.setdefault(about, []).append((number, row, copy))
    for about, lines in records.items():
        raw = _raw([row for _, row, _ in lines], encoding)
        if any(place == TITLE for place, _ in about):
            yield Line(lines[0][0], raw, _record(about, [copy for _, _, copy in lines]))
        else:
            for number, row, _ in lines:
                yield Line(number, _raw([row], encoding), None, said.NO_TITLE)


def _values(columns: Iterable[Column | None], row: list[str]) -> Iterator[tuple[str, str]]:
    """Yield (place, value) of what a row says."""
    for column, cell in zip(columns, row, strict=False):
        text = " ".join(cell.split())
        if column and text:
            for place in column.to:
                for value in _MANY.split(text) if column.many else [text]:
                    yield place, value


def _raw(rows: list[list[str]], encoding: str) -> bytes:
    target = io.StringIO()
    csv.writer(target, lineterminator="\r\n").writerows(rows)
    return target.getvalue().encode(encoding, "replace")


def _record(about: Iterable[tuple[str, str]], copies: Iterable[list[tuple[str, str]]]) -> MarcRecord:
    """Return a record of what a list says; the day of entry is left blank, for the list does not say it."""
    given: dict[str, list[Subfield]] = {}
    control: list[AnyField] = []
    apart: list[AnyField] = []
    for place, value in about:
        tag, code = place[:3], place[3:]
        if not code:
            control.append(ControlField(tag, value))
        elif tag in ("606", "701", "702"):
            name = _known()[1].sub("", value).strip() if tag != "606" else value
            apart.append(Field(tag, _INDICATORS[tag], (Subfield(code, name or value),)))
        else:
            given.setdefault(tag, []).append(Subfield(code, value))
    year = next((found[1] for one in given.get("210", ()) if (found := _YEAR.search(one.value))), "    ")
    given["100"] = [Subfield("a", f"        d{year}    em y0chiy50      ea")]
    given.setdefault("101", [Subfield("a", "chi")])
    fields = [Field(tag, _INDICATORS.get(tag, "  "), tuple(sorted(one))) for tag, one in given.items()]
    held = [Field(COPY, "  ", tuple(Subfield(place[3:], value) for place, value in copy)) for copy in copies if copy]
    whole = sorted([*control, *fields, *apart], key=lambda one: one.tag)
    return MarcRecord(EMPTY_LEADER, (*whole, *held))
