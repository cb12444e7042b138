"""Files of daily counts as people counters export them: CSV with a head line.

Columns: `gate` (the gate's code), `day` (2019-03-04), and `passages` (what the counter shows; halved where
it counts exits too) or `persons` (visits). `method` may say how a faulty day was estimated; then the line is
an estimate. Chinese heads are understood too. UTF-8 or GB 18030; comma, semicolon or tab.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from wenlan.facilities.errors import GateFileUnreadable

HEADS: Mapping[str, str] = {
    "gate": "gate",
    "day": "day",
    "passages": "passages",
    "persons": "persons",
    "method": "method",
    "通道": "gate",
    "门禁": "gate",
    "日期": "day",
    "过门次数": "passages",
    "人次": "persons",
    "估计方法": "method",
}
LARGEST_COUNT = 10_000_000

Line = Mapping[str, str]


class LineInvalid(ValueError):
    """A line that says no gate, day and number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GateLine:
    """One line: exactly one of `passages` and a meaningful `persons`."""

    gate: str
    day: date
    persons: int
    passages: int | None
    method: str


def read(path: Path) -> Iterator[Line]:
    """Return the lines by column. Raises GateFileUnreadable for no CSV or a head without gate, day and a number."""
    text = _decode(path)
    try:
        dialect: type[csv.Dialect] = csv.Sniffer().sniff(text[:4096], delimiters=",;\t")
    except csv.Error:
        dialect = csv.excel
    rows = csv.reader(io.StringIO(text), dialect)
    heads = [HEADS.get(head.strip().lower(), head.strip()) for head in next(rows, [])]
    if not {"gate", "day"} <= set(heads) or not {"passages", "persons"} & set(heads):
        raise GateFileUnreadable(file=path.name)
    return (dict(zip(heads, [*row, *[""] * len(heads)], strict=False)) for row in rows if any(row))


def _decode(path: Path) -> str:
    raw = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise GateFileUnreadable(file=path.name)


def parse(line: Line) -> GateLine:
    """Return what a line says. Raises LineInvalid with the reason in words."""
    gate = line.get("gate", "").strip()
    if not gate:
        raise LineInvalid(_("The line names no gate."))
    passages = _number(line.get("passages", ""))
    persons = _number(line.get("persons", ""))
    if (passages is None) == (persons is None):
        raise LineInvalid(_("Write either the passages or the persons."))
    return GateLine(
        gate=gate,
        day=_day(line.get("day", "")),
        persons=persons or 0,
        passages=passages,
        method=line.get("method", "").strip(),
    )


def _number(text: str) -> int | None:
    text = text.strip().replace(",", "")
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or int(text[:12]) > LARGEST_COUNT:
        raise LineInvalid(_("“%(text)s” is not a count.") % {"text": text[:40]})
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip().replace("/", "-")[:10])
    except ValueError:
        raise LineInvalid(_("“%(text)s” is not a day such as 2019-03-04.") % {"text": text[:40]}) from None


def write_rejects(path: Path, rejects: Sequence[tuple[Line, str]]) -> Path | None:
    """Write refused lines with their reasons beside the file as `<name>.rejects.csv`; None when there is none."""
    target = path.with_name(path.name + ".rejects.csv")
    if not rejects:
        target.unlink(missing_ok=True)
        return None
    heads = [*rejects[0][0], "reason"]
    with target.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(heads)
        writer.writerows([*line.values(), reason] for line, reason in rejects)
    return target
