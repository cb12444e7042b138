"""The rules of orders, as pure functions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from wenlan.circulation.ordering.types import ENDED, LineView, OrderRefusal, OrderState

MOST_VOLUMES = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class AskFacts:
    """All that the rules may look at when a wish is put."""

    on: date
    wanted: Sequence[int]
    wanted_on: date | None
    ages: Sequence[tuple[int | None, int | None]]
    is_reader: bool
    is_offered: bool
    lacks_address: bool


ASK_RULES: tuple[tuple[OrderRefusal, Callable[[AskFacts], bool]], ...] = (
    (OrderRefusal.NOT_OFFERED, lambda f: not f.is_offered),
    (OrderRefusal.NOTHING, lambda f: f.is_offered and (not f.wanted or min(f.wanted) < 1)),
    (OrderRefusal.TOO_MUCH, lambda f: sum(f.wanted) > MOST_VOLUMES),
    (OrderRefusal.DAY_OVER, lambda f: f.wanted_on is not None and f.wanted_on < f.on),
    (OrderRefusal.AGES, lambda f: any(a is not None and b is not None and a > b for a, b in f.ages)),
    (OrderRefusal.NOT_A_READER, lambda f: not f.is_reader),
    (OrderRefusal.NO_ADDRESS, lambda f: f.lacks_address),
)


def ask_refusals(facts: AskFacts) -> tuple[OrderRefusal, ...]:
    """Return every reason not to take the order; empty means it is taken."""
    return tuple(reason for reason, applies in ASK_RULES if applies(facts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far an order is: volumes wanted, copies set about (from wish to return), given ever, and still out."""

    state: str
    wanted: int
    picked: int
    given: int
    out: int
    is_short: bool  # closed without the rest


def state_after(progress: Progress) -> OrderState:
    """Return where an order stands by what was done for it. What has ended stays ended."""
    state = OrderState(progress.state)
    if state in ENDED:
        return state
    if not progress.given:
        if state in {OrderState.PARTLY, OrderState.GIVEN}:
            return OrderState.READY
        return OrderState.PICKING if state == OrderState.ASKED and progress.picked else state
    if progress.given < progress.wanted and not progress.is_short:
        return OrderState.PARTLY
    return OrderState.GIVEN if progress.out else OrderState.RETURNED


def line_for(lines: Sequence[LineView], *, record: int, class_number: str, chosen: int | None = None) -> int:
    """Return the line that a scanned book fills: the chosen one, its title's, its class's, the first with room.

    Lines that lack nothing come last: what is lent beyond them stands with the first line.
    """
    ids = {line.id for line in lines}
    if chosen in ids:
        return chosen
    by_title = [line for line in lines if line.record == record]
    fits = [line for line in lines if line.record is None and line.class_number]
    by_class = [line for line in fits if class_number.startswith(line.class_number)]
    in_words = [line for line in lines if line.record is None]
    best = [line for line in (*by_title, *by_class, *in_words) if line.missing > 0]
    return (best or by_title or [line for line in lines if line.missing > 0] or list(lines))[0].id
