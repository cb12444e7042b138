"""Shapes of the report as data: which chapters, which sentences, which figures they state.

A shape is a TOML file beside this module. It names its figures once (`[figures.NAME]`: a measure, what narrows
it, the unit and the form it is printed in) and its chapters use them by name, in sentences, tables and charts.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from wenlan.annual_report.errors import ShapeUnknown
from wenlan.annual_report.policies.proofreading import Phrase
from wenlan.annual_report.types import Form

FOLDER = files(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A named part of a breakdown: the codes it takes in, and its own unit when it has one."""

    name: str
    codes: tuple[str, ...]
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureSpec:
    """One figure of a shape; with `by`, all parts of `of` along that dimension.

    `since` makes it a sum from that day on instead of the year's. `groups` names the parts by their codes, and what is
    in none of them is the part `rest`; `kinds` keeps departments of these kinds even when they are zero. `if_any` is of
    a service that not every library offers: none of it is left untold, where another figure would be told as 0.
    """

    name: str
    measure: str
    words: str
    unit: str
    form: str = Form.EXACT
    step: int = 0
    where: Mapping[str, Any] = field(default_factory=dict)
    by: str = ""
    of: str = ""
    groups: tuple[Group, ...] = ()
    rest: str = "其他"
    kinds: tuple[str, ...] = ()
    part: str = "{name}{value}"
    join: str = "，"
    since: date | None = None
    if_any: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotSpec:
    """A place for a text that the office states; a required one that stays empty stops the signature."""

    code: str
    words: str
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockSpec:
    """One block of a chapter: exactly one of its kinds, with what that kind needs."""

    kind: str
    label: str = ""
    text: str = ""
    clauses: tuple[str, ...] = ()
    caption: str = ""
    figures: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    drawn_as: str = ""
    share: bool = False
    levels: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterSpec:
    """A chapter or section; `numbered` chapters count 一、二、…, others (an appendix) carry their own number."""

    title: str
    blocks: tuple[BlockSpec, ...] = ()
    chapters: tuple["ChapterSpec", ...] = ()
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A whole shape. `bounds` are pairs of figure names of which the first cannot exceed the second."""

    code: str
    names: Mapping[str, str]
    title: str
    scope: str
    words: Mapping[str, str]
    scopes: Mapping[str, str]
    figures: Mapping[str, FigureSpec]
    slots: Mapping[str, SlotSpec]
    bounds: tuple[tuple[str, str], ...]
    opening: tuple[BlockSpec, ...]
    chapters: tuple[ChapterSpec, ...]

    @property
    def compared(self) -> tuple[str, ...]:
        """The figures that some table sets beside those of the year before."""
        waiting, found = list(self.chapters), []
        while waiting:
            chapter = waiting.pop()
            found += [name for block in chapter.blocks if block.kind == "years" for name in block.figures]
            waiting += chapter.chapters
        return tuple(found)


def shape_names() -> tuple[str, ...]:
    """Return the names of the shapes that are shipped."""
    suffix = ".shape.toml"
    return tuple(sorted(entry.name[: -len(suffix)] for entry in FOLDER.iterdir() if entry.name.endswith(suffix)))


@cache
def shape(name: str) -> Shape:
    """Return a shape by its name. Raises ShapeUnknown; a mistake in the file is a KeyError or TypeError."""
    if name not in shape_names():
        raise ShapeUnknown(name=name, known=", ".join(shape_names()))
    stated, fixed = _read(f"{name}.shape.toml"), _read("words.toml")
    return Shape(
        code=name,
        names=stated["names"],
        title=stated["title"],
        scope=stated["scope"],
        words=fixed["words"] | stated.get("words", {}),
        scopes=fixed["scopes"] | stated.get("scopes", {}),
        figures={code: _figure(code, declared) for code, declared in stated["figures"].items()},
        slots={code: SlotSpec(code=code, **declared) for code, declared in stated.get("slots", {}).items()},
        bounds=tuple((less, more) for less, more in stated.get("bounds", ())),
        opening=tuple(_block(declared) for declared in stated.get("opening", ())),
        chapters=tuple(_chapter(declared) for declared in stated["chapters"]),
    )


@cache
def phrases() -> tuple[Phrase, ...]:
    """Return the wordings that proof-reading looks for."""
    return tuple(Phrase(**declared) for declared in _read("phrases.toml")["phrases"])


@cache
def sample_texts(name: str) -> Mapping[str, str]:
    """Return the neutral texts that demonstrations put into the slots of a shape."""
    return _read(f"{name}.samples.toml")["texts"]


def _read(filename: str) -> dict[str, Any]:
    return tomllib.loads(FOLDER.joinpath(filename).read_text(encoding="utf-8"))


def _figure(code: str, declared: dict[str, Any]) -> FigureSpec:
    groups = tuple(Group(**group | {"codes": tuple(group["codes"])}) for group in declared.get("groups", ()))
    return FigureSpec(name=code, **declared | {"groups": groups, "kinds": tuple(declared.get("kinds", ()))})


def _chapter(declared: dict[str, Any]) -> ChapterSpec:
    return ChapterSpec(
        title=declared["title"],
        number=declared.get("number", ""),
        blocks=tuple(_block(block) for block in declared.get("blocks", ())),
        chapters=tuple(_chapter(section) for section in declared.get("sections", ())),
    )


def _block(declared: dict[str, Any]) -> BlockSpec:
    listed = {name: tuple(value) for name, value in declared.items() if isinstance(value, list)}
    return BlockSpec(**(declared | listed))
