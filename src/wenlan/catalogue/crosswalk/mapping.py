"""The mappings as files. Their own comments say how a line is read."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from wenlan.catalogue.types import MarcFormat

HERE = Path(__file__).parent
FILES = {MarcFormat.MARC21: "cnmarc_to_marc21.toml", MarcFormat.CNMARC: "marc21_to_cnmarc.toml"}


@dataclass(frozen=True, slots=True)
class Part:
    """Where one subfield goes: its code there, what is written before it, or which marks lead to other codes."""

    to: str
    before: str = ""
    brackets: str = ""
    marks: Table[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldRule:
    """Where one field goes. `then` is the tag of a second main entry; `lost` names subfields left out knowingly."""

    to: str
    parts: Table[str, Part]
    indicators: tuple[str, str] = (" ", " ")
    then: str = ""
    lost: str = ""
    only_with: str = ""
    only_indicator_1: str = ""
    only_indicator_2: str = ""
    once: bool = False
    romanized: str = ""
    embeds: str = ""
    embedded: Table[str, Part] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A field of coded data as it begins; the coded values are written into it."""

    tag: str
    data: str
    code: str = ""
    indicators: str = "  "
    unless: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedRule:
    """A coded value: `length` characters at `at` of the target place, from `start` of a place of the source.

    `take` characters are read where that is not `length`, the last that is not blank with `pick_last`. Without
    `default` a value that is not in `map` stays as it is.
    """

    to: str
    at: int
    length: int = 1
    source: str = ""
    start: int = 0
    take: int = 0
    value: str = ""
    map: Table[str, str] = field(default_factory=dict)
    default: str | None = None
    century: bool = False
    pick_last: bool = False
    american: tuple[str, ...] = ()
    british: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """One direction of the crosswalk; `version` says which edition of the file made a conversion."""

    name: str
    version: str
    target: MarcFormat
    leader: str
    copied: tuple[str, ...]
    ignored: tuple[str, ...]
    foreign: str
    rules: Table[str, FieldRule]
    templates: tuple[Template, ...]
    coded: tuple[CodedRule, ...]

    @property
    def strips(self) -> bool:
        """Whether the source writes punctuation between subfields, which the target does not."""
        return self.target == MarcFormat.CNMARC


@cache
def mapping_to(target: MarcFormat) -> Mapping:
    """Return the mapping whose target is CNMARC or MARC 21. Raises KeyError for another."""
    said = tomllib.loads((HERE / FILES[target]).read_text(encoding="utf-8"))
    return Mapping(
        name=said["name"],
        version=said["version"],
        target=MarcFormat(said["target"]),
        leader=said["leader"],
        copied=tuple(said["copied"]),
        ignored=tuple(said["ignored"]),
        foreign=said["foreign"],
        rules={tag: _rule(one) for tag, one in said["fields"].items()},
        templates=tuple(Template(**one) for one in said["templates"]),
        coded=tuple(_coded(one) for one in said["coded"]),
    )


def _rule(said: dict[str, Any]) -> FieldRule:
    given = dict(said)
    first, second = given.pop("indicators", (" ", " "))
    parts = _parts(given.pop("subfields"))
    return FieldRule(parts=parts, indicators=(first, second), embedded=_parts(given.pop("embedded", [])), **given)


def _parts(lines: list[str]) -> dict[str, Part]:
    """Read `from>to`, then `'punctuation'`, brackets, or pairs of a mark and a code."""
    found = {}
    for line in lines:
        code, _, rest = line.partition(">")
        to, more = rest[0], rest[1:]
        if more.startswith("'"):
            found[code] = Part(to, before=more.strip("'"))
        elif more == "[]":
            found[code] = Part(to, brackets=more)
        else:
            marks = more.replace(" ", "")
            found[code] = Part(to, marks=dict(zip(marks[::2], marks[1::2], strict=True)))
    return found


def _coded(said: dict[str, Any]) -> CodedRule:
    given: dict[str, Any] = {"source" if name == "from" else name: value for name, value in said.items()}
    for name in ("american", "british"):
        given[name] = tuple(given.get(name, ()))
    return CodedRule(**given)
