"""Slots and bookings of admission."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class EntryState(TextChoices):
    """What became of a booked admission."""

    BOOKED = "booked", pgettext_lazy("admission", "Booked")
    USED = "used", pgettext_lazy("admission", "Came in")
    CANCELLED = "cancelled", pgettext_lazy("admission", "Given back")


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrySlot:
    """A slot of a capped day: `booked` are people who booked and have not come yet, `turned_away` those sent away."""

    starts: datetime
    ends: datetime
    most: int
    admitted: int
    booked: int
    turned_away: int

    @property
    def free(self) -> int:
        """How many more may book, or come in without."""
        return max(self.most - self.admitted - self.booked, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """A booked admission; `patron` is None when it has forgotten its reader."""

    id: int
    node: int
    day: date
    starts: datetime
    ends: datetime
    patron: int | None
    persons: int
    state: str

    @property
    def state_label(self) -> str:
        """The state in the language being spoken."""
        return str(EntryState(self.state).label)
