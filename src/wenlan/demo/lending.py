"""The year's lending as it would happen at the desks: who borrows what, when it is renewed, where it comes back.

Nothing is written here. Days have to be asked for in order; from the same seed the same year comes out. An item
that came back can be lent again from the next day, so that the order of a day's acts does not matter.
"""

from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from math import log
from random import Random

from wenlan.demo import people
from wenlan.demo.calendar import YearCalendar
from wenlan.demo.plan import YearPlan, half_up, share, spread
from wenlan.demo.stock import Stock

LIMITS = {"child": 6, "teacher": 20, "visually_impaired": 20, "volunteer": 20, "staff": 20}
USUAL_LIMIT = 10
NO_BORROWERS = ("institution", "large_capacity")
YOUTH_DESK = "CZ-YOUTH"
CHILDREN = ("child", "student")
GENERAL_DESK, BY_NAME = "CZ-GENERAL", 19  # of its loans so many are made to orders, at the door, at the bookshop
VISIT_SIZES = (1, 2, 3, 4, 5)
VISIT_WEIGHTS = (30, 32, 20, 12, 6)
CLASS_SIZE, CLASS_SHARE = 40, 8  # a class borrows so many of the youth desk's loans, at most an eighth of them
LOAN_DAYS = 30  # the rule of the demonstration; a renewal adds as many
SPREAD_OF_LENGTH = 0.45
MAIN = "CZ-M"
BUS = "CZ-BUS"
PATIENCE = 200
DESKS_OPEN = 8.75  # o'clock: crates are unpacked before


class Deed(StrEnum):
    """What is done with an item."""

    LEND = "lend"
    RETURN = "return"
    RENEW = "renew"
    RECEIVE = "receive"


@dataclass(frozen=True, slots=True)
class DeskAct:
    """One act: `second` of the day, and the pool or place where it is done."""

    second: int
    deed: Deed
    place: str
    item: int
    reader: int


@dataclass(slots=True)
class Held:
    """One loan that is out: when it comes back and where, and whether it will be late."""

    reader: int
    back_on: date
    back_at: str
    is_late: bool


@dataclass
class Lending:
    """The simulation. `stock` says which items each pool has; readers are numbers, more of them every day."""

    plan: YearPlan
    scale: Fraction
    seed: int
    calendar: YearCalendar
    stock: Stock
    held: dict[int, Held] = field(default_factory=dict)
    _due: dict[date, list[int]] = field(default_factory=lambda: defaultdict(list))
    _renewals: dict[date, list[int]] = field(default_factory=lambda: defaultdict(list))
    _arrivals: dict[date, list[int]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        life = self.plan.stated["network_life"]
        self.opening_readers = max(half_up(life["opening_readers"] * self.scale), len(people.MIX) * 3)
        new = half_up(life["new_readers"] * self.scale)
        joining = spread(new, self.calendar.weights("registrations"))
        self._joined = [joining.get(day, 0) for day in self.calendar.days]
        self.readers = self.opening_readers + new
        self.life = life
        self.on_shelf = bytearray(b"\x01") * self.stock.items
        self.open_loans = array("i", [0]) * self.readers
        self.late_loans = array("i", [0]) * self.readers
        self._known = [self.opening_readers]
        for joined in self._joined:
            self._known.append(self._known[-1] + joined)

    def new_readers(self, day: date) -> range:
        """Return the numbers of those who register on a day; they borrow from the next day on."""
        at = self._at(day)
        return range(self._known[at], self._known[at + 1])

    def loans_on(self, day: date) -> dict[str, int]:
        """Return how many loans each pool makes on a day."""
        return {pool: days[day] for pool, days in self._loans.items() if day in days}

    @cached_property
    def class_loans(self) -> int:
        """How many of the young readers' desk's loans are one class's: made at once, and not by readers here."""
        return min(CLASS_SIZE, self.plan.parts("loans", self.scale)[YOUTH_DESK] // CLASS_SHARE)

    @cached_property
    def _loans(self) -> dict[str, dict[date, int]]:
        found = {}
        for pool, total in self.plan.parts("loans", self.scale).items():
            season = "youth" if pool == YOUTH_DESK else ""
            by_name = {YOUTH_DESK: self.class_loans, GENERAL_DESK: BY_NAME}.get(pool, 0)
            found[pool] = spread(max(total - by_name, 0), self.calendar.weights(f"loans {pool}", season))
        total = half_up(self.life["branch_loans"] * self.scale)
        shares = share(total, list(self.stock.branches.values()))
        for pool, part in zip(self.stock.branches, shares, strict=True):
            found[pool] = spread(part, self.calendar.weights(f"loans {pool}"))
        return found

    def live(self, day: date) -> list[DeskAct]:
        """Return the acts of a day in the order of its clock, and take them as done."""
        dice = Random(f"{self.seed}:lending:{day.isoformat()}")
        returned = sorted(self._due.pop(day, ()))
        acts = [*self._receive(day, dice), *self._renew(day, dice)]
        acts += [self._return(item, dice) for item in returned]
        for pool, count in self.loans_on(day).items():
            acts += self._lend(day, pool, count, dice)
        for item in returned:
            self._put_back(day, item)
        acts.sort(key=lambda act: (act.second, act.item))
        return acts

    def _receive(self, day: date, dice: Random) -> Iterator[DeskAct]:
        for item in sorted(self._arrivals.pop(day, ())):
            self.on_shelf[item] = 1
            yield DeskAct(_second(dice, 8.5, DESKS_OPEN), Deed.RECEIVE, self.stock.pool_of(item), item, -1)

    def _renew(self, day: date, dice: Random) -> Iterator[DeskAct]:
        for item in sorted(self._renewals.pop(day, ())):
            loan = self.held[item]
            if self.late_loans[loan.reader]:  # who holds something overdue is not renewed for: it comes back
                self._plan_return(item, loan, self.calendar.next_open(day + timedelta(days=1)))
            else:
                yield DeskAct(_second(dice, DESKS_OPEN, 17), Deed.RENEW, self.stock.pool_of(item), item, loan.reader)

    def _plan_return(self, item: int, loan: Held, day: date) -> None:
        if loan.back_on in self._due and item in self._due[loan.back_on]:
            self._due[loan.back_on].remove(item)
        loan.back_on = day
        self._due[day].append(item)

    def _return(self, item: int, dice: Random) -> DeskAct:
        loan = self.held[item]
        return DeskAct(_second(dice, DESKS_OPEN, 17.2), Deed.RETURN, loan.back_at, item, loan.reader)

    def _put_back(self, day: date, item: int) -> None:
        loan = self.held.pop(item)
        self.open_loans[loan.reader] -= 1
        self.late_loans[loan.reader] -= loan.is_late
        if loan.back_at == self.stock.pool_of(item):
            self.on_shelf[item] = 1
        else:
            self._arrivals[self.calendar.next_open(day + timedelta(days=2))].append(item)

    def _lend(self, day: date, pool: str, count: int, dice: Random) -> Iterator[DeskAct]:
        while count:
            reader = self._borrower(day, pool, dice)
            size = min(count, dice.choices(VISIT_SIZES, weights=VISIT_WEIGHTS)[0], self._room(reader))
            second = _second(dice, DESKS_OPEN, 17.3)
            for at in range(size):
                item = self._item(day, pool, dice)
                self._take_out(day, pool, item, reader, dice)
                yield DeskAct(second + 6 * at, Deed.LEND, pool, item, reader)
            count -= size

    def instead(self, day: date, act: DeskAct, again: int) -> tuple[int, int]:
        """Return another item and reader for a loan that was refused, and take them as lent."""
        dice = Random(f"{self.seed}:instead:{day.isoformat()}:{act.item}:{again}")
        reader, item = self._borrower(day, act.place, dice), self._item(day, act.place, dice)
        self._take_out(day, act.place, item, reader, dice)
        return item, reader

    def _borrower(self, day: date, pool: str, dice: Random) -> int:
        candidates = self._candidates[pool == YOUTH_DESK]
        known = bisect_right(candidates, self._known[self._at(day)] - 1)
        for _ in range(PATIENCE):
            reader = candidates[int(known * dice.random() ** 1.35)]
            if self._room(reader) > 0 and not self.late_loans[reader]:
                return reader
        free = [reader for reader in candidates[:known] if self._room(reader) > 0 and not self.late_loans[reader]]
        if not free:
            raise RuntimeError(f"on {day} every reader of {pool} holds as many items as allowed")
        return dice.choice(free)

    @cached_property
    def _candidates(self) -> tuple[Sequence[int], Sequence[int]]:
        """Who borrows anywhere but at the young readers' desk, and who borrows there; parents do both."""
        usual, young = array("l"), array("l")
        for reader in range(self.readers):
            category = self._categories[reader]
            if category in NO_BORROWERS:
                continue
            if category != "child":
                usual.append(reader)
            if category in CHILDREN or reader % 4 == 0:
                young.append(reader)
        return usual, young

    @cached_property
    def _categories(self) -> list[str]:
        return [people.category_of(self.seed, reader) for reader in range(self.readers)]

    def _room(self, reader: int) -> int:
        return LIMITS.get(self._categories[reader], USUAL_LIMIT) - self.open_loans[reader]

    def _item(self, day: date, pool: str, dice: Random) -> int:
        items, at = self.stock.pool_items[pool], self._at(day)
        for _ in range(PATIENCE):
            item = items[int(len(items) * dice.random())]
            if self.on_shelf[item] and self.stock.arrival[item] <= at:
                return item
        free = [item for item in items if self.on_shelf[item] and self.stock.arrival[item] <= at]
        if not free:
            raise RuntimeError(f"on {day} nothing is left on the shelves of {pool}")
        return dice.choice(free)

    def _take_out(self, day: date, pool: str, item: int, reader: int, dice: Random) -> None:
        length, renewed_after, is_late = self._length(dice)
        back_on = self.calendar.next_open(day + timedelta(days=length))
        self.on_shelf[item] = 0
        self.open_loans[reader] += 1
        self.late_loans[reader] += is_late
        self.held[item] = Held(reader, back_on, self._place_of_return(pool, dice), is_late)
        self._due[back_on].append(item)
        if renewed_after:
            self._renewals[self.calendar.next_open(day + timedelta(days=renewed_after))].append(item)

    def _length(self, dice: Random) -> tuple[int, int, bool]:
        """Return the days until the return, after how many it is renewed (0: never), and whether it will be late."""
        chance = dice.random()
        if chance < self.life["overdue_share"]:
            return LOAN_DAYS + 8 + min(int(dice.expovariate(1 / 14)), 60), 0, True
        if chance < self.life["overdue_share"] + self.life["renewals_share"]:
            return dice.randint(LOAN_DAYS + 2, 2 * LOAN_DAYS - 2), dice.randint(20, LOAN_DAYS - 4), False
        length = int(dice.lognormvariate(log(self.life["loan_days_median"]), SPREAD_OF_LENGTH))
        return min(max(length, 1), LOAN_DAYS), 0, False

    def _place_of_return(self, pool: str, dice: Random) -> str:
        if dice.random() >= self.life["returned_elsewhere_share"]:
            return pool
        if pool in self.stock.branches or pool == BUS:
            return "CZ-GENERAL"
        return dice.choices(list(self.stock.branches), weights=list(self.stock.branches.values()))[0]

    def _at(self, day: date) -> int:
        return (day - self.calendar.days[0]).days


def _second(dice: Random, start: float, end: float) -> int:
    return int(dice.uniform(start, end) * 3600)
