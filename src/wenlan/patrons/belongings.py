"""What other packages keep of readers, asked of them when two accounts become one.

Packages stand above this one and are found by name: `wenlan.<package>.readers` offers `BELONGINGS`. A package with a
key to a reader has such a module; a test looks.
"""

import importlib
import pkgutil
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec

from django.utils.functional import Promise

import wenlan
from wenlan.kernel.acts import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Belonging:
    """So many things of one kind that stand with a reader; `words` name them as a preview does."""

    words: str | Promise
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What another system states of a reader's money and points on the night of the switch; `points` may be unknown."""

    deposit_fen: int
    owed_fen: int
    points: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Belongings:
    """What one package keeps of readers.

    `of(patron)` tells what stands with a reader. `move(act, gone, kept)` gives it to the other one in the caller's
    transaction, both readers' rows being locked; it also moves what the package itself keeps on those rows.
    `take_over(act, openings)` brings readers' accounts to what another system states of them, by id; the same
    statement again, in a later trial, changes nothing. `end(act, patrons)` ends what cannot go on without an open
    account, when accounts are closed or struck off, in the caller's transaction.
    """

    of: Callable[[int], tuple[Belonging, ...]]
    move: Callable[[Act, int, int], None]
    take_over: Callable[[Act, Mapping[int, Opening]], None] | None = None
    end: Callable[[Act, Collection[int]], None] | None = None


@cache
def packages() -> dict[str, Belongings]:
    """Return what each package offers, by its name."""
    found: dict[str, Belongings] = {}
    for package in pkgutil.iter_modules(wenlan.__path__):
        module = f"wenlan.{package.name}.readers"
        if package.ispkg and find_spec(module) is not None:
            found[package.name] = importlib.import_module(module).BELONGINGS
    return found


def end_with_accounts(act: Act, patrons: Collection[int]) -> None:
    """Let every package end what cannot go on without the accounts that are being closed."""
    for package in packages().values():
        if package.end is not None:
            package.end(act, patrons)
