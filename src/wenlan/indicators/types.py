"""What the figures' queries return."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext, pgettext

from wenlan.kernel.periods import Period
from wenlan.ledger.types import EventView, MeasureView

Value = int | Decimal | None

OWN, NETWORK = "own", "network"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure. `value` is None when it cannot be known (persons over two years, a rate over nothing).

    `scope` is `own` (the place with its buildings and buses) or `network` (all under it, by the tree of each day).
    Every act of the days before `complete_until` is in; `estimated` is the part of the value that was estimated.
    """

    measure: MeasureView
    value: Value
    node: int
    period: Period
    scope: str
    complete_until: date
    estimated: Value = 0

    @property
    def is_complete(self) -> bool:
        """Whether every act of the period is in."""
        return self.complete_until >= self.period.end

    @property
    def scope_name(self) -> str:
        """The scope in words (口径); the measure's own note stands behind it where it has one."""
        return pgettext("scope of a figure", "the library itself") if self.scope == OWN else gettext("whole network")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One part of a breakdown: the values of the dimensions asked, in their order. None is 'not known'."""

    keys: tuple[object, ...]
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class ActPage:
    """Acts behind a figure, in order of time. `next` is given back as `after`; None on the last page."""

    rows: tuple[EventView, ...]
    next: tuple[date, int] | None


Cells = Mapping[tuple[object, ...], Value]
