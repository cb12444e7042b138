"""A page of a paper register, a line of it, and what has to be asked before it is taken in."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Written(models.TextChoices):
    """What a line of a paper register says."""

    OUT = "out", _("Loan")
    IN = "in", _("Return")
    VISIT = "visit", pgettext_lazy("act", "Visit")


class Doubt(models.TextChoices):
    """What a person has to confirm before a line is taken in."""

    TWICE = "twice", _("The same line was copied already.")
    IN_THE_BOOKS = "in_the_books", _("This loan or return of that day stands in the system already.")
    COUNTED_ALREADY = "counted_already", _("Visits of that day were counted already. Both would count.")
    OFF_THE_PAGE = "off_the_page", _("The day is not in the month of this page.")
    LONG_AGO = "long_ago", _("That is more than a year ago. The reports of that year may be signed.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """A page: `month` is the first day of the month it was written in; `photo` the uid of the stored photograph."""

    uid: UUID
    node: int
    month: date
    number: str
    photo: UUID | None
    taken_at: datetime
    by: str
    lines: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLine:
    """A line as it stands on the paper.

    `day_written` is the date as written ("3.5", "三月五日", "2019-3-5"). `reader` and `item` are what was written of
    them; `card` and `barcode` (`scope`) say who and what they are here, as far as somebody knows. `quantity` is
    volumes, or persons of a visit. `back_written` is the date of the return, where the same line has it.
    """

    what: str
    day_written: str
    reader: str = ""
    item: str = ""
    card: str = ""
    barcode: str = ""
    scope: str = ""
    quantity: int = 1
    back_written: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """A line that was taken in.

    `problem` names what a person still has to decide about a loan or return of a known book; `late_days` is how many
    days lie between the day on the paper and the day it was copied; `struck_at` when it was taken back.
    """

    uid: UUID
    page: UUID | None
    node: int
    what: str
    day: date
    day_written: str
    reader: str
    item: str
    is_known: bool
    quantity: int
    entered_at: datetime
    by: str
    late_days: int
    problem: str = ""
    struck_at: datetime | None = None

    @property
    def what_label(self) -> str:
        """What it says, in words."""
        return str(Written(self.what).label)


@dataclass(frozen=True, slots=True, kw_only=True)
class LateSum:
    """What was copied of a month after it was over: acts by what they are, at one place."""

    node: int
    month: date
    what: str
    quantity: int
