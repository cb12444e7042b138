"""What is asked of an index, in terms that every engine understands: a small tree of frozen parts.

Places are fields of the index (see `schema`). `Term` and `Phrase` count as better the rarer their terms are;
`Worth` replaces whatever a part scores by a fixed number.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """Documents with this term in a place."""

    place: str
    term: str


@dataclass(frozen=True, slots=True)
class AnyTerm:
    """Documents with one of these exact terms in a place."""

    place: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Documents in which these terms follow one another."""

    place: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Starts:
    """Documents with a term that begins so."""

    place: str
    beginning: str


@dataclass(frozen=True, slots=True)
class Like:
    """Documents with a term that is up to `edits` letters away (1 or 2)."""

    place: str
    term: str
    edits: int


@dataclass(frozen=True, slots=True)
class Span:
    """Documents whose number in a place lies between two others, both included; None is open."""

    place: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Every:
    """Documents that all the parts find, and none of `without`."""

    parts: tuple[Question, ...]
    without: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Some:
    """Documents that at least so many of the parts find; the scores of those add up."""

    parts: tuple[Question, ...]
    least: int = 1


@dataclass(frozen=True, slots=True)
class Worth:
    """What the part finds, each at this score."""

    part: Question
    score: float


@dataclass(frozen=True, slots=True)
class Lifted:
    """What the part finds; those that `by` finds too score higher by as much."""

    part: Question
    by: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Everything:
    """All documents."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No document."""


Question = Term | AnyTerm | Phrase | Starts | Like | Span | Every | Some | Worth | Lifted | Everything | Nothing


def some_of(parts: list[Question]) -> Question:
    """Return what finds whatever any of the parts finds."""
    kept = tuple(one for one in parts if not isinstance(one, Nothing))
    if not kept:
        return Nothing()
    return kept[0] if len(kept) == 1 else Some(kept)


def all_of(parts: list[Question]) -> Question:
    """Return what finds only what all the parts find."""
    if any(isinstance(one, Nothing) for one in parts):
        return Nothing()
    kept = tuple(one for one in parts if not isinstance(one, Everything))
    if not kept:
        return Everything()
    return kept[0] if len(kept) == 1 else Every(kept)
