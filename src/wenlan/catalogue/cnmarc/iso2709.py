"""ISO 2709: records as bytes, one record in, one record out.

Lengths count bytes of the encoding at hand, so everything is parted as bytes first and decoded
afterwards. The four control bytes never occur inside a character of GB 18030, Big5, UTF-8 or MARC-8.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from struct import Struct
from typing import NamedTuple

from wenlan.catalogue.cnmarc import notes as said
from wenlan.catalogue.cnmarc.record import AnyField, ControlField, Field, MarcRecord, Subfield

RECORD_END = b"\x1d"
FIELD_END = b"\x1e"
SHORTEST_RECORD = 26
LONGEST_FIELD = 9_999
LONGEST_RECORD = 99_999
_MOST_STRAY_MARKS = 40
_ENTRY = Struct("3s4s5s")
_SOUND_DIRECTORY = re.compile(rb"(?:...[0-9]{9})*", re.DOTALL)

Decode = Callable[[bytes], str]
_new = tuple.__new__


class Malformed(ValueError):
    """The bytes are no record that could be repaired; the text says why."""


class Unwritable(ValueError):
    """The record does not fit the form: a field over 9,999 bytes, a record over 99,999, a control character."""


class RawField(NamedTuple):
    """A field as bytes, without its end mark."""

    tag: bytes
    body: bytes


@dataclass(frozen=True, slots=True)
class RawRecord:
    """A record parted by its directory, not yet decoded; `notes` says what had to be repaired."""

    leader: bytes
    fields: tuple[RawField, ...]
    notes: tuple[str, ...]

    @property
    def text(self) -> bytes:
        """All field bodies with end marks between: what an encoding is tried on."""
        return FIELD_END.join([body for _, body in self.fields])


def part(raw: bytes) -> RawRecord:
    """Part the bytes of one record into fields. Raises Malformed when directory and fields cannot be matched."""
    if len(raw) < SHORTEST_RECORD:
        raise Malformed(said.TOO_SHORT)
    notes: list[str] = []
    if raw[-1:] == RECORD_END:
        raw = raw[:-1]
    else:
        notes.append(said.NO_END_MARK)
    leader = raw[:24]
    directory_end = raw.find(FIELD_END, 24)
    if directory_end < 0:
        raise Malformed(said.DIRECTORY_OPEN)
    if leader[12:17] != b"%05d" % (directory_end + 1):
        notes.append(said.BASE_WRONG)
    entries = _entries(raw[24:directory_end], notes)
    if not entries:
        raise Malformed(said.NO_FIELDS)
    fields = _by_directory(entries, raw[directory_end + 1 :])
    if fields is None:
        fields = _by_delimiters(entries, raw[directory_end + 1 :], notes)
    return RawRecord(leader, fields, tuple(notes))


def _entries(directory: bytes, notes: list[str]) -> list[tuple[bytes, int, int]]:
    """Return (tag, length, start) of each entry; -1 for a number that is none."""
    if surplus := len(directory) % 12:
        if len(directory) < 12 or not directory[: len(directory) - surplus].isascii():
            raise Malformed(said.DIRECTORY_CROOKED)
        notes.append(said.DIRECTORY_CROOKED)
    whole = directory[: len(directory) - surplus]
    if _SOUND_DIRECTORY.fullmatch(whole):
        return [(tag, int(length), int(start)) for tag, length, start in _ENTRY.iter_unpack(whole)]
    return [(tag, _number(length), _number(start)) for tag, length, start in _ENTRY.iter_unpack(whole)]


def _number(digits: bytes) -> int:
    return int(digits) if digits.isdigit() else -1


def _by_directory(entries: list[tuple[bytes, int, int]], body: bytes) -> tuple[RawField, ...] | None:
    """Return the fields where the directory says they are, or None unless every entry ends on its mark."""
    pieces = body.split(FIELD_END)
    if len(pieces) != len(entries) + 1:
        return None
    at = 0
    for (_, length, start), piece in zip(entries, pieces, strict=False):
        if start != at or length != len(piece) + 1:
            return _out_of_order(entries, body)
        at += length
    return tuple([_new(RawField, (entry[0], piece)) for entry, piece in zip(entries, pieces, strict=False)])


def _out_of_order(entries: list[tuple[bytes, int, int]], body: bytes) -> tuple[RawField, ...] | None:
    """Return the fields of a directory whose entries stand in another order than the fields."""
    fields = []
    for tag, length, start in entries:
        end = start + length - 1
        if start < 0 or length < 1 or body[end : end + 1] != FIELD_END or (start and body[start - 1] != 0x1E):
            return None
        one = body[start:end]
        if FIELD_END in one:
            return None
        fields.append(RawField(tag, one))
    return tuple(fields)


def _by_delimiters(entries: list[tuple[bytes, int, int]], body: bytes, notes: list[str]) -> tuple[RawField, ...]:
    """Match fields and entries by their order when the numbers are wrong but the counts agree."""
    pieces = body.split(FIELD_END)
    if pieces[-1].strip(b"\r\n \x00\x1a"):
        notes.append(said.LAST_FIELD_OPEN)
    else:
        pieces.pop()
    if not pieces:
        raise Malformed(said.NO_FIELDS)
    if len(pieces) < len(entries) and said.NO_END_MARK in notes:
        notes.append(said.CUT_OFF)
        entries = entries[: len(pieces)]
    if len(pieces) > len(entries) and not any(piece.strip() for piece in pieces[len(entries) :]):
        pieces = pieces[: len(entries)]
    if len(pieces) > len(entries):
        pieces = _joined(pieces, [length for _, length, _ in entries])
        notes.append(said.MARK_WITHIN)
    if len(pieces) != len(entries):
        raise Malformed(said.NO_MATCH)
    notes.append(said.LENGTHS_WRONG)
    starts = [start for _, _, start in entries]
    in_order = sorted(entries, key=lambda entry: entry[2]) if len(set(starts)) == len(starts) else entries
    if min(starts) < 0:
        in_order = entries
    return tuple(RawField(entry[0], piece) for entry, piece in zip(in_order, pieces, strict=True))


def _joined(pieces: list[bytes], lengths: list[int]) -> list[bytes]:
    """Join neighbouring pieces so that there are as many as `lengths` and they fit these best.

    Returns the pieces as they were when too many are too many, or when the fit is a guess (more than a
    tenth of the bytes out of place).
    """
    surplus = len(pieces) - len(lengths)
    if surplus > _MOST_STRAY_MARKS or min(lengths) < 1:
        return pieces
    sizes = [len(piece) + 1 for piece in pieces]
    best: list[dict[int, tuple[int, int]]] = [{0: (0, 0)}]
    for done, length in enumerate(lengths):
        reached: dict[int, tuple[int, int]] = {}
        for joined, (cost, _) in best[-1].items():
            size = 0
            for more in range(surplus - joined + 1):
                size += sizes[done + joined + more]
                total = cost + abs(size - length)
                if joined + more not in reached or total < reached[joined + more][0]:
                    reached[joined + more] = (total, more)
        best.append(reached)
    if best[-1][surplus][0] * 10 > sum(sizes):
        return pieces
    groups: list[bytes] = []
    at, joined = len(pieces), surplus
    for reached in reversed(best[1:]):
        more = reached[joined][1]
        groups.append(b" ".join(pieces[at - more - 1 : at]))
        at, joined = at - more - 1, joined - more
    return groups[::-1]


def decode(raw: RawRecord, decode_text: Decode) -> MarcRecord:
    """Return the record, its text decoded by `decode_text`. Raises Malformed on a tag that is no tag."""
    return decoded(raw, [decode_text(body) for _, body in raw.fields])


def decoded(raw: RawRecord, texts: Sequence[str]) -> MarcRecord:
    """Return the record with the bodies of its fields as these texts. Raises Malformed on a tag that is no tag."""
    fields = [_field(tag, text) for (tag, _), text in zip(raw.fields, texts, strict=True)]
    return MarcRecord(_leader(raw.leader), tuple(fields))


def _leader(raw: bytes) -> str:
    """Return the leader as text: what is not printable ASCII becomes a blank."""
    text = raw.decode("latin-1")
    return (
        text if text.isascii() and text.isprintable() else "".join(one if " " <= one < "\x7f" else " " for one in text)
    )


@lru_cache(maxsize=4096)
def _tag(raw: bytes) -> str:
    """Return a tag as text; there are few, and they come again and again."""
    if not (raw.isalnum() and raw.isascii()):
        raise Malformed(said.NO_TAG)
    return raw.decode("ascii")


def _field(tag: bytes, text: str) -> AnyField:
    name = _tag(tag)
    if name[:2] == "00":
        return _new(ControlField, (name, text))
    head, *parts = text.split("\x1f")
    subfields = [_new(Subfield, (one[0], one[1:])) for one in parts if one]  # half the time of calling Subfield
    if len(head) > 2:
        subfields.insert(0, Subfield("", head[2:]))
    return _new(Field, (name, head[:2], tuple(subfields)))


def encode(record: MarcRecord, encoding: str = "utf-8", *, errors: str = "strict") -> bytes:
    """Return the bytes of one record, lengths and base address recomputed.

    `encoding` is a Python codec that keeps ASCII as it is. Raises Unwritable when the form cannot
    carry the record, UnicodeEncodeError when the encoding cannot (see `errors`).
    """
    directory = bytearray()
    body = bytearray()
    for one in record.fields:
        data = _encoded(one, encoding, errors)
        if len(data) > LONGEST_FIELD:
            raise Unwritable(f"field {one.tag} has {len(data)} bytes")
        directory += b"%b%04d%05d" % (one.tag.encode("ascii"), len(data), len(body))
        body += data
    base = 24 + len(directory) + 1
    length = base + len(body) + 1
    if length > LONGEST_RECORD:
        raise Unwritable(f"the record has {length} bytes")
    leader = record.leader.ljust(24)[:24].encode("ascii")
    head = b"%05d%b%05d%b" % (length, leader[5:12], base, leader[17:24])
    return b"".join((head, bytes(directory), FIELD_END, bytes(body), RECORD_END))


def _encoded(one: AnyField, encoding: str, errors: str) -> bytes:
    if isinstance(one, ControlField):
        text = one.data
    else:
        text = one.indicators + "".join([f"\x1f{code}{value}" if code else value for code, value in one.subfields])
        if text.count("\x1f") != sum(1 for code, _ in one.subfields if code):
            raise Unwritable(f"field {one.tag} holds a control character")
    if "\x1d" in text or "\x1e" in text or not (len(one.tag) == 3 and one.tag.isascii() and one.tag.isalnum()):
        raise Unwritable(f"field {one.tag} holds a control character")
    return text.encode(encoding, errors) + FIELD_END
