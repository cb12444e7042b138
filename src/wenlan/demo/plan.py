"""What a demonstration year comes to: its figures as stated in our data, at any scale, and their spread over days."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

FIRST_YEAR = "changzhi_2019"


@dataclass(frozen=True, slots=True)
class YearPlan:
    """One stated year. `figures` are groups of named whole numbers; the rest of the file is `stated`."""

    network: str
    year: int
    node: str
    figures: Mapping[str, Mapping[str, int]]
    totals: frozenset[str]
    whole: frozenset[str]
    keep_below: int
    stated: Mapping[str, Any]

    def parts(self, group: str, scale: Fraction) -> dict[str, int]:
        """Return the group's figures at a scale; where the total is published, they sum to the scaled total."""
        exact = self.figures[group]
        if group in self.whole:
            return dict(exact)
        if group not in self.totals:
            return {name: self._scaled(value, scale) for name, value in exact.items()}
        kept = {name: value for name, value in exact.items() if value < self.keep_below}
        shared = {name: value for name, value in exact.items() if name not in kept}
        left = half_up(sum(exact.values()) * scale) - sum(kept.values())
        counts = dict(zip(shared, share(max(left, 0), list(shared.values())), strict=True))
        return {name: kept.get(name, counts.get(name, 0)) for name in exact}

    def _scaled(self, value: int, scale: Fraction) -> int:
        return value if value < self.keep_below else half_up(value * scale)


@cache
def read_plan(name: str = FIRST_YEAR) -> YearPlan:
    """Return the plan that stands in `data/<name>.toml`."""
    stated = tomllib.loads(_data(f"{name}.toml"))
    return YearPlan(
        network=stated["network"],
        year=stated["year"],
        node=stated["node"],
        figures=stated["figures"],
        totals=frozenset(stated["totals"]),
        whole=frozenset(stated["whole"]),
        keep_below=stated["keep_below"],
        stated=stated,
    )


def _data(name: str) -> str:
    return files("wenlan.demo").joinpath("data", name).read_text(encoding="utf-8")


def read_table(name: str) -> dict[str, Any]:
    """Return one of the TOML files of `data/`."""
    return tomllib.loads(_data(name))


def read_text(name: str) -> str:
    """Return one of the files of `data/` as text."""
    return _data(name)


def expected(figure: str, scale: object = 1, plan: YearPlan | None = None) -> int:
    """Return what a year lived at `scale` comes to: `expected("loans")`, `expected("loans.CZ-BUS", 0.04)`.

    A figure is a group of the plan (then the sum of its parts) or `group.part`. Raises KeyError for others.
    """
    group, _, part = figure.partition(".")
    parts = (plan or read_plan()).parts(group, as_fraction(scale))
    return parts[part] if part else sum(parts.values())


def as_fraction(scale: object) -> Fraction:
    """Return a scale exactly as it was written: 0.04 is 1/25. Raises ValueError unless 0 < scale <= 1."""
    written = scale if isinstance(scale, Fraction) else Fraction(str(scale))
    if not 0 < written <= 1:
        raise ValueError(f"a scale lies above 0 and not above 1: {scale}")
    return written


def half_up(value: Fraction | int) -> int:
    """Return the nearest whole number; a half goes up."""
    return int(Fraction(value) + Fraction(1, 2))


def share(total: int, weights: Sequence[float | int]) -> list[int]:
    """Return whole parts of `total` in proportion to `weights`, by the largest remainder; they sum to it exactly.

    Equal remainders go to the earlier part. Raises ValueError when there is something to share and no weight.
    """
    whole = sum(weights)
    if whole <= 0:
        if total:
            raise ValueError("there is nobody to share with")
        return [0] * len(weights)
    exact = [total * weight / whole for weight in weights]
    parts = [int(value) for value in exact]
    order = sorted(range(len(parts)), key=lambda at: (parts[at] - exact[at], at))
    for at in order[: total - sum(parts)]:
        parts[at] += 1
    return parts


def spread(total: int, weights: Mapping[Any, float]) -> dict[Any, int]:
    """Return `share` by the keys of `weights`, without those that get nothing."""
    return {key: part for key, part in zip(weights, share(total, list(weights.values())), strict=True) if part}


def evenly(count: int, places: Sequence[Any]) -> list[Any]:
    """Return `count` of the places, as evenly spaced as they go; more than there are places go round again."""
    if not places:
        return []
    if count > len(places):
        return sorted([*places, *evenly(count - len(places), places)])
    return [places[(2 * at + 1) * len(places) // (2 * count)] for at in range(count)]
