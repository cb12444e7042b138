"""The CNMARC format as data: fields, indicators, subfields, fixed positions and templates, with captions."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
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
class Coded:
    """Coded data of a fixed length: the leader, or one subfield. `blank` is what a new field holds."""

    tag: str
    code: str
    length: int
    blank: str
    parts: tuple[Part, ...]


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
    """Everything the editor knows about a format; an unknown one is empty, and then nothing is unknown."""

    fields: Mapping[str, FieldForm]
    coded: Mapping[tuple[str, str], Coded]
    templates: Mapping[str, Template]

    def coded_of(self, tag: str) -> tuple[Coded, ...]:
        """Return the coded subfields of a field."""
        return tuple(one for (owner, _), one in self.coded.items() if owner == tag)


@cache
def cnmarc() -> Format:
    """Return the CNMARC format."""
    written = _read("fields.toml")
    indicators = {
        name: {code: _words(words) for code, words in values.items()} for name, values in written["indicators"].items()
    }
    described: dict[str, dict[str, Any]] = {}
    for group in written["groups"].values():
        described |= {tag: {**group, "name": name} for tag, name in group["fields"].items()}
    described |= written["fields"]
    fields = {tag: _field(tag, described[tag], indicators, written["sets"]) for tag in sorted(described)}
    return Format(fields, _coded(), _templates())


def format_of(of: str) -> Format:
    """Return what is known about a format: CNMARC and other UNIMARC alike; nothing about MARC 21."""
    return unknown() if of == "marc21" else cnmarc()


@cache
def unknown() -> Format:
    """Return the format of records that nothing is known about: they are edited as they are."""
    return Format({}, {}, {})


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


def _words(written: list[str]) -> Words:
    return {"zh": written[0], "en": written[1]}


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


def _coded() -> dict[tuple[str, str], Coded]:
    found: dict[tuple[str, str], Coded] = {}
    for tag, codes in _read("coded.toml").items():
        for code, said in {"": codes}.items() if tag == LEADER else codes.items():
            parts = tuple(_part(one) for one in said["part"])
            found[tag, code] = Coded(tag, code, said["length"], said["blank"].replace(BLANK, " "), parts)
    return found


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
