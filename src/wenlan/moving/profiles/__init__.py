"""Profiles, one TOML file each: which file of an export is what, how its columns are called, what its words mean."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from wenlan.kernel.words import say
from wenlan.moving.errors import ProfileMisdeclared, ProfileUnknown
from wenlan.moving.types import Part

HERE = Path(__file__).parent
HEAD = {"name", "source", "based_on", "money", "copies_profile", "readers_profile", "encoding", "files", "places"}
TABLES = {
    Part.READERS: {"columns", "sexes", "documents", "statuses", "categories", "rows"},
    Part.ITEMS: {"columns", "states", "kinds", "origins", "rows"},
    Part.HISTORY: {"columns", "acts", "rows"},
    Part.LOANS: {"columns", "rows"},
    Part.RESERVATIONS: {"columns", "states", "rows"},
    Part.SUMS: {"columns", "measures", "rows"},
    Part.RECORDS: set(),
    Part.PHOTOGRAPHS: set(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How one part is written: headings by what they mean, the source's words by table, and where rows are in XML."""

    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    rows: str = ""

    def of(self, table: str) -> Mapping[str, Any]:
        """Return what the words of a table stand for."""
        return self.words.get(table, {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How an old system writes its exports. `records` is the profile of copies in MARC, `readers` that of readers."""

    code: str
    name: Mapping[str, str]
    source: str
    money: str
    records: str
    readers: str
    encoding: str
    files: Mapping[str, tuple[str, ...]]
    parts: Mapping[str, Form]
    places: Mapping[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The name in the language being spoken."""
        return say(self.name)

    def form(self, part: str) -> Form:
        """Return how a part is written."""
        return self.parts.get(part, Form())


def profile_codes(*folders: Path) -> tuple[str, ...]:
    """Return the code of every profile: those shipped, the installation's own, and those beside the exports."""
    return tuple(sorted({path.stem for folder in (HERE, _own(), *folders) for path in folder.glob("*.toml")}))


def profile(code: str, *folders: Path) -> Profile:
    """Return a profile; one beside the exports wins, then the installation's own. Raises ProfileUnknown and
    ProfileMisdeclared.
    """
    try:
        said = _merged(code, folders, ())
        return _declared(code, said)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ProfileMisdeclared(file=f"{code}.toml", fault=str(error)) from error


def _own() -> Path:
    return Path(settings.WENLAN_HOME) / "moving"


def _merged(code: str, folders: tuple[Path, ...], seen: tuple[str, ...]) -> dict[str, Any]:
    """Return what a profile says on top of the one it is based on; one may be based on the shipped one of its name."""
    for folder in (*folders, _own(), HERE):
        path = folder / f"{code}.toml"
        if Path(code).name == code and path.is_file() and str(path) not in seen:
            try:
                said = tomllib.loads(path.read_text(encoding="utf-8-sig"))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                raise ProfileMisdeclared(file=path.name, fault=str(error)) from error
            base = said.pop("based_on", None)
            return _over(_merged(base, folders, (*seen, str(path))), said) if base else said
    raise ProfileUnknown(code=code, known=", ".join(profile_codes(*folders)))


def _over(base: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    both = dict(base)
    for name, value in said.items():
        both[name] = _over(both[name], value) if isinstance(value, dict) and name in both else value
    return both


def _declared(code: str, said: dict[str, Any]) -> Profile:
    parts = {part.value: dict(said.pop(part.value, {})) for part in Part}
    if unknown := said.keys() - HEAD:
        raise ValueError(f"unknown: {', '.join(sorted(unknown))}")
    for part, tables in parts.items():
        if odd := tables.keys() - TABLES[Part(part)]:
            raise ValueError(f"unknown in {part}: {', '.join(sorted(odd))}")
    return Profile(
        code=code,
        name=said["name"],
        source=said.get("source", code),
        money=said.get("money", "yuan"),
        records=said.get("copies_profile", ""),
        readers=said["readers_profile"],
        encoding=said.get("encoding", ""),
        files={part: tuple(patterns) for part, patterns in said.get("files", {}).items()},
        parts={part: _form(tables) for part, tables in parts.items()},
        places=said.get("places", {}),
    )


def _form(tables: dict[str, Any]) -> Form:
    columns = {what: tuple(headings) for what, headings in tables.pop("columns", {}).items()}
    return Form(columns=columns, rows=tables.pop("rows", ""), words=tables)
