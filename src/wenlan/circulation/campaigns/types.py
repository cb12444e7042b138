"""What a campaign is about, and how it goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CampaignPart(TextChoices):
    """What of a campaign a row of the ledger counts; its subject is this with the campaign's number behind."""

    ASKED = "asked", _("Asked back")
    BACK = "back", _("Brought back")

    def subject(self, campaign: int) -> str:
        """Return the subject of a campaign's rows."""
        return f"{self.value}:{campaign}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Whose loans: lent under a node, due before a day, by readers of some categories (none: of all)."""

    node: int
    due_before: date
    categories: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A campaign as it is begun: its days `[begun, until]`, the amnesty offered with it, the price of a message.

    `price_li` is in thousandths of a yuan (厘) for each text message.
    """

    name: str
    scope: Scope
    until: date
    amnesty: int | None = None
    price_li: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a campaign would do now: copies and readers, at which places, told by which way, at what cost in li."""

    loans: int
    readers: int
    places: Sequence[tuple[int, int]]
    ways: Mapping[str, int]
    cost_li: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceLine:
    """What a campaign asked back of one place of loan, and what came back."""

    node: int
    readers: int
    loans: int
    readers_back: int
    loans_back: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignView:
    """One campaign. `told_at` None: still telling readers; `ended_on` None: still running."""

    id: int
    name: str
    scope: Scope
    begun_on: date
    until: date
    amnesty: int | None
    price_li: int
    made_at: datetime
    made_by: str
    told_at: datetime | None
    ended_on: date | None
    readers: int
    loans: int
    readers_back: int
    loans_back: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How far the readers of a campaign were told: by means and standing, and how many were reached."""

    notices: int
    reached: int
    ways: Mapping[tuple[str, str], int] = field(default_factory=dict)
