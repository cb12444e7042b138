"""Gates and the sums of visits that they and people counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wenlan.kernel.words import say


class Direction(TextChoices):
    """What a gate's counter counts."""

    ONE_WAY = "one_way", _("entrances only")
    TWO_WAY = "two_way", _("entrances and exits")


class CountOrigin(StrEnum):
    """Who said the number."""

    HAND = "hand"
    DEVICE = "device"


@dataclass(frozen=True, slots=True, kw_only=True)
class GateView:
    """A gate as it stands. `until_day` None: still in use."""

    id: int
    code: str
    words: Mapping[str, str]
    node: int
    department: int | None
    direction: Direction
    from_day: date
    until_day: date | None

    @property
    def name(self) -> str:
        """The name in the language being spoken."""
        return say(self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountView:
    """The standing count of a gate or a room on a day; `passages` is what the counter itself said."""

    day: date
    persons: int
    passages: int | None = None
    is_estimated: bool = False
    method: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayEntered:
    """What entering a day's counts did."""

    new: int
    corrected: int
    unchanged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GateImport:
    """What became of the lines of a file; `rejects` is the file of rejected lines with their reasons."""

    read: int
    created: int
    corrected: int
    unchanged: int
    rejected: int
    rejects: Path | None
