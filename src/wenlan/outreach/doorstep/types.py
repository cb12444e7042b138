"""Readers served at the door, runs, and visits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import models
from django.utils.translation import pgettext_lazy

from wenlan.circulation.types import ItemRef


class Ground(models.TextChoices):
    """Why somebody is served at the door; the groups of the record book of service at home."""

    DISABLED = "disabled", pgettext_lazy("served at the door", "Disabled")
    SENIOR = "senior", pgettext_lazy("served at the door", "Of great age")
    ILL = "ill", pgettext_lazy("served at the door", "Ill or bedridden")
    LEFT_BEHIND = "left_behind", pgettext_lazy("served at the door", "Left-behind child")
    HARDSHIP = "hardship", pgettext_lazy("served at the door", "In need")
    GROUP = "group", pgettext_lazy("served at the door", "A group or institution")


class Outcome(models.TextChoices):
    """How a visit ended; empty before it."""

    GIVEN = "given", pgettext_lazy("visit at the door", "Books given")
    NOBODY = "nobody", pgettext_lazy("visit at the door", "Nobody there")
    MOVED = "moved", pgettext_lazy("visit at the door", "Moved away")


class Handed(models.TextChoices):
    """Which way a book went at the door."""

    GIVEN = "given", pgettext_lazy("book at the door", "Given")
    COLLECTED = "collected", pgettext_lazy("book at the door", "Collected")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDoorRule:
    """Who is served at the door by rule, at a place and under it; what is left empty is any."""

    ground: str
    category: str = ""
    special_group: str = ""
    age_from: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorRuleView:
    """A rule in force."""

    id: int
    node: int
    ground: str
    category: str
    special_group: str
    age_from: int | None
    from_day: date

    @property
    def ground_label(self) -> str:
        """Why, in the language being spoken."""
        return str(Ground(self.ground).label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Doorplate:
    """Where somebody is found: personal, kept sealed, and shown to those who may see names."""

    address: str
    phone: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDoorReader:
    """Somebody to be served at the door. Without a `ground` a rule must hold; with one it is an entitlement of
    their own, until its last day `valid_until`. `area` (a community, a village) sorts visits and names nobody.
    """

    patron: int
    doorplate: Doorplate
    area: str = ""
    ground: str = ""
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorReaderView:
    """Somebody served at the door. `by_rule`: as long as a rule holds, else until `valid_until` (in)."""

    id: int
    patron: int
    node: int
    ground: str
    by_rule: bool
    area: str
    from_day: date
    valid_until: date | None
    ended_on: date | None

    @property
    def ground_label(self) -> str:
        """Why, in the language being spoken."""
        return str(Ground(self.ground).label)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRun:
    """A run to be made on a day; `crew` is who goes."""

    day: date
    name: str
    crew: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunView:
    """A run; `settled` of its `visits` have an outcome."""

    id: int
    uid: UUID
    node: int
    day: date
    name: str
    crew: str
    is_closed: bool
    visits: int
    settled: int
    given: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitView:
    """One visit of a run. `given` and `collected` count its books as they stand now."""

    id: int
    uid: UUID
    run: int
    position: int
    reader: DoorReaderView
    order: int | None
    outcome: str
    persons: int
    note: str
    given: int
    collected: int

    @property
    def outcome_label(self) -> str:
        """How it ended, in the language being spoken; empty before."""
        return str(Outcome(self.outcome).label) if self.outcome else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitReport:
    """What happened at a door: books given and collected as scanned, and how many persons were served."""

    outcome: str
    given: Sequence[ItemRef] = ()
    collected: Sequence[ItemRef] = ()
    persons: int = 1
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What became of a report: the visit, and what was refused with its reasons in words."""

    visit: VisitView
    refused: tuple[tuple[ItemRef, str], ...]
