"""What rules may look at beside the record, and the small words they share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from wenlan.catalogue.cnmarc import AnyField, ControlField, Field, MarcRecord, Subfield
from wenlan.catalogue.editing.format import Format, Template
from wenlan.catalogue.editing.types import Edit, Finding, Gravity, Native, Place, Repair

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The format, the day, who catalogues. `is_new`: begun from a template, so empty places are still to be filled."""

    format: Format
    today: date
    agency: str = ""
    is_new: bool = False


Rule = Callable[[MarcRecord, Facts], Iterator[Finding]]


def numbered(record: MarcRecord, *tags: str) -> Iterator[tuple[int, Field]]:
    """Yield the data fields with these tags (all without any) and their places in the record."""
    for at, one in enumerate(record.fields):
        if isinstance(one, Field) and (not tags or one.tag in tags):
            yield at, one


def first(record: MarcRecord, tag: str) -> tuple[int, Field] | None:
    """Return the first field with this tag and its place."""
    return next(numbered(record, tag), None)


def native(one: AnyField) -> Native:
    """Return a field as JSON carries it."""
    if isinstance(one, ControlField):
        return [one.tag, one.data]
    return [one.tag, one.indicators, [[code, value] for code, value in one.subfields]]


def of_native(written: Native) -> AnyField:
    """Return the field that `native` wrote."""
    if len(written) == 2:
        return ControlField(*written)
    return Field(written[0], written[1], tuple(Subfield(code, value) for code, value in written[2]))


def finding(
    rule: str,
    gravity: Gravity,
    at: int | None,
    tag: str,
    *,
    subfield: int | None = None,
    position: int | None = None,
    repair: Repair | None = None,
    **said: str | int,
) -> Finding:
    """Return a finding in a field (or None: in the record)."""
    place = Place(tag=tag, field=at, subfield=subfield, position=position)
    return Finding(rule=rule, gravity=gravity, place=place, said={"tag": tag, **said}, repair=repair)


def with_value(one: Field, at: int, value: str) -> Field:
    """Return the field with the value of its subfield at this place changed."""
    changed = [*one.subfields]
    changed[at] = changed[at]._replace(value=value)
    return one._replace(subfields=tuple(changed))


def without(one: Field, at: int) -> Field:
    """Return the field without the subfield at this place."""
    return one._replace(subfields=(*one.subfields[:at], *one.subfields[at + 1 :]))


def setting(name: str, at: int, one: AnyField) -> Repair:
    """Return the repair that puts this field into the place of the one there."""
    return Repair(name=name, edits=(("set", at, native(one)),))


def inserting(name: str, record: MarcRecord, one: AnyField) -> Repair:
    """Return the repair that adds a field behind the last one whose tag is not higher."""
    return Repair(name=name, edits=(("insert", place_of(record, one.tag), native(one)),))


def place_of(record: MarcRecord, tag: str) -> int:
    """Return where a new field with this tag belongs."""
    return max((at + 1 for at, one in enumerate(record.fields) if one.tag <= tag), default=0)


def value_at(one: Field, code: str) -> tuple[int, str]:
    """Return place and value of the first subfield with this code; (-1, '') without one."""
    return next(((at, value) for at, (own, value) in enumerate(one.subfields) if own == code), (-1, ""))


def replaced(text: str, at: int, value: str) -> str:
    """Return coded data with other characters from a position on, filled up with blanks where it is short."""
    return text.ljust(at)[:at] + value + text[at + len(value) :]


def apply(record: MarcRecord, edits: tuple[Edit, ...]) -> MarcRecord:
    """Return the record after a repair, as the editor makes it."""
    leader, fields = record.leader, [*record.fields]
    for edit in edits:
        if edit[0] == "leader":
            leader = str(edit[1])
        elif edit[0] == "remove":
            del fields[int(edit[1])]
        elif edit[0] == "insert" and len(edit) == 3:
            fields.insert(int(edit[1]), of_native(edit[2]))
        elif len(edit) == 3:
            fields[int(edit[1])] = of_native(edit[2])
    return MarcRecord(leader, tuple(fields))


def template_of(record: MarcRecord, known: Format) -> Template | None:
    """Return the template of the record's material, by leader, 110 and 140; None in a format without any."""
    letter, level = record.leader[6:7], record.leader[7:8]
    if level == "s":
        code = "newspaper" if record.value("110", "a").startswith("c") else "serial"
    elif "140" in record.tags:
        code = "ancient"
    elif letter in ("i", "j"):
        code = "sound"
    else:
        code = {"g": "video", "l": "electronic", "e": "map", "f": "map"}.get(letter, "book")
    return known.templates.get(code)
