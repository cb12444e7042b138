"""When an incoming record is one that we have: pure decisions over frozen facts."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from wenlan.catalogue.cnmarc.notes import OTHER_WORK, SAME_ISBN


class Outcome(StrEnum):
    """What happens to an incoming record."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


class Identity(NamedTuple):
    """What a record is recognised by. `number_is_owned`: the record itself says whose number it carries (003)."""

    content_hash: str
    control_number: str
    agency: str
    title_key: str
    isbn: frozenset[str]
    number_is_owned: bool = False
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome, the record it concerns (None for a new one), and what the cataloguer should know."""

    outcome: Outcome
    id: int | None = None
    note: str = ""

    @property
    def is_new(self) -> bool:
        """Whether a record is made."""
        return self.outcome == Outcome.CREATED


def decide(incoming: Identity, known: tuple[Identity, ...], taken_before: int | None = None) -> Decision:
    """Return what to do with a record, given those with the same content or the same control number.

    The same content is unchanged, and so is content that was taken in before (`taken_before` is the record it
    went to): whatever became of the record since, the same file changes nothing. The same number of the same
    agency is an update when it is the same work: suppliers start their numbers again with each batch, so title
    or ISBN must agree, except where the record says that the agency owns the number.
    """
    for one in known:
        if one.content_hash == incoming.content_hash:
            return Decision(Outcome.UNCHANGED, one.id)
    if taken_before is not None:
        return Decision(Outcome.UNCHANGED, taken_before)
    numbered = [one for one in known if _has_same_number(incoming, one)]
    for one in numbered:
        if _is_same_work(incoming, one):
            return Decision(Outcome.UPDATED, one.id)
    return Decision(Outcome.CREATED, note=OTHER_WORK if numbered else "")


def doubt(new: Identity, carried: Collection[str]) -> str:
    """Return what a cataloguer should know about a new record: its ISBN is on another one already."""
    return SAME_ISBN if new.isbn & set(carried) else ""


def _has_same_number(incoming: Identity, other: Identity) -> bool:
    return (
        bool(incoming.control_number)
        and incoming.control_number == other.control_number
        and incoming.agency == other.agency
    )


def _is_same_work(incoming: Identity, other: Identity) -> bool:
    if incoming.number_is_owned and incoming.agency:
        return True
    return incoming.title_key == other.title_key or bool(incoming.isbn & other.isbn)
