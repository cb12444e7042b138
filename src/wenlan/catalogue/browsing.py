"""The catalogue as a tree of classes, with how many records stand under each."""

from __future__ import annotations

from dataclasses import dataclass

from wenlan.catalogue import queries
from wenlan.catalogue.clc import MAIN_CLASSES, caption, captions, sort_key
from wenlan.catalogue.search.classes import class_path, is_class
from wenlan.catalogue.types import Counts, SearchQuery
from wenlan.kernel.errors import NotFound
from wenlan.kernel.words import say


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassBranch:
    """One class. `records` counts all that stands under it; None when there is no index to ask."""

    number: str
    words: str
    records: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassLevel:
    """A place in the tree: the way to it (widest first, itself last; empty at the root), and what lies below."""

    path: tuple[ClassBranch, ...]
    below: tuple[ClassBranch, ...]
    records: int | None


def class_level(number: str = "") -> ClassLevel:
    """Return a class with the classes one step below it, in shelf order (one search, two statements).

    Classes that the tables name are there without records, too. Raises NotFound for what is no class.
    """
    number = number.upper()
    if number and not (is_class(number) and number[0] in MAIN_CLASSES):
        raise NotFound(what=number)
    page = queries.search(SearchQuery(class_number=number, counts=Counts.ALWAYS, size=1))
    counted = {one.value: one.count for one in page.facets.get("class" if number else "main_class", ())}
    named = {one for one in captions() if class_path(_pointed(one))[-2:-1] == ((number,) if number else ())}
    below = sorted({*map(_pointed, named), *filter(is_class, counted)}, key=sort_key)
    known = page.is_complete
    return ClassLevel(
        path=tuple(branch(one) for one in class_path(number)) if number else (),
        below=tuple(branch(one, counted.get(one, 0) if known else None) for one in below if one != number),
        records=page.total if known else None,
    )


def branch(number: str, records: int | None = None) -> ClassBranch:
    """Return a class with its words, in the language being spoken; a number without words speaks for itself."""
    return ClassBranch(number=number, words=say(caption(number)), records=records)


def _pointed(code: str) -> str:
    """Return a notation with the point behind its third digit."""
    return (class_path(code) or (code,))[-1]
