"""A MARC record as it is: leader and fields in their order, nothing interpreted, nothing lost."""

from __future__ import annotations

import json
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple

_ENCODE = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
EMPTY_LEADER = "00000nam0 2200000   450 "


class Subfield(NamedTuple):
    """One subfield. `code` is empty for text that stands before the first delimiter (untidy sources)."""

    code: str
    value: str


class ControlField(NamedTuple):
    """A field 001 to 009: a tag and its data."""

    tag: str
    data: str


class Field(NamedTuple):
    """A field with indicators and subfields. `indicators` has two characters in every sound record."""

    tag: str
    indicators: str
    subfields: tuple[Subfield, ...]

    def values(self, *codes: str) -> tuple[str, ...]:
        """Return the values of the subfields with these codes, in their order."""
        return tuple([value for code, value in self.subfields if code in codes])

    def first(self, code: str) -> str:
        """Return the first value under `code`, or an empty string."""
        for one, value in self.subfields:
            if one == code:
                return value
        return ""

    @property
    def text(self) -> str:
        """All values, parted by spaces."""
        return " ".join(value for _, value in self.subfields)


AnyField = ControlField | Field


@dataclass(frozen=True)
class MarcRecord:
    """Leader (24 characters) and fields.

    Positions 0-4 and 12-16 of the leader are numbers of one encoding's bytes and mean nothing here.
    """

    leader: str
    fields: tuple[AnyField, ...]

    @cached_property
    def _by_tag(self) -> dict[str, list[AnyField]]:
        found: dict[str, list[AnyField]] = {}
        for one in self.fields:
            if one[0] in found:
                found[one[0]].append(one)
            else:
                found[one[0]] = [one]
        return found

    def control(self, tag: str) -> str:
        """Return the data of the first control field with this tag, or an empty string."""
        return next((one.data for one in self._by_tag.get(tag, ()) if isinstance(one, ControlField)), "")

    def all(self, *tags: str) -> tuple[Field, ...]:
        """Return the fields with these tags, in the order of the record."""
        by_tag = self._by_tag
        present = [tag for tag in tags if tag in by_tag]
        if not present:
            return ()
        if len(present) == 1:
            return tuple([one for one in by_tag[present[0]] if isinstance(one, Field)])
        return tuple([one for one in self.fields if one[0] in present and isinstance(one, Field)])

    def first(self, *tags: str) -> Field | None:
        """Return the first field with one of these tags."""
        found = self.all(*tags)
        return found[0] if found else None

    def value(self, tag: str, code: str) -> str:
        """Return the first value of this subfield in any field with this tag, or an empty string."""
        return next(self.values(tag, code), "")

    def values(self, tag: str, *codes: str) -> Iterator[str]:
        """Yield the values of these subfields in all fields with this tag."""
        for one in self._by_tag.get(tag, ()):
            if isinstance(one, Field):
                yield from one.values(*codes)

    @property
    def tags(self) -> Set[str]:
        """The tags that occur."""
        return self._by_tag.keys()

    @cached_property
    def _fields_json(self) -> str:
        return _ENCODE(self.fields)

    def to_json(self) -> str:
        """Return the native form: `{"leader": ..., "fields": [[tag, data] or [tag, indicators, [[code, value]]]]}`."""
        return f'{{"leader":{_ENCODE(self.leader)},"fields":{self._fields_json}}}'

    def __reduce__(self) -> tuple[object, ...]:
        """Go from one process to another in the native form, which is written and read faster than many tuples."""
        return MarcRecord._received, (self.leader, self._fields_json)

    @classmethod
    def _received(cls, leader: str, fields_json: str) -> MarcRecord:
        """Return the record that `__reduce__` sent: what we wrote ourselves is not looked at again."""
        make = tuple.__new__
        record = cls(
            leader,
            tuple(
                [
                    make(ControlField, one)
                    if len(one) == 2
                    else make(Field, (one[0], one[1], tuple([make(Subfield, part) for part in one[2]])))
                    for one in json.loads(fields_json)
                ]
            ),
        )
        record.__dict__["_fields_json"] = fields_json
        return record

    @classmethod
    def from_json(cls, text: str) -> MarcRecord:
        """Return the record that `to_json` wrote. Raises ValueError on anything else."""
        try:
            whole = json.loads(text)
            return cls(whole["leader"], tuple(_field(one) for one in whole["fields"]))
        except (KeyError, TypeError, IndexError) as error:
            raise ValueError("not a native record") from error

    def content_hash(self) -> str:
        """Return 32 hex digits over what does not depend on the encoding: leader 5-8, 10-11, 17-19 and the fields."""
        leader = self.leader[5:9] + self.leader[10:12] + self.leader[17:20]
        return sha256(f"{leader}{self._fields_json}".encode()).hexdigest()[:32]


def _field(stored: list[object]) -> AnyField:
    if len(stored) == 2:
        return ControlField(str(stored[0]), str(stored[1]))
    subfields = stored[2]
    if not isinstance(subfields, list):
        raise TypeError("subfields")
    return Field(str(stored[0]), str(stored[1]), tuple([Subfield(code, value) for code, value in subfields]))


def field(tag: str, indicators: str = "  ", /, *subfields: tuple[str, str]) -> Field:
    """Return a field from (code, value) pairs: `field("200", "1 ", ("a", "三体"), ("f", "刘慈欣著"))`."""
    return Field(tag, indicators, tuple(Subfield(code, value) for code, value in subfields))


def linked_fields(link: Field) -> tuple[AnyField, ...]:
    """Return the fields embedded in a 4XX field: each `$1` starts one, as tag, indicators and subfields.

    `410 #0 $12001#$a丛书名` holds one field 200 with `$a`. A field of the other style (plain
    `$t`, `$x`), or a `$1` without a whole tag, gives nothing for that part.
    """
    found: list[AnyField] = []
    opened: list[Subfield] | None = None
    for code, value in link.subfields:
        if code == "1" and value[:3].isdigit() and len(value) >= 3:
            if value.startswith("00"):
                found.append(ControlField(value[:3], value[3:]))
                opened = None
                continue
            opened = [Subfield("", value[5:])] if len(value) > 5 else []
            found.append(Field(value[:3], value[3:5].ljust(2), tuple(opened)))
        elif opened is not None and isinstance(found[-1], Field):
            opened.append(Subfield(code, value))
            found[-1] = found[-1]._replace(subfields=tuple(opened))
    return tuple(found)
