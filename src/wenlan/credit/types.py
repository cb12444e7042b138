"""Points, charges and deposits as others see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenlan.kernel.words import say


class Event(models.TextChoices):
    """What changes points by rule; a rule says how many for one unit of it."""

    LATE = "late", _("Late return, for each open day")
    DAMAGE = "damage", _("Damage, for each item")
    LOSS = "loss", _("Loss, for each item")
    NO_SHOW = "no_show", _("Not coming to what one signed up for")
    LOAN = "loan", _("Loan, for each item")
    ON_TIME = "on_time", _("Return in time, for each item")
    ATTENDANCE = "attendance", _("Attending an activity")
    VOLUNTEERING = "volunteering", _("Volunteering, for each hour")


class Cause(models.TextChoices):
    """Why points changed: an event of the rules, or one of the acts that stand beside them."""

    STARTED = "started", pgettext_lazy("points", "Account opened")
    LATE = "late", pgettext_lazy("points", "Late return")
    DAMAGE = "damage", pgettext_lazy("points", "Damage")
    LOSS = "loss", pgettext_lazy("points", "Loss")
    NO_SHOW = "no_show", pgettext_lazy("points", "Did not come")
    LOAN = "loan", pgettext_lazy("points", "Loan")
    ON_TIME = "on_time", pgettext_lazy("points", "Return in time")
    ATTENDANCE = "attendance", pgettext_lazy("points", "Attendance")
    VOLUNTEERING = "volunteering", pgettext_lazy("points", "Volunteering")
    RESTORED = "restored", pgettext_lazy("points", "Restored over time")
    AMNESTY = "amnesty", pgettext_lazy("points", "Restored by amnesty")
    CORRECTED = "corrected", pgettext_lazy("points", "Corrected by staff")
    REVIEWED = "reviewed", pgettext_lazy("points", "Given back after a review")
    UNDONE = "undone", pgettext_lazy("points", "Undone with its act")
    IMPORTED = "imported", pgettext_lazy("points", "Taken over")


class ReviewState(models.TextChoices):
    """Where a request to look again stands."""

    OPEN = "open", pgettext_lazy("review", "Open")
    GRANTED = "granted", pgettext_lazy("review", "Granted")
    REFUSED = "refused", pgettext_lazy("review", "Refused")


class Contact(models.TextChoices):
    """How a reader is told something that matters."""

    NOTICE = "notice", pgettext_lazy("contact", "Notice")
    CALL = "call", pgettext_lazy("contact", "Telephone call")
    SLIP = "slip", pgettext_lazy("contact", "Printed slip")
    LETTER = "letter", pgettext_lazy("contact", "Letter")


class ChargeKind(models.TextChoices):
    """What a reader is asked to pay for."""

    LATE = "late", pgettext_lazy("charge", "Overdue charge")
    LOSS = "loss", pgettext_lazy("charge", "Compensation for a loss")
    DAMAGE = "damage", pgettext_lazy("charge", "Compensation for damage")
    CARD = "card", pgettext_lazy("charge", "Card replaced")
    IMPORTED = "imported", pgettext_lazy("charge", "Taken over unpaid")


@dataclass(frozen=True, slots=True, kw_only=True)
class PointRule:
    """How one event changes points: `points` for a unit, and how many at most for one time, a day, a month.

    `points` is negative for deductions; the limits are numbers of points without a sign, 0: no limit.
    """

    points: int
    most_each: int = 0
    most_a_day: int = 0
    most_a_month: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CompensationTerms:
    """What a lost item costs: per cent of its price by the year it came out.

    `factors` are (published from year, per cent), oldest first; an item of unknown year or older than all pays the
    first. With `by_set` the price of the whole set of volumes is taken. `handling_fen` is added, `least_fen` the least.
    """

    factors: tuple[tuple[int, int], ...] = ((0, 100),)
    by_set: bool = True
    handling_fen: int = 0
    least_fen: int = 0


class SlipsBy(models.TextChoices):
    """How reminder slips are sorted and which lists go with them."""

    GROUP = "group", _("class or department")
    UNIT = "unit", _("unit")
    HOME = "home", _("home library and category")


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipRunView:
    """A printing of reminder slips; `readers` and `loans` as they were when it was made."""

    id: int
    number: str
    at: datetime
    day: date
    node: int
    operator: str
    by: str
    per_sheet: int
    return_by: date
    readers: int
    loans: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One step of dunning: `days` after the due date (negative: before it) and how it is done."""

    days: int
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRule:
    """What late returns, losses and good conduct mean for readers of a place and category, from a day on.

    `start_points` None: no points are kept. `charge_fen` is for a volume and open day, at most `charge_cap_fen` (None:
    no cap, but never above the price). `suspend_days` stop the card as many days for a day late. `restore_points` come
    back every `restore_days` without a deduction, up to the start. `refund_days`: within them a found item is refunded.
    """

    code: str
    words: Mapping[str, str]
    node: int
    from_day: date
    category: str = ""
    start_points: int | None = None
    most_points: int | None = None
    points: Mapping[str, PointRule] = field(default_factory=dict)
    restore_points: int = 0
    restore_days: int = 0
    grace_days: int = 0
    charge_fen: int = 0
    charge_cap_fen: int | None = None
    suspend_days: int = 0
    suspend_cap_days: int | None = None
    deposit_fen: int = 0
    compensation: CompensationTerms = CompensationTerms()
    refund_days: int = 0
    reminders: Sequence[Reminder] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleView(NewRule):
    """One version of a rule; `until_day` is half-open and empty for the version in force."""

    id: int
    until_day: date | None

    @property
    def name(self) -> str:
        """The words in the language being spoken."""
        return say(self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedItem:
    """What credit has to know of an item whose loan ended, as the caller's package knows it.

    `price_fen` of the volume, `set_price_fen` of the whole set, None where not known; `published` is a year.
    """

    barcode: str
    title: str
    price_fen: int | None = None
    set_price_fen: int | None = None
    published: int | None = None

    @property
    def words(self) -> str:
        """Title and barcode, as a charge names the item."""
        return f"{self.title} {self.barcode}".strip()[:300]


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """What the end of a loan meant for the reader, in words of figures; all zero when nothing followed.

    `points` is the change, `balance` what stands now (None: no points are kept), `waived_points` and `waived_fen` what
    an amnesty spared, `suspended_until` the last day without lending, `charge` the id of a new charge.
    """

    points: int = 0
    balance: int | None = None
    waived_points: int = 0
    charge: int | None = None
    charged_fen: int = 0
    waived_fen: int = 0
    suspended_until: date | None = None


NOTHING_FOLLOWS = Consequence()


@dataclass(frozen=True, slots=True, kw_only=True)
class PointLine:
    """One entry of a reader's ledger of points; `waived` points were spared and are in no balance."""

    id: int
    at: datetime
    day: date
    node: int
    operator: str
    cause: str
    points: int
    balance: int
    waived: int
    reason: str
    rule: int | None
    amnesty: int | None
    is_reversed: bool

    @property
    def cause_label(self) -> str:
        """The cause in the language being spoken."""
        return str(Cause(self.cause).label)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountView:
    """A reader's account: points (None: none are kept), what is owed, the deposit held and asked for, and the rule."""

    patron: int
    points: int | None
    owed_fen: int
    deposit_fen: int
    rule: RuleView | None
    guarantee: str = ""

    @property
    def deposit_due_fen(self) -> int:
        """What is missing of the deposit; nothing where an outside credit stands for it."""
        if self.rule is None or self.guarantee:
            return 0
        return max(self.rule.deposit_fen - self.deposit_fen, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewView:
    """A request to look again. `words` and `answer` are personal."""

    id: int
    patron: int
    home_node: int
    entry: PointLine | None
    asked_at: datetime
    asked_by: str
    words: str
    state: str
    decided_at: datetime | None
    decided_by: str
    answer: str
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AmnestyView:
    """A waiver over a period `[from_day, until_day)` and a subtree, with what it has done so far."""

    id: int
    name: str
    node: int
    from_day: date
    until_day: date
    restores: bool
    waives_charges: bool
    basis: str
    asked_by: str
    asked_at: datetime
    approved_by: str
    approved_at: datetime | None
    readers: int
    points: int
    returns: int
    charges_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AmnestyPreview:
    """What an amnesty would do now: readers concerned, points given back, deductions and charges waived."""

    readers: int
    points: int
    deductions: int
    charges: int
    charges_fen: int
