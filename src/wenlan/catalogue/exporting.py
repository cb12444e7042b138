"""Records written to a file, in their native form."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.db.models import QuerySet

from wenlan.catalogue.cnmarc import MarcRecord, Unwritable, element_text, encode, encodings
from wenlan.catalogue.errors import EncodingUnknown
from wenlan.catalogue.models import BibRecord
from wenlan.catalogue.types import MarcFormat

FORMATS = {
    "cnmarc": (MarcFormat.CNMARC, MarcFormat.UNIMARC),
    "marc21": (MarcFormat.MARC21,),
    "marcxml": tuple(MarcFormat),
}
GETA = "wenlan.geta"
BATCH = 500

codecs.register_error(GETA, lambda error: ("〓", error.end) if isinstance(error, UnicodeEncodeError) else ("", 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportReport:
    """What was written; `left_out` names records that do not fit ISO 2709, `other_format` counts those of another."""

    written: int
    other_format: int
    left_out: tuple[tuple[str, str], ...] = ()


def export_marc(
    path: Path,
    *,
    nodes: Iterable[int],
    format: str = "cnmarc",  # noqa: A002
    encoding: str = "utf-8",
) -> ExportReport:
    """Write the records catalogued at `nodes` to `path`, oldest first.

    `format` is cnmarc (with other UNIMARC), marc21 or marcxml (all, always UTF-8). A character that the
    encoding lacks becomes 〓, as printers have it. The file appears when it is complete. Raises
    EncodingUnknown.
    """
    codec = _codec(encoding)
    rows = BibRecord.objects.filter(node_id__in=set(nodes))
    chosen = rows.filter(format__in=FORMATS[format])
    left_out: list[tuple[str, str]] = []
    unfinished = path.with_name(path.name + ".part")
    written = 0
    with unfinished.open("wb") as target:
        _head(target, format)
        for uid, of, marc in _each(chosen):
            try:
                target.write(_bytes(marc, of, format, codec))
                written += 1
            except Unwritable as reason:
                left_out.append((uid, str(reason)))
        _foot(target, format)
    unfinished.replace(path)
    return ExportReport(written=written, other_format=rows.count() - chosen.count(), left_out=tuple(left_out))


def _codec(encoding: str) -> str:
    """Return the Python codec that writes this encoding; `gbk` stays within GBK, as old systems must read it."""
    try:
        known = encodings.canonical(encoding)
    except LookupError as error:
        raise EncodingUnknown(encoding=encoding) from error
    if known == encodings.MARC_8:
        raise EncodingUnknown(encoding=encoding)
    return "gbk" if encoding.lower() in ("gbk", "gb2312", "cp936") else known


def _each(rows: QuerySet[BibRecord]) -> Iterator[tuple[str, MarcFormat, MarcRecord]]:
    last = 0
    while page := list(rows.filter(pk__gt=last).order_by("pk")[:BATCH]):
        for row in page:
            yield str(row.uid), MarcFormat(row.format), MarcRecord.from_json(row.marc)
        last = page[-1].pk


def _bytes(marc: MarcRecord, of: MarcFormat, form: str, codec: str) -> bytes:
    if form == "marcxml":
        return element_text(marc).encode() + b"\n"
    if of == MarcFormat.MARC21:
        unicode_mark = "a" if codec == encodings.UTF_8 else " "
        marc = MarcRecord(f"{marc.leader[:9]}{unicode_mark}{marc.leader[10:]}", marc.fields)
    return encode(marc, codec, errors=GETA)


def _head(target: BinaryIO, form: str) -> None:
    if form == "marcxml":
        target.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<collection xmlns="http://www.loc.gov/MARC21/slim">\n')


def _foot(target: BinaryIO, form: str) -> None:
    if form == "marcxml":
        target.write(b"</collection>\n")
