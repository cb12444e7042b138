"""What is judged when a reader brings a copy for a lost one, and what becomes of it."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _


class Match(models.TextChoices):
    """How the copy that is handed over relates to the lost one; the first two are accepted by rule."""

    SAME = "same", _("The same edition")
    NEWER = "newer", _("A newer edition of the same work")
    OLDER = "older", _("An older edition of the same work")
    OTHER = "other", _("Another work")


BY_RULE = frozenset({Match.SAME, Match.NEWER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What two copies are compared by; `title` and `authors` are folded, `year` is None when unknown."""

    record: int
    isbn: frozenset[str]
    title: str
    authors: frozenset[str]
    year: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCopy:
    """The copy on the desk: its record, the barcode glued on it, its price where it differs from the record's."""

    record: int
    barcode: str
    price_fen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LostLoan:
    """A loan that a copy may be brought for. `charge` and `open_fen` are what is asked for it now, `paid_fen` is paid;
    `compensation` is the id of the copy that was brought, None as long as none was.
    """

    loan: int
    item: int
    patron: int | None
    barcode: str
    accession_number: str
    title: str
    price_fen: int | None
    due_on: date
    is_reported: bool
    open_fen: int
    paid_fen: int
    compensation: int | None

    @property
    def is_settled_by_money(self) -> bool:
        """Whether the loss was paid for in full, so that no copy is owed."""
        return self.is_reported and bool(self.paid_fen) and not self.open_fen


@dataclass(frozen=True, slots=True, kw_only=True)
class CompensationView:
    """A copy that was brought for a lost one. `settled_fen` is what the reader no longer owes."""

    id: int
    loan: int
    lost_item: int
    new_item: int
    day: date
    node: int
    by: str
    match: str
    reason: str
    settled_fen: int

    @property
    def match_label(self) -> str:
        """How the copies relate, in the language being spoken."""
        return str(Match(self.match).label)
