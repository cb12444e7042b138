"""The demonstration year's days: which are open, and how busy each is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from random import Random
from typing import Any

from wenlan.demo.plan import YearPlan, read_table


@dataclass(frozen=True)
class YearCalendar:
    """The open days of the main library; branches and the bus keep the same ones."""

    plan: YearPlan
    seed: int

    @cached_property
    def days(self) -> tuple[date, ...]:
        """Every day of the year."""
        first = date(self.plan.year, 1, 1)
        count = (date(self.plan.year + 1, 1, 1) - first).days
        return tuple(first + timedelta(days=at) for at in range(count))

    @cached_property
    def open_days(self) -> tuple[date, ...]:
        """The days on which readers are served."""
        return tuple(day for day in self.days if self.is_open(day))

    def is_open(self, day: date) -> bool:
        """Return whether readers are served; past the end of the year the same week goes on."""
        return day.weekday() in self._weekdays and not any(start <= day < end for start, end in self._closed)

    def next_open(self, day: date) -> date:
        """Return the first open day on or after `day`."""
        while not self.is_open(day):
            day += timedelta(days=1)
        return day

    def weights(self, what: str, season: str = "") -> dict[date, float]:
        """Return how busy each open day is: by month and weekday, with some chance that the seed decides."""
        stated = self.plan.stated["season"]
        told: Mapping[str, Any] = stated.get(season, stated)
        dice = Random(f"{self.seed}:weights:{what}")
        noise = stated["noise"]
        return {
            day: told["months"][day.month - 1] * told["weekdays"][day.weekday()] * dice.uniform(1 - noise, 1 + noise)
            for day in self.open_days
        }

    def open_between(self, start: date, until: date, weekdays: tuple[int, ...] = ()) -> list[date]:
        """Return the open days of `[start, until)` on these weekdays (0 = Monday); all weekdays when empty."""
        return [day for day in self.open_days if start <= day < until and (not weekdays or day.weekday() in weekdays)]

    @cached_property
    def _weekdays(self) -> frozenset[int]:
        return frozenset(weekday for row in self._places["hours"] for weekday in row["weekdays"])

    @cached_property
    def _closed(self) -> tuple[tuple[date, date], ...]:
        return tuple((row["start"], row["end"]) for row in self._places["closed"])

    @cached_property
    def _places(self) -> dict[str, Any]:
        return read_table("places.toml")[self.plan.network]
