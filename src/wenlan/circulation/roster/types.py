"""Posts, shifts and duties."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from wenlan.kernel.words import say

LONGEST_SHIFT = 300  # minutes; a longer opening is parted into shifts of equal length
MOST_PEOPLE = 20


class SwapState(TextChoices):
    """Where the wish to swap stands."""

    ASKED = "asked", pgettext_lazy("swap", "Asked")
    AGREED = "agreed", pgettext_lazy("swap", "Agreed")
    DECLINED = "declined", pgettext_lazy("swap", "Declined")


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Local times of a day, `[starts, ends)`."""

    starts: time
    ends: time

    def __str__(self) -> str:
        return f"{self.starts:%H:%M}–{self.ends:%H:%M}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostView:
    """A post at a place that so many people keep in every shift; `has_till`: who keeps it takes money."""

    id: int
    node: int
    words: Mapping[str, str]
    people: int
    has_till: bool

    @property
    def name(self) -> str:
        """The name in the language being spoken."""
        return say(self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyView:
    """One person in one shift. `absent_for` says why they cannot come, `covers` whose duty it was before."""

    id: int
    uid: UUID
    post: int
    node: int
    post_words: Mapping[str, str]
    day: date
    span: Span
    staff: int
    absent_for: str
    covers: int | None

    @property
    def post_name(self) -> str:
        """The post in the language being spoken."""
        return say(self.post_words)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftView:
    """A shift of a post on a day, as the opening calendar has it, with who is on duty; `gap` people are wanting."""

    post: PostView
    day: date
    span: Span
    on_duty: tuple[DutyView, ...]
    absent: tuple[DutyView, ...]

    @property
    def gap(self) -> int:
        """How many people are wanting."""
        return max(self.post.people - len(self.on_duty), 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class SwapView:
    """The wish to swap one duty for another."""

    id: int
    mine: DutyView
    theirs: DutyView
    state: str
    asked_at: datetime
