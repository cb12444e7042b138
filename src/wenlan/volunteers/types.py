"""Readers who serve as volunteers: where a registration stands, what they offer, what they did."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

FULL_AGE = 18  # Civil Code, art. 17: under it a guardian agrees
LONGEST_SERVICE = 24 * 60
LONGEST_NUMBER = 40


class Standing(TextChoices):
    """Where a registration stands."""

    ASKED = "asked", pgettext_lazy("volunteer", "Asks to join")
    SERVING = "serving", pgettext_lazy("volunteer", "Serves")
    DECLINED = "declined", pgettext_lazy("volunteer", "Not taken")
    LEFT = "left", pgettext_lazy("volunteer", "Has left")


class WhyLeft(TextChoices):
    """By what a service ended."""

    WISH = "wish", _("at their own wish")
    LIBRARY = "library", _("by the library")
    ACCOUNT = "account", _("the reader's account was closed")
    MERGED = "merged", _("two accounts became one")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a reader offers: codes of the kinds of service in the book of volunteer service, and when they have time."""

    jobs: tuple[str, ...]
    free_time: str = ""
    national_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VolunteerView:
    """A reader's registration as a volunteer. The person stands in `patron`, nowhere else."""

    id: int
    uid: UUID
    patron: int
    node: int
    standing: str
    jobs: tuple[str, ...]
    free_time: str
    national_number: str
    asked_on: date
    joined_on: date | None
    ended_on: date | None
    why_left: str
    reason: str

    @property
    def standing_label(self) -> str:
        """Where it stands, in the language being spoken."""
        return str(Standing(self.standing).label)

    @property
    def why_left_label(self) -> str:
        """By what it ended, in the language being spoken."""
        return str(WhyLeft(self.why_left).label) if self.why_left else ""

    @property
    def is_serving(self) -> bool:
        """Whether the volunteer may be given work."""
        return self.standing == Standing.SERVING


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeServed:
    """One volunteer's service of one day: the code of the kind, how long, and a note for the book."""

    day: date
    job: str
    minutes: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceView:
    """A service as the book of volunteer service tells it; `entry` is the book's entry."""

    volunteer: int
    entry: UUID
    day: date
    node: int
    job: str
    hours: Decimal
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What a volunteer served: in a year, and in all."""

    hours: Decimal = Decimal(0)
    times: int = 0
    services: tuple[ServiceView, ...] = field(default=())
