"""Records written to a file: in their own format or converted, with their copies, in the encoding asked for."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from wenlan.catalogue.cnmarc import AnyField, Field, MarcRecord, Unwritable, element_text, encode, encodings
from wenlan.catalogue.conversions import keep_conversions
from wenlan.catalogue.errors import EncodingUnknown
from wenlan.catalogue.models import BibRecord
from wenlan.catalogue.types import MarcFormat
from wenlan.kernel.acts import Act

FORMATS = {"cnmarc": MarcFormat.CNMARC, "marc21": MarcFormat.MARC21, "marcxml": None}
COPIES = {MarcFormat.CNMARC: "905", MarcFormat.UNIMARC: "905", MarcFormat.MARC21: "852"}
GETA = "wenlan.geta"
BATCH = 500
MOST_LINES = 1000

codecs.register_error(GETA, lambda error: ("〓", error.end) if isinstance(error, UnicodeEncodeError) else ("", 0))

Copies = Callable[[Sequence[int], MarcFormat], Mapping[int, Sequence[Field]]]


@dataclass(slots=True, kw_only=True)
class ExportReport:
    """What was written. `converted` counts records that came out of the crosswalk.

    `left_out` names records that do not fit ISO 2709, with the reason; `replaced` those with characters the
    encoding cannot say, with these characters (the first thousand; `replaced_records` counts all).
    """

    written: int = 0
    converted: int = 0
    left_out: list[tuple[str, str]] = field(default_factory=list)
    replaced: list[tuple[str, str]] = field(default_factory=list)
    replaced_records: int = 0


def export_marc(
    act: Act,
    *,
    path: Path,
    nodes: Iterable[int],
    format: str = "cnmarc",  # noqa: A002
    encoding: str = "utf-8",
    also: Collection[int] = (),
    copies: Copies | None = None,
) -> ExportReport:
    """Write the records catalogued at `nodes`, and those whose ids are in `also`, to `path`, oldest first.

    `format` is cnmarc (UNIMARC stays as it is), marc21 or marcxml (each in its own format, always UTF-8);
    a record of another format is converted, and the conversion is kept. `copies` gives the fields of each
    record's copies, which take the place of those the record has. 100 $a 26-33 and leader 09 say the
    encoding. A character that the encoding lacks becomes 〓, as printers have it, and is reported. The file
    appears when it is complete. Raises EncodingUnknown.
    """
    codec = codec_of(encoding)
    report = ExportReport()
    unfinished = path.with_name(path.name + ".part")
    with unfinished.open("wb") as target:
        _head(target, format)
        for rows in _pages(nodes, also):
            for row, marc, of in _in_format(act, rows, FORMATS[format], report, copies):
                try:
                    target.write(_bytes(marc, of, format, codec, str(row.uid), report))
                    report.written += 1
                except Unwritable as reason:
                    report.left_out.append((str(row.uid), str(reason)))
        _foot(target, format)
    unfinished.replace(path)
    return report


def codec_of(encoding: str) -> str:
    """Return the Python codec that writes this encoding; `gbk` stays within GBK, as old systems must read it."""
    try:
        known = encodings.canonical(encoding)
    except LookupError as error:
        raise EncodingUnknown(encoding=encoding) from error
    if known == encodings.MARC_8:
        raise EncodingUnknown(encoding=encoding)
    return "gbk" if encoding.lower() in ("gbk", "gb2312", "cp936") else known


def _pages(nodes: Iterable[int], also: Collection[int]) -> Iterator[list[BibRecord]]:
    """Yield the records in batches by id."""
    catalogued = BibRecord.objects.filter(node_id__in=set(nodes)).values_list("pk", flat=True)
    wanted = sorted({*catalogued, *also})
    for start in range(0, len(wanted), BATCH):
        yield list(BibRecord.objects.filter(pk__in=wanted[start : start + BATCH]).order_by("pk"))


def _in_format(
    act: Act, rows: Sequence[BibRecord], wanted: MarcFormat | None, report: ExportReport, copies: Copies | None
) -> Iterator[tuple[BibRecord, MarcRecord, MarcFormat]]:
    """Yield each record in the format wanted, with the fields of its copies."""
    foreign = [row for row in rows if wanted and (row.format == MarcFormat.MARC21) != (wanted == MarcFormat.MARC21)]
    converted = keep_conversions(act, foreign, wanted) if wanted and foreign else {}
    report.converted += len(converted)
    formats = {row.pk: wanted if wanted and row.pk in converted else MarcFormat(row.format) for row in rows}
    held: dict[int, Sequence[Field]] = {}
    for of in set(formats.values()) if copies else ():
        held |= copies([record for record, one in formats.items() if one == of], of) if copies else {}
    for row in rows:
        marc = converted.get(row.pk) or MarcRecord.from_json(row.marc)
        yield row, with_copies(marc, held.get(row.pk, ()), COPIES[formats[row.pk]]), formats[row.pk]


def with_copies(marc: MarcRecord, copies: Sequence[Field], tag: str) -> MarcRecord:
    """Return the record with these fields in the place of its own of the tag; without any it stays as it is."""
    if not copies:
        return marc
    kept: list[AnyField] = [one for one in marc.fields if one.tag != tag]
    at = next((i for i, one in enumerate(kept) if one.tag > tag), len(kept))
    return MarcRecord(marc.leader, (*kept[:at], *copies, *kept[at:]))


def _bytes(marc: MarcRecord, of: MarcFormat, form: str, codec: str, uid: str, report: ExportReport) -> bytes:
    if form == "marcxml":
        return element_text(marc).encode() + b"\n"
    said = saying_encoding(marc, of, codec)
    try:
        return encode(said, codec)
    except UnicodeEncodeError:
        report.replaced_records += 1
        if len(report.replaced) < MOST_LINES:
            report.replaced.append((uid, _unsayable(said, codec)))
        return encode(said, codec, errors=GETA)


def saying_encoding(marc: MarcRecord, of: MarcFormat, codec: str) -> MarcRecord:
    """Return the record with the place that names its encoding made true: 100 $a 26-33, or leader 09 in MARC 21.

    In CNMARC `50` is Unicode, `0110` ISO 646 with GB 2312; another old set that the record names already stays.
    """
    if of == MarcFormat.MARC21:
        return MarcRecord(f"{marc.leader[:9]}{'a' if codec == encodings.UTF_8 else ' '}{marc.leader[10:]}", marc.fields)
    return MarcRecord(marc.leader, tuple(_general_data(one, codec) for one in marc.fields))


def _general_data(one: AnyField, codec: str) -> AnyField:
    """Return field 100 with the sets of the encoding; every other field, and a 100 too short for them, as it is."""
    if one.tag != "100" or not isinstance(one, Field):
        return one
    subfields = []
    for part in one.subfields:
        data = part.value
        if part.code == "a" and len(data) >= 26:
            if codec == encodings.UTF_8:
                data = f"{data[:26]}50      {data[34:]}"
            elif data[26:28] == "50" or not data[26:30].strip():
                data = f"{data[:26]}0110    {data[34:]}"
        subfields.append(part._replace(value=data))
    return one._replace(subfields=tuple(subfields))


def _unsayable(marc: MarcRecord, codec: str) -> str:
    """Return the characters of a record that the encoding lacks, each once."""
    text = "".join(one.data if not isinstance(one, Field) else one.text for one in marc.fields)
    return "".join(one for one in dict.fromkeys(text) if not _can_say(one, codec))


def _can_say(letter: str, codec: str) -> bool:
    try:
        letter.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


def _head(target: BinaryIO, form: str) -> None:
    if form == "marcxml":
        target.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<collection xmlns="http://www.loc.gov/MARC21/slim">\n')


def _foot(target: BinaryIO, form: str) -> None:
    if form == "marcxml":
        target.write(b"</collection>\n")
