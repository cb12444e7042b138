"""CNMARC and MARC 21 as data: fields, indicators, subfields, fixed positions and templates, with captions."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from wenlan.catalogue.cnmarc import AnyField, Field, MarcRecord, Subfield

HERE = Path(__file__).parent
LEADER = "LDR"
BLANK = "#"

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SubfieldForm:
    """A subfield as the format knows it; `once` within its field."""

    code: str
    once: bool
    name: Words


@dataclass(frozen=True, slots=True)
class FieldForm:
    """A field as the format knows it.

    `indicators` holds for each of the two the values allowed with their captions (`#` is a blank);
    `new` are the indicators, `start` the subfield codes, of a field just added. A control field has no subfield.
    """

    tag: str
    name: Words
    once: bool
    indicators: tuple[Mapping[str, Words], Mapping[str, Words]]
    new: str
    start: str
    subfields: Mapping[str, SubfieldForm]


@dataclass(frozen=True, slots=True)
class Part:
    """Some positions of coded data. With `each`, every character is a code of its own; without `values`, see `kind`."""

    at: int
    size: int
    name: Words
    kind: str
    each: bool
    values: Mapping[str, Words]

    def of(self, text: str) -> str:
        """Return these positions of coded data, blanks where it is short."""
        return text[self.at : self.at + self.size].ljust(self.size)


@dataclass(frozen=True, slots=True)
class CodedKind:
    """Positions that only some coded data has: that whose deciding characters begin with one of `when`."""

    name: Words
    when: tuple[str, ...]
    length: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Coded:
    """Coded data of a fixed length: the leader, a control field, or one subfield. `blank` is what a new field holds.

    `by` says what decides which of `kinds` adds its positions: "leader" (06-07), "first" (the data itself), or nothing.
    """

    tag: str
    code: str
    length: int
    blank: str
    parts: tuple[Part, ...]
    by: str = ""
    kinds: tuple[CodedKind, ...] = ()

    def of(self, text: str, leader: str) -> tuple[int, tuple[Part, ...]]:
        """Return the length and the positions of this coded data in a record with this leader."""
        deciding = leader[6:8] if self.by == "leader" else text[:1]
        kind = next((one for one in self.kinds if deciding.startswith(one.when)), None) if deciding else None
        if kind is None:
            return self.length, self.parts
        return kind.length, tuple(sorted((*self.parts, *kind.parts), key=lambda one: one.at))


@dataclass(frozen=True, slots=True)
class Template:
    """Where cataloguing of a material begins, and which fields its finished record has."""

    code: str
    name: Words
    leader: str
    needs: tuple[str, ...]
    fields: tuple[Field, ...]

    def record(self, *, today: str, agency: str) -> MarcRecord:
        """Return a new record; `today` is YYYYMMDD."""
        places = {"today": today, "year": today[:4], "agency": agency}
        return MarcRecord(self.leader, tuple(_filled(one, places) for one in self.fields))


@dataclass(frozen=True, slots=True)
class Format:
    """Everything the editor knows about a format; an unknown one is empty, and then nothing is unknown.

    `code` is that of the format (`MarcFormat`), empty for an unknown one.
    """

    code: str
    fields: Mapping[str, FieldForm]
    coded: Mapping[tuple[str, str], Coded]
    templates: Mapping[str, Template]

    def coded_of(self, tag: str) -> tuple[Coded, ...]:
        """Return the coded subfields of a field."""
        return tuple(one for (owner, _), one in self.coded.items() if owner == tag)


@cache
def cnmarc() -> Format:
    """Return the CNMARC format."""
    return Format("cnmarc", _fields("fields.toml"), _coded("coded.toml"), _templates())


@cache
def marc21() -> Format:
    """Return the MARC 21 format."""
    return Format("marc21", _fields("marc21_fields.toml"), _coded("marc21_coded.toml"), {})


def format_of(of: str) -> Format:
    """Return a format; what is UNIMARC but not of China is treated as CNMARC."""
    return marc21() if of == "marc21" else cnmarc()


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def _words(written: list[str]) -> Words:
    return {"zh": written[0], "en": written[1]}


def _fields(name: str) -> dict[str, FieldForm]:
    written = _read(name)
    indicators = {
        name: {code: _words(words) for code, words in values.items()} for name, values in written["indicators"].items()
    }
    described: dict[str, dict[str, Any]] = {}
    for group in written["groups"].values():
        described |= {tag: {**group, "name": name} for tag, name in group["fields"].items()}
    described |= written["fields"]
    return {tag: _field(tag, described[tag], indicators, written["sets"]) for tag in sorted(described)}


def _field(tag: str, said: dict[str, Any], indicators: dict[str, Any], sets: dict[str, Any]) -> FieldForm:
    rows = said.get("subfields", [])
    rows = sets[rows] if isinstance(rows, str) else rows
    subfields = {code: SubfieldForm(code, often == "1", _words(words)) for code, often, *words in rows}
    only_blank = {BLANK: {"zh": "未定义", "en": "Undefined"}}
    first, second = (indicators[said[place]] if place in said else only_blank for place in ("first", "second"))
    return FieldForm(
        tag=tag,
        name=_words(said["name"]),
        once=bool(said.get("once")),
        indicators=(first, second),
        new=said.get("new", "  "),
        start=said.get("start", next(iter(subfields), "")),
        subfields=subfields,
    )


def _coded(name: str) -> dict[tuple[str, str], Coded]:
    found: dict[tuple[str, str], Coded] = {}
    for tag, codes in _read(name).items():
        for code, said in {"": codes}.items() if tag == LEADER or tag.startswith("00") else codes.items():
            found[tag, code] = Coded(
                tag=tag,
                code=code,
                length=said["length"],
                blank=said["blank"].replace(BLANK, " "),
                parts=tuple(_part(one) for one in said["part"]),
                by=said.get("by", ""),
                kinds=_taken_over(found["008", ""]) if said.get("from_008") else _kinds(said),
            )
    return found


def _kinds(said: dict[str, Any]) -> tuple[CodedKind, ...]:
    return tuple(
        CodedKind(
            name=_words(one["name"]),
            when=tuple(one["when"]),
            length=one.get("length", said["length"]),
            parts=tuple(_part(part) for part in one.get("part", [])),
        )
        for one in said.get("kind", [])
    )


def _taken_over(of_008: Coded) -> tuple[CodedKind, ...]:
    """Return the kinds of 006, whose positions 01-17 are 18-34 of 008: its first character stands for leader 06."""
    return tuple(
        CodedKind(
            name=one.name,
            when=("s",) if "as" in one.when else tuple(sorted({letters[0] for letters in one.when})),
            length=18,
            parts=tuple(replace(part, at=part.at - 17) for part in one.parts),
        )
        for one in of_008.kinds
    )


def _part(said: dict[str, Any]) -> Part:
    values = {str(code).replace(BLANK, " "): _words(words) for code, words in said.get("values", {}).items()}
    kind = said.get("kind", "code")
    return Part(said["at"], said["size"], _words(said["name"]), kind, bool(said.get("each")), values)


def _templates() -> dict[str, Template]:
    return {
        said["code"]: Template(
            code=said["code"],
            name=_words(said["name"]),
            leader=said["leader"],
            needs=tuple(said["needs"]),
            fields=tuple(_template_field(*one) for one in said["fields"]),
        )
        for said in _read("templates.toml")["template"]
    }


def _template_field(tag: str, indicators: str, subfields: list[list[str]]) -> Field:
    coded = tag.startswith("1") and tag not in ("101", "102")
    return Field(
        tag,
        indicators,
        tuple(Subfield(code, value.replace(BLANK, " ") if coded else value) for code, value in subfields),
    )


def _filled(one: Field, places: dict[str, str]) -> AnyField:
    return one._replace(subfields=tuple(Subfield(code, value.format(**places)) for code, value in one.subfields))
