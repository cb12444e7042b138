"""What building and living share: the plan at its scale, the ids of places and people, and the acts they do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.utils import timezone

from wenlan.demo.calendar import YearCalendar
from wenlan.demo.lending import Lending
from wenlan.demo.plan import YearPlan, read_table
from wenlan.demo.stock import Stock
from wenlan.kernel.acts import Act, Channel
from wenlan.network import queries as network

BUS_POOL = "CZ-BUS"

Deed = Callable[[date], object]
"""Something that is done on a day of the year, beside what every day brings."""


@dataclass
class Stage:
    """One demonstration on its way. Ids are asked for when they are first needed.

    `staff` are those by sign-in name, `item_ids` those of items by barcode, as far as they were asked for.
    """

    plan: YearPlan
    scale: Fraction
    seed: int
    staff: Mapping[str, int] = field(default_factory=dict)
    item_ids: dict[str, int] = field(default_factory=dict)

    @cached_property
    def calendar(self) -> YearCalendar:
        """The open days."""
        return YearCalendar(self.plan, self.seed)

    @cached_property
    def stock(self) -> Stock:
        """Which item stands where."""
        return Stock(self.plan, self.scale, self.calendar)

    @cached_property
    def lending(self) -> Lending:
        """Who borrows what."""
        return Lending(self.plan, self.scale, self.seed, self.calendar, self.stock)

    @cached_property
    def places(self) -> dict[str, Any]:
        """The places as stated."""
        return read_table("places.toml")[self.plan.network]

    @property
    def eve(self) -> date:
        """The last day before the year: what was there before is taken over on it."""
        return self.calendar.days[0] - timedelta(days=1)

    @cached_property
    def nodes(self) -> Mapping[str, int]:
        """Ids of the nodes by code."""
        return {view.code: view.id for view in network.nodes()}

    @cached_property
    def departments(self) -> Mapping[str, int]:
        """Ids of the departments by code."""
        return {view.code: view.id for view in network.departments()}

    @property
    def library(self) -> int:
        """The main library."""
        return self.nodes[self.plan.node]

    def node_of(self, place: str) -> int:
        """Return the node where a pool or a department lends: the bus and the branches are their own."""
        if place == BUS_POOL:
            return self.nodes[self.places["bus"]["code"]]
        return self.nodes.get(place, self.library)

    def on(self, month: int, day: int) -> date:
        """Return the open day of the year on or after a date."""
        return self.calendar.next_open(date(self.plan.year, month, day))

    def last(self, which: int = 1) -> date:
        """Return the last open day of the year, the one before it (2), and so on."""
        return self.calendar.open_days[-which]

    def after(self, day: date) -> date:
        """Return the next open day."""
        return self.calendar.next_open(day + timedelta(days=1))

    def at(self, day: date, second: int) -> datetime:
        """Return the instant of a second of a local day."""
        clock = time(second // 3600, second // 60 % 60, second % 60)
        return datetime.combine(day, clock, tzinfo=timezone.get_default_timezone())

    def act(
        self,
        day: date,
        second: int,
        key: str,
        *,
        by: str = "office",
        place: str = "",
        channel: Channel = Channel.DESK,
    ) -> Act:
        """Return an act of a member of staff at a place (a pool, department or node; default: the main library)."""
        return Act(
            at=self.at(day, second),
            node=self.node_of(place) if place else self.library,
            department=self.departments.get(place),
            channel=channel,
            staff=self.staff[by],
            key=f"demo:{key}",
        )

    def by_reader(self, day: date, second: int, key: str, *, place: str = "") -> Act:
        """Return what a reader does on line, at the library where they are at home (default: the main library)."""
        return replace(self.act(day, second, key, place=place, channel=Channel.WEB), staff=None, department=None)

    def taken_over(self, key: str, *, by: str = "system", day: date | None = None) -> Act:
        """Return the act that takes over what was there before the year."""
        return self.act(day or self.eve, 17 * 3600, key, by=by, channel=Channel.IMPORT)


def terminal_code(desk: str) -> str:
    """Return the code of the self-service machine beside a loan desk."""
    return f"K-{desk.removeprefix('CZ-')}"
