"""What moving due dates takes and answers."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A place with all under it, shut for `[start, end)`; what was due then is due from `due_again` on, when open."""

    node: int
    start: date
    end: date
    due_again: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedThere:
    """What a move does at one place of loan: `due_on` is the first open day there."""

    node: int
    loans: int
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a move would do now."""

    loans: int
    readers: int
    places: tuple[MovedThere, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveView:
    """One move. `finished_at` None: still at work; `undone_at`: when it was asked to be taken back.

    `left` counts the loans whose due date an undoing left alone, because they came back or were renewed since.
    """

    id: int
    span: Span
    reason: str
    made_at: datetime
    made_by: str
    moved: int
    finished_at: datetime | None
    undone_at: datetime | None
    restored: int
    left: int
