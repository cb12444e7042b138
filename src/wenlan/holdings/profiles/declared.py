"""The profiles as files: those that come with Wenlan, and the library's own under `profiles/` in the home."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from wenlan.holdings.profiles.errors import ProfileMisdeclared, ProfileUnknown
from wenlan.kernel.words import say

HERE = Path(__file__).parent
VALUES = frozenset(
    {
        *("barcode", "accession_number", "place", "class_number", "book_number", "call_number", "volume"),
        *("price", "origin", "kind", "copies"),
    }
)
_COPIES_KEYS = frozenset({"field", "per", "range", "values"})
_KEYS = frozenset({"name", "source", "formats", "copies", "record", "agrees", "origins", "kinds", "stays", "status"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CopiesIn:
    """Where copies stand: in each `field`, or (`per` = group) in each group of subfields inside it.

    `values` names the subfield codes that say each thing, the first that is not empty counts. `range` is the
    code whose value may name several numbers (`20295403-5408`).
    """

    field: str
    per: str
    range: str
    values: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How one source system says its copies.

    `copies` are tried in their order: the first field that occurs counts; without any, the records say no
    copies at all (only that somebody holds them). `record` names what stands once for all copies, as tag and
    code; `agrees` a range of numbers that must be as many as the copies. `origins` and `kinds` turn the
    source's words into ways of acquisition and materials; `stays` says of fields that remain in the record.
    """

    code: str
    name: Mapping[str, str]
    source: str
    formats: tuple[str, ...] = ()
    copies: tuple[CopiesIn, ...] = ()
    record: Mapping[str, str] = field(default_factory=dict)
    agrees: str = ""
    origins: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    stays: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    status: str = "available"

    def __str__(self) -> str:
        return say(self.name)


def profile_codes() -> tuple[str, ...]:
    """Return the code of every profile, read or not: those of Wenlan and the library's own."""
    return tuple(sorted({path.stem for folder in (HERE, _own_folder()) for path in folder.glob("*.toml")}))


def all_profiles() -> tuple[Profile, ...]:
    """Return every profile by its code, without those whose file cannot be read (asking for one says why)."""
    found = []
    for code in profile_codes():
        with suppress(ProfileMisdeclared):
            found.append(profile(code))
    return tuple(found)


def profile(code: str) -> Profile:
    """Return one profile; the library's own file wins. Raises ProfileUnknown, ProfileMisdeclared."""
    for folder in (_own_folder(), HERE):
        path = folder / f"{code}.toml"
        if Path(code).name == code and path.is_file():
            return _read(path)
    raise ProfileUnknown(code=code, known=", ".join(profile_codes()))


def _own_folder() -> Path:
    return Path(settings.WENLAN_HOME) / "profiles"


def _read(path: Path) -> Profile:
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        return _profile(path.stem, said)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError) as error:
        raise ProfileMisdeclared(file=path.name, fault=str(error)) from error


def _profile(code: str, said: dict[str, Any]) -> Profile:
    if unknown := said.keys() - _KEYS:
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
    _refuse_unknown_values(said.get("record", {}))
    given = {name: value for name, value in said.items() if name not in ("copies", "formats")}
    copies = tuple(_copies(one) for one in said.get("copies", []))
    return Profile(code=code, formats=tuple(said.get("formats", ())), copies=copies, **given)


def _copies(said: dict[str, Any]) -> CopiesIn:
    if unknown := said.keys() - _COPIES_KEYS:
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
    _refuse_unknown_values(said["values"])
    per = said.get("per", "field")
    if per not in ("field", "group"):
        raise ValueError(f"per = {per}")
    values = {name: tuple(codes) for name, codes in said["values"].items()}
    return CopiesIn(field=said["field"], per=per, range=said.get("range", ""), values=values)


def _refuse_unknown_values(said: Mapping[str, object]) -> None:
    if unknown := said.keys() - VALUES:
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
