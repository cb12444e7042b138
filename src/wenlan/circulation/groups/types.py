"""What a group loan takes and answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from wenlan.circulation.types import CardRef, ItemRef, Lent


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Who borrows together: the name of the class or unit, and of how many persons it consists (None: not told)."""

    card: CardRef
    name: str
    persons: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView:
    """A group loan. `lent` counts its items, `out` those that are not back; `due_on` is the first day one is due."""

    id: int
    name: str
    persons: int | None
    node: int
    made_at: datetime
    made_on: date
    made_by: str
    lent: int
    out: int
    due_on: date | None
    patron: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLent:
    """The answer to a group loan: what was lent, and what was not, each with its reasons in words."""

    group: GroupView
    lent: Sequence[Lent]
    refused: Sequence[tuple[ItemRef, str]]
