"""A file of records, read to its end whatever stands in it.

Each piece of the file becomes one `Found`: a record, with notes on what was repaired, or the bytes
and the reason they are none. Between records, line ends, blanks and end-of-file marks are skipped.
"""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from wenlan.catalogue.cnmarc import encodings, iso2709, marcxml, table
from wenlan.catalogue.cnmarc import notes as said
from wenlan.catalogue.cnmarc.record import MarcRecord

Wanted = Callable[[int], bool]

_BETWEEN = b"\r\n \t\x00\x1a"
_BOM = b"\xef\xbb\xbf"
_NOT_BETWEEN = re.compile(rb"[\r\n \t\x00\x1a]*")
_LEADER_START = re.compile(rb"[0-9]{5}")
_NEXT_RECORD = re.compile(rb"[\r\n \t\x00\x1a]*[0-9]{5}[a-z ][a-z ][a-z ]")
_XML_RECORD = re.compile(rb"<(?:\w+:)?record[\s>]")
_SAMPLE = 200
_HEAD = 4096
_CHUNK = 1 << 20
_LONGEST_PIECE = 1 << 23
_MARC21_TITLE = b"245"
_UNIMARC_TITLE = b"200"


@dataclass(frozen=True, slots=True)
class Piece:
    """The bytes of one record as cut from the file; `position` counts from 1, `offset` in bytes from 0."""

    position: int
    offset: int
    raw: bytes
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A piece of the file and what it is: `record` and its encoding, or the `reason` why it is none."""

    position: int
    offset: int
    raw: bytes
    record: MarcRecord | None
    encoding: str = ""
    notes: tuple[str, ...] = ()
    reason: str = ""


def every_one(_position: int) -> bool:
    """Want all records of a file."""
    return True


def read_file(path: Path, *, encoding: str = "auto", wanted: Wanted = every_one) -> Iterator[Found]:
    """Yield every record of an ISO 2709 or MARCXML file, or of a list of books (CSV); each may be gzipped.

    `wanted` says by its position, from 1, whether a record is read at all: several may share a file. Raises OSError
    when the file cannot be opened, LookupError for an unknown encoding.
    """
    with _open(path) as source:
        yield from read_stream(source, encoding=encoding, wanted=wanted)


def _open(path: Path) -> IO[bytes]:
    source = path.open("rb")
    zipped = source.read(2) == b"\x1f\x8b"
    source.seek(0)
    return io.BufferedReader(gzip.GzipFile(fileobj=source)) if zipped else source


def read_stream(source: IO[bytes], *, encoding: str = "auto", wanted: Wanted = every_one) -> Iterator[Found]:
    """Yield every record of an open file; see `read_file`. The source must be able to seek to its start."""
    told = "" if encoding == "auto" else encodings.canonical(encoding)
    head = source.read(_HEAD).removeprefix(_BOM).lstrip(_BETWEEN)
    source.seek(0)
    if head.startswith(b"<") and iso2709.RECORD_END not in head:
        yield from _xml(source, wanted)
        return
    if iso2709.RECORD_END not in head and table.is_table(head):
        yield from (one for one in _table(source, told) if wanted(one.position))
        return
    expected = told or _expected(source)
    source.seek(0)
    for piece in pieces(source):
        if wanted(piece.position):
            yield _found(piece, told=told, expected=expected)


def read_bytes(raw: bytes, *, encoding: str = "auto") -> Found:
    """Return what the bytes of one ISO 2709 record are. Raises LookupError for an unknown encoding."""
    told = "" if encoding == "auto" else encodings.canonical(encoding)
    return _found(Piece(1, 0, raw), told=told, expected=told)


def _expected(source: IO[bytes]) -> str:
    texts = []
    marc21 = 0
    for piece in islice(pieces(source), _SAMPLE):
        try:
            raw = iso2709.part(piece.raw)
        except iso2709.Malformed:
            continue
        texts.append(raw.text)
        marc21 += _is_marc21(raw)
    return encodings.expectation(texts, is_marc21=marc21 * 2 > len(texts))


def _is_marc21(raw: iso2709.RawRecord) -> bool:
    tags = {tag for tag, _ in raw.fields}
    if (_MARC21_TITLE in tags) != (_UNIMARC_TITLE in tags):
        return _MARC21_TITLE in tags
    return raw.leader[20:24] != b"450 "


def _found(piece: Piece, *, told: str, expected: str) -> Found:
    place = (piece.position, piece.offset, piece.raw)
    try:
        raw = iso2709.part(piece.raw)
        text = raw.text
        encoding = told or encodings.judge(
            text, expected=expected, is_marc21=_is_marc21(raw), says_unicode=raw.leader[9:10] == b"a"
        )
        reading = encodings.reading(text, encoding)
        record = _record(raw, reading)
    except iso2709.Malformed as error:
        return Found(*place, None, reason=str(error))
    except UnicodeError:
        return Found(*place, None, reason=said.UNDECODABLE)
    return Found(*place, record, reading.encoding, piece.notes + raw.notes + reading.notes)


def _record(raw: iso2709.RawRecord, reading: encodings.Reading) -> MarcRecord:
    """Decode the record at once where its text is sound, else field by field."""
    texts = reading.whole.split("\x1e") if reading.whole is not None else []
    return iso2709.decoded(raw, texts) if len(texts) == len(raw.fields) else iso2709.decode(raw, reading.decode)


def _xml(source: IO[bytes], wanted: Wanted) -> Iterator[Found]:
    position = 0
    try:
        for position, record in enumerate(marcxml.read(source), start=1):
            if wanted(position):
                raw = marcxml.element_text(record).encode()
                yield Found(position, 0, raw, record, "marcxml")
    except ElementTree.ParseError as error:
        offset, raw = _broken_record(source, *getattr(error, "position", (0, 0)))
        if wanted(position + 1):
            yield Found(position + 1, offset, raw, None, reason=said.XML_BROKEN)


def _broken_record(source: IO[bytes], line: int, column: int) -> tuple[int, bytes]:
    """Return where the record began in which the XML breaks off, and its bytes as far as one record may go."""
    if not line:
        return 0, b""
    source.seek(0)
    broken = sum(map(len, islice(source, line - 1))) + column
    first = max(0, broken - iso2709.LONGEST_RECORD)
    source.seek(first)
    window = source.read(broken - first)
    begins = [found.start() for found in _XML_RECORD.finditer(window)]
    offset = first + (begins[-1] if begins else 0)
    source.seek(offset)
    return offset, source.read(iso2709.LONGEST_RECORD)


def _table(source: IO[bytes], told: str) -> Iterator[Found]:
    try:
        encoding, lines = table.read(source, told=told)
    except UnicodeDecodeError:
        yield Found(1, 0, b"", None, reason=said.UNDECODABLE)
        return
    for line in lines:
        yield Found(line.number, 0, line.raw, line.record, encoding if line.record else "", reason=line.reason)


def pieces(source: IO[bytes]) -> Iterator[Piece]:
    """Cut an ISO 2709 file into records.

    The length in the leader is believed when the record ends where it says and holds no other record;
    otherwise the next end-of-record mark decides. Bytes without any mark come in one piece, up to 8 MB.
    """
    window = source.read(_CHUNK).removeprefix(_BOM)
    offset = source.tell() - len(window)
    at = position = 0
    while True:
        at = _NOT_BETWEEN.match(window, at).end()  # type: ignore[union-attr]
        if len(window) - at <= iso2709.LONGEST_RECORD or window.find(iso2709.RECORD_END, at) < 0:
            more = source.read(_CHUNK) if len(window) - at < _LONGEST_PIECE else b""
            if more:
                offset += at
                window, at = window[at:] + more, 0
                continue
        if at == len(window):
            return
        size, notes = _size(window, at)
        position += 1
        yield Piece(position, offset + at, window[at : at + size], notes)
        at += size


def _size(window: bytes, at: int) -> tuple[int, tuple[str, ...]]:
    """Return how many bytes the record that starts at `at` has, and what is odd about that."""
    end = window.find(iso2709.RECORD_END, at) + 1
    stated = int(window[at : at + 5]) if _LEADER_START.match(window, at) else 0
    if stated >= iso2709.SHORTEST_RECORD:
        stop = at + stated
        if stop == end or (window[stop - 1 : stop] == iso2709.RECORD_END and not _NEXT_RECORD.match(window, end)):
            return stated, ()
        lost_mark = (not end or end > stop) and _NEXT_RECORD.match(window, stop)
        if lost_mark:
            return stated, ()
    if not end:
        return len(window) - at, (said.FILE_ENDS,)
    return end - at, (said.LENGTH_WRONG,)
