"""Two desks after the same thing at the same moment, many times over: for the race test and the bench."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass

from django.db import connection

from wenlan.circulation import operations
from wenlan.circulation.errors import CheckoutRefused
from wenlan.circulation.types import CardRef, ItemRef
from wenlan.kernel.acts import Act

DESKS = 2
LONGEST_WAIT = 60.0
ActOf = Callable[[str], Act]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of the tries. Right is: one desk succeeds each time, the other is refused."""

    tries: int
    lent_once: int
    returned_once: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What the two desks reach for in each try: one card and one item each; equal where they shall collide."""

    cards: tuple[CardRef, CardRef]
    items: tuple[ItemRef, ItemRef]


def race(stages: Sequence[Stage], *, tries: int, act_of: ActOf) -> Outcome:
    """Let two desks check out together, then both take back what was lent, `tries` times over the stages.

    In each stage only one check-out may succeed: the last place under a limit, or the last copy.
    """
    barrier = threading.Barrier(DESKS)
    lent = [[0] * tries for _ in range(DESKS)]
    back = [[0] * tries for _ in range(DESKS)]

    def desk(number: int) -> None:
        with closing(connection), ExitStack() as unless_done:
            unless_done.callback(barrier.abort)  # a desk that fails does not leave the other waiting
            for one in range(tries):
                stage = stages[one % len(stages)]
                barrier.wait(LONGEST_WAIT)
                lent[number][one] = tries_to_lend(stage, number, act_of(f"race-out-{number}-{one}"))
                barrier.wait(LONGEST_WAIT)
                item = stage.items[0] if lent[0][one] else stage.items[1]
                back[number][one] = takes_back(item, act_of(f"race-in-{number}-{one}"))
            unless_done.pop_all()

    with ThreadPoolExecutor(DESKS) as pool:
        for future in [pool.submit(desk, number) for number in range(DESKS)]:
            future.result()
    return Outcome(
        tries=tries,
        lent_once=sum(first + second == 1 for first, second in zip(*lent, strict=True)),
        returned_once=sum(first + second == 1 for first, second in zip(*back, strict=True)),
    )


def tries_to_lend(stage: Stage, desk: int, act: Act) -> int:
    """Return 1 when the desk could lend, 0 when it was refused."""
    try:
        operations.check_out(act, item=stage.items[desk], card=stage.cards[desk])
    except CheckoutRefused:
        return 0
    return 1


def takes_back(item: ItemRef, act: Act) -> int:
    """Return 1 when the desk closed the loan, 0 when the other desk had done so."""
    return int(operations.check_in(act, item=item).was_on_loan)
