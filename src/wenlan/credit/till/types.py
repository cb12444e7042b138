"""What the cashier's desk shows and takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import models
from django.utils.translation import pgettext_lazy


class ReceiptState(models.TextChoices):
    """Whether a receipt counts."""

    ISSUED = "issued", pgettext_lazy("receipt", "Issued")
    VOIDED = "voided", pgettext_lazy("receipt", "Voided")


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawerView:
    """A drawer; `left_fen` is what the last shift left in it, None before the first and while one is open."""

    id: int
    node: int
    name: str
    holder: str
    shift: int | None
    left_fen: int | None
    waits_for_signature: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SumLine:
    """What moved by one kind and means: how often, how much; `charge` is the kind of charge that was paid."""

    kind: str
    means: str
    times: int
    fen: int
    charge: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftView:
    """A shift. `system_fen` is the cash that should lie in the drawer, `counted_fen` what lay there at its end,
    `left_fen` what stayed for the next.
    """

    id: int
    drawer: int
    drawer_name: str
    node: int
    operator: str
    opened_at: datetime
    opening_fen: int
    opening_reason: str
    closed_at: datetime | None
    system_fen: int
    counted_fen: int | None
    left_fen: int | None
    reason: str
    signed_at: datetime | None
    signed_by: str
    sums: tuple[SumLine, ...]
    counts: Mapping[str, int]

    @property
    def difference_fen(self) -> int:
        """By how much the count differs from the system; nought before the shift is closed."""
        return 0 if self.counted_fen is None else self.counted_fen - self.system_fen


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptView:
    """A receipt with its number as printed."""

    id: int
    node: int
    text: str
    state: str
    issued_at: datetime
    day: date
    operator: str
    patron: int | None
    money_fen: int
    void_reason: str
    is_handed_in: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BookView:
    """A range of receipts; `left` numbers are unused."""

    id: int
    node: int
    drawer: int | None
    prefix: str
    width: int
    first: int
    last: int
    next: int

    @property
    def left(self) -> int:
        """How many numbers are unused."""
        return self.last - self.next + 1

    def text_of(self, number: int) -> str:
        """Return a number as it is printed."""
        return f"{self.prefix}{number:0{self.width}d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayView:
    """A closed day of a place."""

    id: int
    node: int
    day: date
    number: str
    closed_at: datetime
    closed_by: str
    sums: tuple[SumLine, ...]
    cash_fen: int
    receipts: int
    voided: int
    received_at: datetime | None
    received_by: str
    received_fen: int | None
    note: str
