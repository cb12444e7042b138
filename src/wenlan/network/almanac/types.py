"""Days and seasons as figures tell them apart."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wenlan.kernel.words import say

SATURDAY = 5


class DayKind(TextChoices):
    """What sort of day it is for those who work by the common calendar. A working Saturday is a working day."""

    WORKING = "working", _("Working day")
    WEEKEND = "weekend", _("Weekend")
    HOLIDAY = "holiday", _("Public holiday")


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialDayView:
    """A day that the week alone does not tell: off by a holiday, or worked for one. `source` says who said so.

    `is_own` says that it was entered here and not shipped.
    """

    day: date
    is_off: bool
    names: Mapping[str, str]
    source: str
    is_own: bool = False

    @property
    def name(self) -> str:
        """The holiday in the language being spoken."""
        return say(self.names)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonView:
    """A named stretch of a year, `[start, end)`; `id` is 0 when it is shipped."""

    code: str
    names: Mapping[str, str]
    start: date
    end: date
    id: int = 0
    node: int | None = None

    @property
    def name(self) -> str:
        """The season in the language being spoken."""
        return say(self.names)

    @property
    def last(self) -> date:
        """The last day of it."""
        return self.end - timedelta(days=1)

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Almanac:
    """The special days and the seasons of a place over a span.

    `unknown` are the years of the span whose holidays nobody entered: there only weekends are known.
    """

    days: Mapping[date, SpecialDayView] = field(default_factory=dict)
    seasons: tuple[SeasonView, ...] = ()
    unknown: tuple[int, ...] = ()

    def kind(self, day: date) -> DayKind:
        """Return what sort of day it is."""
        if special := self.days.get(day):
            return DayKind.HOLIDAY if special.is_off else DayKind.WORKING
        return DayKind.WEEKEND if day.weekday() >= SATURDAY else DayKind.WORKING


@dataclass(frozen=True, slots=True, kw_only=True)
class CapView:
    """Admission capped at a node and all under it: `most` people in each slot, over `[from_day, until_day)`."""

    id: int
    node: int
    from_day: date
    until_day: date | None
    most: int
    slot_minutes: int
    reason: str

    def holds_on(self, day: date) -> bool:
        """Return whether the cap is in force on the day."""
        return self.from_day <= day and (self.until_day is None or day < self.until_day)

    @property
    def last_day(self) -> date | None:
        """The last day of it; None while it holds."""
        return self.until_day - timedelta(days=1) if self.until_day else None
