"""The rules of reserving, as pure functions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wenlan.circulation.policies import LONGEST_CLOSURE_DAYS, ReaderFacts, is_expired, is_suspended
from wenlan.circulation.types import Refusal
from wenlan.holdings.types import ItemStatus, Lending
from wenlan.patrons.types import PatronStatus

DAY = timedelta(days=1)
# A copy of one of these states may come back to the shelf; what is lost, set aside or withdrawn is not waited for.
EXPECTED = frozenset(
    {
        ItemStatus.AVAILABLE,
        ItemStatus.ON_LOAN,
        ItemStatus.IN_TRANSIT,
        ItemStatus.ON_HOLD_SHELF,
        ItemStatus.IN_PROCESSING,
        ItemStatus.IN_HANDOVER,
        ItemStatus.IN_TRANSFER,
        ItemStatus.IN_REPAIR,
        ItemStatus.AT_BINDERY,
        ItemStatus.SEARCHED_FOR,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A copy as reserving sees it. `is_taken`: fetched for somebody already; `call_key` orders a shelf."""

    id: int
    status: str
    lending: str
    shelved_at: int
    present_node: int
    is_taken: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReserveFacts:
    """All that the rules may look at. `most` is how many reservations the rule allows at once, None any number."""

    on: date
    reader: ReaderFacts
    credit_floor: int | None
    owed_limit_fen: int | None
    reservations: int
    most: int | None
    has_reserved: bool
    has_borrowed: bool
    copies: tuple[Copy, ...]


RESERVE_RULES: tuple[tuple[Refusal, Callable[[ReserveFacts], bool]], ...] = (
    (Refusal.READER_DEREGISTERED, lambda f: f.reader.status == PatronStatus.DEREGISTERED),
    (Refusal.READER_SUSPENDED, lambda f: is_suspended(f.reader, f.on)),
    (Refusal.CARD_EXPIRED, lambda f: is_expired(f.reader, f.on)),
    (
        Refusal.CREDIT_TOO_LOW,
        lambda f: (
            f.credit_floor is not None
            and f.reader.credit_points is not None
            and f.reader.credit_points < f.credit_floor
        ),
    ),
    (Refusal.SUMS_OWED, lambda f: f.owed_limit_fen is not None and f.reader.owed_fen > f.owed_limit_fen),
    (Refusal.RESERVATION_LIMIT_REACHED, lambda f: f.most is not None and f.reservations >= f.most),
    (Refusal.ALREADY_RESERVED, lambda f: f.has_reserved),
    (Refusal.ALREADY_BORROWED, lambda f: f.has_borrowed),
    (Refusal.NOTHING_TO_RESERVE, lambda f: not any(may_come(copy) for copy in f.copies)),
)


def reserve_refusals(facts: ReserveFacts) -> tuple[Refusal, ...]:
    """Return every reason not to reserve, in desk order; empty means it may."""
    return tuple(reason for reason, applies in RESERVE_RULES if applies(facts))


def may_come(copy: Copy) -> bool:
    """Return whether waiting for this copy makes sense."""
    return copy.lending == Lending.LENDABLE and copy.status in EXPECTED


def to_fetch(
    copies: Sequence[Copy], *, pickup_way_up: Sequence[int], ways_up: Callable[[int], Sequence[int]]
) -> Copy | None:
    """Return the copy on a shelf that has the shortest way to the pick-up point through the tree, None without one."""

    def distance(copy: Copy) -> tuple[int, int]:
        return steps_between(ways_up(copy.present_node), pickup_way_up), copy.id

    free = [
        copy
        for copy in copies
        if copy.status == ItemStatus.AVAILABLE and copy.lending == Lending.LENDABLE and not copy.is_taken
    ]
    return min(free, key=distance, default=None)


def steps_between(way_up: Sequence[int], other: Sequence[int]) -> int:
    """Return how many steps through the tree lie between two places, each given by its way up, itself first."""
    height = {node: steps for steps, node in enumerate(other)}
    steps = [up + height[node] for up, node in enumerate(way_up) if node in height]
    return min(steps, default=len(way_up) + len(other))


def last_pick_up_day(*, arrived_on: date, hold_days: int, is_open: Callable[[date], bool]) -> date:
    """Return the last of `hold_days` open days after the day of arrival (>= 1), by the calendar of the pick-up point.

    Raises ValueError when the place does not open that often within LONGEST_CLOSURE_DAYS: the calendar is wrong.
    """
    day, left = arrived_on, max(hold_days, 1)
    for _ in range(LONGEST_CLOSURE_DAYS + left):
        day += DAY
        left -= is_open(day)
        if left == 0:
            return day
    raise ValueError(f"not {hold_days} open days after {arrived_on}")
