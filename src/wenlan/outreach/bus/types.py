"""Stops, lines, days on which a line runs, and trips."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenlan.kernel.words import say


class Pattern(TextChoices):
    """In which weeks a line runs on its weekday; those of a month are counted by the weekday itself."""

    EVERY = "every", _("every week")
    ALTERNATE = "alternate", _("every second week")
    FIRST = "first", _("the first of the month")
    SECOND = "second", _("the second of the month")
    THIRD = "third", _("the third of the month")
    FOURTH = "fourth", _("the fourth of the month")
    FIRST_THIRD = "first_third", _("the first and third of the month")
    SECOND_FOURTH = "second_fourth", _("the second and fourth of the month")


class Purpose(TextChoices):
    """What a trip is made for."""

    LINE = "line", pgettext_lazy("trip", "Line")
    AD_HOC = "ad_hoc", pgettext_lazy("trip", "Outside the timetable")
    EVENT = "event", pgettext_lazy("trip", "Event")


class TripState(TextChoices):
    """How a trip stands."""

    UNDER_WAY = "under_way", pgettext_lazy("trip", "Under way")
    CLOSED = "closed", pgettext_lazy("trip", "Closed")
    DROPPED = "dropped", pgettext_lazy("trip", "Dropped")


@dataclass(frozen=True, slots=True, kw_only=True)
class StopView:
    """A place where the bus stops; `node` is the point of the network it stands at, None for most."""

    id: int
    uid: UUID
    words: Mapping[str, str]
    host: str
    address: str
    home: int
    node: int | None
    from_day: date
    until_day: date | None
    entry: UUID | None

    @property
    def name(self) -> str:
        """The name in the language being spoken."""
        return say(self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A stop of a line with the times of its timetable."""

    stop: StopView
    arrives: time
    leaves: time


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """A line (线路). `node` is the bus's place in the network; `weekday` 0 is Monday. Spans are half-open."""

    id: int
    words: Mapping[str, str]
    node: int
    vehicle: int | None
    weekday: int
    pattern: Pattern
    from_day: date
    until_day: date | None
    calls: tuple[Call, ...] = ()

    @property
    def name(self) -> str:
        """The name in the language being spoken."""
        return say(self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunDay:
    """A day on which a line runs by its timetable or by an exception; it does not when `off` says why."""

    line: LineView
    day: date
    is_off: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTrip:
    """A trip to be opened. `stops` are ids of stops, `more` names of places without one; `crew` are members of staff,
    `others` further names (a hired driver). `ended_at` is given for a trip written down afterwards.
    """

    vehicle: int
    node: int
    started_at: datetime
    purpose: Purpose = Purpose.AD_HOC
    title: str = ""
    line: int | None = None
    drivers: tuple[str, ...] = ()
    crew: tuple[int, ...] = ()
    others: tuple[str, ...] = ()
    stops: tuple[int, ...] = ()
    more: tuple[str, ...] = ()
    ended_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TripStopView:
    """A stop of a trip, in its order: planned, served or left out."""

    id: int
    stop: int | None
    name: str
    planned: time | None
    arrived_at: datetime | None
    left_at: datetime | None
    is_left_out: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TripView:
    """A trip (一车次) with its stops. `entry` is its line in the record book, once it is closed."""

    id: int
    uid: UUID
    vehicle: int
    node: int
    department: int | None
    line: int | None
    purpose: Purpose
    title: str
    day: date
    started_at: datetime
    ended_at: datetime | None
    state: TripState
    drivers: tuple[str, ...]
    crew: tuple[int, ...]
    others: tuple[str, ...]
    note: str
    entry: UUID | None
    stops: tuple[TripStopView, ...] = ()

    @property
    def served(self) -> tuple[TripStopView, ...]:
        """The stops at which it arrived."""
        return tuple(stop for stop in self.stops if stop.arrived_at is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class TripTimes:
    """What was written of a trip's times, put right: by stop the arrival and the departure, None where it has none."""

    started_at: datetime
    ended_at: datetime | None
    stops: Mapping[int, tuple[datetime | None, datetime | None]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """An act of service as the ledger has it."""

    at: datetime
    operator: str
    kind: str
    quantity: int


Totals = Mapping[str, int]
"""Quantities by the names of `policies.COMPOSED`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """What was done on a trip: in all, at each of its stops (by id), and on the way between them."""

    totals: Totals
    by_stop: Mapping[int, Totals]
    between: Totals
