"""Rules about items, as pure functions."""

import unicodedata
from dataclasses import dataclass

from wenlan.holdings.types import ItemStatus, Transition, TreatmentKind

MOST_DIGITS = 9  # of a running accession number: no library gives out more
ON_THE_SHELF = frozenset({ItemStatus.AVAILABLE})
GONE = frozenset({ItemStatus.SEARCHED_FOR, ItemStatus.MISSING, ItemStatus.LOST, ItemStatus.LOST_ON_THE_WAY})
AWAY = frozenset({ItemStatus.IN_REPAIR, ItemStatus.AT_BINDERY})


@dataclass(frozen=True, slots=True)
class Step:
    """From which states a transition leads, and to which."""

    sources: frozenset[str]
    target: str
    needs_reason: bool = False


# Loans, returns and transits are circulation's acts and stand in no row here.
STEPS: dict[str, Step] = {
    Transition.FINISH: Step(frozenset({ItemStatus.IN_PROCESSING}), ItemStatus.AVAILABLE),
    Transition.REPROCESS: Step(ON_THE_SHELF | {ItemStatus.DAMAGED}, ItemStatus.IN_PROCESSING),
    Transition.SEARCH: Step(ON_THE_SHELF | {ItemStatus.ON_HOLD_SHELF}, ItemStatus.SEARCHED_FOR),
    Transition.MISS: Step(
        frozenset({ItemStatus.AVAILABLE, ItemStatus.IN_PROCESSING, ItemStatus.ON_HOLD_SHELF, ItemStatus.SEARCHED_FOR}),
        ItemStatus.MISSING,
    ),
    Transition.FIND: Step(GONE, ItemStatus.AVAILABLE),
    Transition.LOSE: Step(
        frozenset({ItemStatus.AVAILABLE, ItemStatus.SEARCHED_FOR, ItemStatus.MISSING, ItemStatus.LOST_ON_THE_WAY}),
        ItemStatus.LOST,
        needs_reason=True,
    ),
    Transition.LOSE_ON_THE_WAY: Step(
        frozenset({ItemStatus.IN_TRANSIT, ItemStatus.IN_HANDOVER, ItemStatus.IN_TRANSFER}),
        ItemStatus.LOST_ON_THE_WAY,
        needs_reason=True,
    ),
    Transition.DAMAGE: Step(ON_THE_SHELF | {ItemStatus.IN_PROCESSING}, ItemStatus.DAMAGED, needs_reason=True),
    Transition.CLEAR: Step(frozenset({ItemStatus.DAMAGED}), ItemStatus.AVAILABLE),
    Transition.REPAIR: Step(ON_THE_SHELF | {ItemStatus.DAMAGED, ItemStatus.IN_PROCESSING}, ItemStatus.IN_REPAIR),
    Transition.BIND: Step(ON_THE_SHELF | {ItemStatus.DAMAGED, ItemStatus.IN_PROCESSING}, ItemStatus.AT_BINDERY),
    Transition.RESTORE: Step(AWAY, ItemStatus.AVAILABLE),
    Transition.GIVE_UP: Step(AWAY, ItemStatus.DAMAGED),
    Transition.LOCK: Step(ON_THE_SHELF | {ItemStatus.IN_PROCESSING}, ItemStatus.LOCKED, needs_reason=True),
    Transition.UNLOCK: Step(frozenset({ItemStatus.LOCKED}), ItemStatus.AVAILABLE),
    Transition.HAND_OVER: Step(ON_THE_SHELF | {ItemStatus.IN_PROCESSING}, ItemStatus.IN_HANDOVER),
    Transition.RECEIVE: Step(frozenset({ItemStatus.IN_HANDOVER}), ItemStatus.AVAILABLE),
    Transition.RECEIVE_ON: Step(frozenset({ItemStatus.IN_HANDOVER}), ItemStatus.IN_PROCESSING),
    Transition.REFUSE: Step(frozenset({ItemStatus.IN_HANDOVER}), ItemStatus.IN_PROCESSING),
    Transition.TRANSFER: Step(ON_THE_SHELF, ItemStatus.IN_TRANSFER),
    Transition.ARRIVE: Step(frozenset({ItemStatus.IN_TRANSFER}), ItemStatus.AVAILABLE),
    Transition.SEND_BACK: Step(frozenset({ItemStatus.IN_TRANSFER}), ItemStatus.AVAILABLE),
    Transition.SET_ASIDE: Step(
        ON_THE_SHELF
        | {ItemStatus.IN_PROCESSING, ItemStatus.DAMAGED, ItemStatus.MISSING, ItemStatus.LOST, ItemStatus.LOCKED}
        | {ItemStatus.LOST_ON_THE_WAY},
        ItemStatus.SET_ASIDE,
    ),
    Transition.KEEP: Step(frozenset({ItemStatus.SET_ASIDE}), ItemStatus.AVAILABLE),
    Transition.WITHDRAW: Step(frozenset({ItemStatus.SET_ASIDE}), ItemStatus.WITHDRAWN),
}
# What is offered by hand, in this order; the others are parts of treatments, handovers and weeding.
BY_HAND = (
    Transition.FINISH, Transition.REPROCESS, Transition.SEARCH, Transition.MISS, Transition.FIND, Transition.LOSE,
    Transition.LOSE_ON_THE_WAY, Transition.DAMAGE, Transition.CLEAR, Transition.LOCK, Transition.UNLOCK,
)  # fmt: skip
TREATMENTS: dict[str, Transition] = {
    TreatmentKind.REPAIR: Transition.REPAIR,
    TreatmentKind.BINDING: Transition.BIND,
}
NOT_TO_BE_MOVED = frozenset(
    {ItemStatus.ON_LOAN, ItemStatus.IN_TRANSIT, ItemStatus.IN_HANDOVER, ItemStatus.IN_TRANSFER}
    | {ItemStatus.SET_ASIDE, ItemStatus.WITHDRAWN}
)


def barcode_key(barcode: str) -> str:
    """Return what a barcode is matched with: half-width, upper case, without spaces."""
    upper = "".join(unicodedata.normalize("NFKC", barcode).split()).upper()
    return unicodedata.normalize("NFKC", upper)


def may_take(transition: str, present: str) -> bool:
    """Return whether the transition leads away from this state."""
    return present in STEPS[transition].sources


def acts_by_hand(present: str) -> tuple[Transition, ...]:
    """Return what staff may do by hand with an item of this state, in the order it is offered."""
    return tuple(act for act in BY_HAND if may_take(act, present))


def accession_number(number: int) -> str:
    """Return a number of the property register as it is stamped: at least seven places."""
    return f"{number:07d}"


def running_accession(number: str) -> int | None:
    """Return the running number that an accession number from elsewhere takes away; None for one of another form."""
    if not (number.isascii() and number.isdigit() and len(number) <= MOST_DIGITS):
        return None
    return int(number) if accession_number(int(number)) == number else None
