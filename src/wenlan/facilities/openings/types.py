"""What opening a room takes and answers."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _


class NoPosition(models.TextChoices):
    """Why no position was given."""

    NOT_ALLOWED = "not_allowed", _("The phone does not allow it")
    NO_SIGNAL = "no_signal", _("The phone finds no position")
    NO_PHONE = "no_phone", _("Signed in on another device")


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where a phone was: degrees (WGS 84), and within how many metres the phone is sure of it."""

    latitude: float
    longitude: float
    accuracy_m: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningView:
    """One opening. `metres_off` is how far it was signed from the room's usual place; None where that is not known.

    `closed_at` None: still open. `is_told`: nobody signed out, the hour was told later.
    """

    uid: UUID
    node: int
    day: date
    opened_at: datetime
    by: str
    closed_at: datetime | None
    is_told: bool
    has_position: bool
    no_position: str
    metres_off: int | None
    is_far: bool

    @property
    def minutes(self) -> int:
        """How long it was open; 0 while it is."""
        return int((self.closed_at - self.opened_at).total_seconds() // 60) if self.closed_at else 0

    @property
    def no_position_label(self) -> str:
        """Why there is no position, in words."""
        return str(NoPosition(self.no_position).label) if self.no_position else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningSums:
    """What the openings of a place come to over some days: `far` were signed too far away, `unplaced` from nowhere."""

    node: int
    days: int = 0
    minutes: int = 0
    far: int = 0
    unplaced: int = 0
    told: int = 0

    @property
    def hours(self) -> float:
        """The time open in hours, to the tenth."""
        return round(self.minutes / 60, 1)
