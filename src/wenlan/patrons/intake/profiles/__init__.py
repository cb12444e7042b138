"""What the columns and words of a file of readers mean, kept as data: one TOML a source."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path

from django.conf import settings

from wenlan.kernel.errors import NotFound
from wenlan.kernel.words import say

SHIPPED = files("wenlan.patrons.intake.profiles")


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A source: its headings by what they mean, and what its words stand for.

    `takes_over` says that these are readers of another system: they are not registered anew, and count as `import`.
    `money` is the unit of its sums, `yuan` or `fen`. `categories` are codes of ours by the words of the source.
    """

    code: str
    name: Mapping[str, str]
    source: str
    takes_over: bool
    money: str
    columns: Mapping[str, tuple[str, ...]]
    sexes: Mapping[str, str] = field(default_factory=dict)
    documents: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The name in the language being spoken."""
        return say(self.name)


def profiles() -> dict[str, Profile]:
    """Return the shipped profiles and those of the installation (`readers/*.toml` in its home), by code."""
    return _profiles(str(Path(settings.WENLAN_HOME) / "readers"))


def profile(code: str) -> Profile:
    """Return a profile. Raises NotFound."""
    found = profiles().get(code)
    if found is None:
        raise NotFound(what=code)
    return found


@cache
def _profiles(own: str) -> dict[str, Profile]:
    texts = {one.name: one.read_text(encoding="utf-8") for one in SHIPPED.iterdir() if one.name.endswith(".toml")}
    if Path(own).is_dir():
        texts |= {one.name: one.read_text(encoding="utf-8") for one in Path(own).glob("*.toml")}
    return {name.removesuffix(".toml"): _declared(name.removesuffix(".toml"), text) for name, text in texts.items()}


def _declared(code: str, text: str) -> Profile:
    said = tomllib.loads(text)
    return Profile(
        code=code,
        name=said["name"],
        source=said["source"],
        takes_over=said["takes_over"],
        money=said.get("money", "yuan"),
        columns={what: tuple(headings) for what, headings in said["columns"].items()},
        sexes=said.get("sexes", {}),
        documents=said.get("documents", {}),
        statuses=said.get("statuses", {}),
        categories=said.get("categories", {}),
    )
