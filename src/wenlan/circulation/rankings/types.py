"""A ranking and its lines."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Which loans are ranked: those of a place with all that stood under it, lent in `[start, end)`.

    Empty text is every main class, every audience, every category of readers.
    """

    node: int
    start: date
    end: date
    main_class: str = ""
    audience: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A title or a reader (by id) with its loans; those with as many loans share a rank."""

    rank: int
    id: int
    loans: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """The first lines, and how many loans all lines together are.

    `unnamed` of `loans` are told of nobody: the reader wished no history, or its time is over.
    """

    lines: tuple[Ranked, ...]
    loans: int
    unnamed: int = 0
