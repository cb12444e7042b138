"""Drifting books, the points where they stand, and what happens to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.utils.translation import pgettext_lazy

from wenlan.kernel.words import say


class DriftAct(models.TextChoices):
    """What happened to a drifting book, or to several; the first three are counted."""

    RELEASED = "released", pgettext_lazy("drifting book", "Released")
    TAKEN = "taken", pgettext_lazy("drifting book", "Taken along")
    LEFT = "left", pgettext_lazy("drifting book", "Left here")
    ENDED = "ended", pgettext_lazy("drifting book", "Drifts no more")


class DriftOrigin(models.TextChoices):
    """Where a drifting book came from."""

    GIFT = "gift", pgettext_lazy("drifting book", "Given by a reader")
    STOCK = "stock", pgettext_lazy("drifting book", "Deregistered from the stock")
    BOUGHT = "bought", pgettext_lazy("drifting book", "Bought for drifting")


@dataclass(frozen=True, slots=True, kw_only=True)
class PointView:
    """A shelf where drifting books stand; `books` are those known by number that stand there now."""

    id: int
    node: int
    words: Mapping[str, str]
    place: str
    from_day: date
    until_day: date | None
    books: int

    @property
    def name(self) -> str:
        """The name in the language being spoken."""
        return say(self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDriftBook:
    """A book to be released. `item` is the deregistered item that it was, None for a gift."""

    title: str
    author: str = ""
    isbn: str = ""
    origin: str = DriftOrigin.GIFT
    item: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookView:
    """A drifting book; `point` is where it stands, None while somebody has it or when it drifts no more."""

    id: int
    number: str
    title: str
    author: str
    isbn: str
    origin: str
    point: int | None
    released_on: date
    ended_on: date | None
    times_taken: int

    @property
    def origin_label(self) -> str:
        """Where it came from, in the language being spoken."""
        return str(DriftOrigin(self.origin).label)


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveView:
    """Something that happened: to a book, or a tally without numbers."""

    id: int
    at: datetime
    day: date
    act: str
    point: int
    book: int | None
    quantity: int
    by: str

    @property
    def act_label(self) -> str:
        """What happened, in the language being spoken."""
        return str(DriftAct(self.act).label)
