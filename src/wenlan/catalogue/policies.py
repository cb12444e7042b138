"""When an incoming record is one that we have: pure decisions over frozen facts."""

from dataclasses import dataclass
from enum import StrEnum

from wenlan.catalogue.cnmarc.notes import OTHER_WORK


class Outcome(StrEnum):
    """What happens to an incoming record."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
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


def decide(incoming: Identity, known: tuple[Identity, ...]) -> Decision:
    """Return what to do with a record, given those with the same content or the same control number.

    The same content is unchanged. The same number of the same agency is an update when it is the same
    work: suppliers start their numbers again with each batch, so title or ISBN must agree, except where
    the record says that the agency owns the number.
    """
    for one in known:
        if one.content_hash == incoming.content_hash:
            return Decision(Outcome.UNCHANGED, one.id)
    numbered = [one for one in known if _has_same_number(incoming, one)]
    for one in numbered:
        if _is_same_work(incoming, one):
            return Decision(Outcome.UPDATED, one.id)
    return Decision(Outcome.CREATED, note=OTHER_WORK if numbered else "")


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
