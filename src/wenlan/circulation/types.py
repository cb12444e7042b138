"""What lending, returning and renewing take and answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import models
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from wenlan.circulation.reserving.types import Held
from wenlan.credit.types import Consequence
from wenlan.kernel.words import say


class Surety(models.TextChoices):
    """What a reader had given as a surety when a loan was made: the subject of its row in the ledger.

    Rows without one are of earlier times, of paper registers and of sums that points told.
    """

    NONE = "no_deposit", _("without a deposit")
    DEPOSIT = "deposit", _("with a deposit")


class Initiative(models.TextChoices):
    """Who asked for a renewal. An automatic one is never counted as a service to a reader."""

    READER = "reader", pgettext_lazy("who asked for a renewal", "Reader")
    STAFF = "staff", pgettext_lazy("who asked for a renewal", "Staff")
    AUTOMATIC = "automatic", pgettext_lazy("who asked for a renewal", "Automatic")


class RenewFrom(models.TextChoices):
    """The day a renewal runs from."""

    DUE_DATE = "due", _("From the due date")
    TODAY = "today", _("From the day of renewal")


class FixedDue(models.TextChoices):
    """What a fixed due date does to a loan (寒暑假, the end of a school year)."""

    EXTENDS = "extends", _("Due on that day at the earliest")
    CUTS = "cuts", _("Due on that day at the latest")


class LoanEnd(models.TextChoices):
    """How a loan ended, where it was not by a return."""

    RETURNED = "", pgettext_lazy("end of a loan", "Returned")
    LOST = "lost", _("Lost by the reader")


class UndoneAct(models.TextChoices):
    """Which act was taken back."""

    CHECK_OUT = "check_out", _("Loan")
    CHECK_IN = "check_in", _("Return")
    RENEW = "renew", _("Renewal")


class Refusal(models.TextChoices):
    """Why an item is not lent or a loan not renewed, in the order of the desk: card, reader, limits, item."""

    CARD_LOST = "card_lost", _("This card has been reported lost. Keep it, and ask the person for another proof.")
    CARD_SUSPENDED = "card_suspended", _("This card has been stopped. Another card of the reader may serve.")
    CARD_ENDED = "card_ended", _("This card has been replaced or closed. Ask for the new card.")
    READER_DEREGISTERED = "reader_deregistered", _("The reader has been deregistered. Register the reader anew.")
    READER_SUSPENDED = "reader_suspended", _("The reader is suspended from borrowing.")
    CARD_EXPIRED = "card_expired", _("The reader's account has expired. Verify the reader and extend it.")
    LOAN_LIMIT_REACHED = "loan_limit_reached", _("The reader has as many items as the category allows.")
    KIND_LIMIT_REACHED = "kind_limit_reached", _("The reader has as many items of this kind as the rule allows.")
    CREDIT_TOO_LOW = "credit_too_low", _("The reader's credit points are under the floor. Ask for another look.")
    SUMS_OWED = "sums_owed", _("The reader owes more than the rule allows. Settle it, or ask for another look.")
    ITEMS_OVERDUE = "items_overdue", _("The reader holds overdue items. They come back first.")
    ITEM_ON_LOAN = "item_on_loan", _("The item is recorded as lent. Take it back first.")
    ITEM_RESERVED = "item_reserved", _("The item is kept for a reader who reserved it. Put it on the hold shelf.")
    ITEM_IN_TRANSIT = "item_in_transit", _("The item is on its way to another place. Receive it first.")
    ITEM_IN_PROCESSING = "item_in_processing", _("The item is still in processing. Hand it to cataloguing.")
    ITEM_MISSING = "item_missing", _("The item was recorded as missing. Report it as found first.")
    ITEM_LOST = "item_lost", _("The item was recorded as lost. Report it as found first.")
    ITEM_DAMAGED = "item_damaged", _("The item is damaged, in repair or at the bindery.")
    ITEM_IN_HANDOVER = "item_in_handover", _("The item was handed over and nobody has signed for it yet. Sign first.")
    ITEM_LOCKED = "item_locked", _("The item was taken out of service.")
    ITEM_SET_ASIDE = "item_set_aside", _("The item was set aside to be deregistered. Put it aside.")
    ITEM_WITHDRAWN = "item_withdrawn", _("The item no longer belongs to the stock. Put it aside.")
    ITEM_NOT_FOR_LOAN = "item_not_for_loan", _("The item is for use in the house.")
    NO_RULE = "no_rule", _("No lending rule holds here for this reader and item. Ask the administrator.")
    OVERDUE = "overdue", _("The loan is overdue and cannot be renewed. Please bring the item back.")
    RENEWALS_USED = "renewals_used", _("The loan has been renewed as often as the rule allows.")
    NOT_LONGER = "not_longer", _("A renewal today would not lengthen the loan. Try nearer to the due date.")
    RESERVED = "reserved", _("Another reader waits for this title, so the loan is not renewed.")
    RESERVATION_LIMIT_REACHED = (
        "reservation_limit_reached",
        _("The reader has as many reservations as the rule allows."),
    )
    ALREADY_RESERVED = "already_reserved", _("The reader has reserved this already.")
    ALREADY_BORROWED = "already_borrowed", _("The reader has this at home.")
    NOTHING_TO_RESERVE = "nothing_to_reserve", _("There is no copy that could come to the hold shelf.")
    OTHER_READER = "other_reader", _("The item is not lent to this reader.")
    NOT_ON_LOAN = "not_on_loan", _("The item is not on loan.")


# What stands against a reader or a card for now. Staff with the right may overrule it.
READER_FOR_NOW = frozenset(
    {
        Refusal.CARD_SUSPENDED,
        Refusal.READER_SUSPENDED,
        Refusal.CARD_EXPIRED,
        Refusal.LOAN_LIMIT_REACHED,
        Refusal.KIND_LIMIT_REACHED,
        Refusal.CREDIT_TOO_LOW,
        Refusal.SUMS_OWED,
        Refusal.ITEMS_OVERDUE,
    }
)
# What stands against lending or renewing this item now. Staff with the right may overrule it.
ITEM_FOR_NOW = frozenset(
    {
        Refusal.ITEM_RESERVED,
        Refusal.ITEM_IN_TRANSIT,
        Refusal.ITEM_IN_PROCESSING,
        Refusal.ITEM_MISSING,
        Refusal.ITEM_LOST,
        Refusal.ITEM_DAMAGED,
        Refusal.ITEM_LOCKED,
        Refusal.ITEM_NOT_FOR_LOAN,
    }
)
LOAN_FOR_NOW = frozenset({Refusal.OVERDUE, Refusal.RENEWALS_USED, Refusal.RESERVED})
CARD_GONE = frozenset({Refusal.CARD_LOST, Refusal.CARD_ENDED})
# What staff with the right may overrule. The others are facts that no right changes.
OVERRIDABLE = READER_FOR_NOW | ITEM_FOR_NOW | LOAN_FOR_NOW
# What happened without a line can be recorded even so, once a person has decided: whose the card was is known.
HAPPENED = OVERRIDABLE | CARD_GONE
# What is a question of the reader and the card, whoever may overrule it; the others are of the item.
OF_THE_READER = READER_FOR_NOW | CARD_GONE | {Refusal.READER_DEREGISTERED}
# What a rule decides over a reader, who may ask that a person looks again; the others are facts of a card or an item.
DECIDED_OVER_A_READER = (
    (READER_FOR_NOW - {Refusal.CARD_SUSPENDED})
    | LOAN_FOR_NOW
    | {
        Refusal.NO_RULE,
        Refusal.RESERVATION_LIMIT_REACHED,
    }
)
Overrides = frozenset[Refusal]
NONE: Overrides = frozenset()


class NextStep(models.TextChoices):
    """Where an item goes from the return desk."""

    SHELVE = "shelve", _("Put it back on the shelf.")
    SEND = "send", _("Send it to its own place.")
    HOLD = "hold", _("Put it on the hold shelf.")
    LOOK = "look", _("Put it aside: its record says something else.")
    PROCESS = "process", _("Hand it to cataloguing: it was lent before it was catalogued.")


class ItemRef(NamedTuple):
    """An item as it was scanned. A barcode may repeat across scopes; empty means that it is the only one."""

    barcode: str
    scope: str = ""


class CardRef(NamedTuple):
    """A card as it was scanned."""

    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFields:
    """What a rule may state; None leaves it to the next rule up.

    Days are calendar days but `hold_days`, which are open days of the place of pick-up. `loan_limit` counts
    the reader's open loans of the owner and material that the rule names, all of them when it names none;
    `float_limit` is how many copies of a title may stay at a place that is not theirs; `hub` is the node that
    what goes home travels by. A loan that is recalled is due after `recall_days`; one that `renews_itself` is renewed
    the day before it is due, where nothing stands against it.
    """

    loan_days: int | None = None
    renewals: int | None = None
    renewal_days: int | None = None
    renew_from: str | None = None
    fixed_due_on: date | None = None
    fixed_due: str | None = None
    loan_limit: int | None = None
    credit_floor: int | None = None
    owed_limit_fen: int | None = None
    hold_days: int | None = None
    reservations: int | None = None
    floats: bool | None = None
    float_limit: int | None = None
    hub: int | None = None
    renews_itself: bool | None = None
    recall_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanRuleView(RuleFields):
    """One version of a lending rule; `owner` None, empty `category` and `material` hold for every one."""

    id: int
    code: str
    words: dict[str, str]
    node: int
    owner: int | None = None
    category: str
    material: str
    from_day: date
    until_day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRule(RuleFields):
    """A lending rule from a day on, for loans at a node and all under it; `until_day` is half-open."""

    code: str
    words: dict[str, str]
    node: int
    from_day: date
    until_day: date | None = None
    owner: int | None = None
    category: str = ""
    material: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindLimit:
    """How many items of an owner (with all under it) and a material one reader may have; None and "" are any."""

    owner: int | None
    material: str
    most: int
    rule: LoanRuleView


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What the rules say together: each field by the most specific rule that states it (`stated_by`)."""

    loan_days: int
    renewals: int
    renewal_days: int
    renew_from: str
    fixed_due_on: date | None
    fixed_due: str
    credit_floor: int | None
    owed_limit_fen: int | None
    hold_days: int
    reservations: int | None
    floats: bool
    float_limit: int | None
    hub: int | None
    renews_itself: bool
    recall_days: int | None
    limits: tuple[KindLimit, ...]
    stated_by: Mapping[str, LoanRuleView]

    @property
    def rule(self) -> LoanRuleView:
        """The rule that gives the loan its days: its version is kept with the loan."""
        return self.stated_by["loan_days"]

    @property
    def total(self) -> KindLimit | None:
        """The limit of all items together, None where the reader's category says it."""
        return next((limit for limit in self.limits if limit.owner is None and not limit.material), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """For how long, and why: `earliest` is the day before the calendar of the place moved it to `due_on`.

    `fixed_by` is the rule whose fixed day took the place of the days; `places` names the nodes of both rules.
    """

    rule: LoanRuleView
    days: int
    earliest: date
    due_on: date
    fixed_by: LoanRuleView | None = None
    places: Mapping[int, Mapping[str, str]] = field(default_factory=dict)

    @property
    def explanation(self) -> str:
        """Why the due date is what it is, for people."""
        by = self.fixed_by or self.rule
        said = {
            "days": self.days,
            "fixed": self.earliest.isoformat(),
            "rule": say(by.words),
            "place": say(self.places.get(by.node, {})),
            "closed": dayname(self.earliest, self.due_on),
            "open": dayname(self.due_on, self.earliest),
        }
        return self._sentence() % said

    def _sentence(self) -> str:
        if self.fixed_by and self.due_on == self.earliest:
            return gettext("Due on %(fixed)s: rule “%(rule)s” of %(place)s")
        if self.fixed_by:
            return gettext(
                "Due on %(fixed)s: rule “%(rule)s” of %(place)s, moved to %(open)s because %(closed)s is closed"
            )
        if self.due_on == self.earliest:
            return gettext("%(days)s days: rule “%(rule)s” of %(place)s")
        return gettext("%(days)s days: rule “%(rule)s” of %(place)s, moved to %(open)s because %(closed)s is closed")


WEEK = 7


def dayname(day: date, beside: date) -> str:
    """Return a day as people call it beside another: by its weekday within a week, else by its date."""
    return str(WEEKDAYS[day.weekday()]) if abs((day - beside).days) < WEEK else day.isoformat()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lent:
    """The answer to a check-out. `terms` is None and `was_repeated` true when the key came before."""

    loan: UUID
    item: int
    record: int
    title: str
    barcode: str
    patron: int
    due_on: date
    open_loans: int
    loan_limit: int
    terms: Terms | None
    overridden: tuple[Refusal, ...] = ()
    material: str = ""
    was_repeated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """The answer to a check-in. `loan`, `patron` and `due_on` are None when the item was not on loan.

    `overdue_days` are the open days of the place of return; `destination` is a node, with SEND. `material`,
    `owner_node` and `main_class` are the item's, for machines that sort what comes in.
    """

    item: int
    record: int
    title: str
    barcode: str
    was_on_loan: bool
    next_step: NextStep
    status: str
    loan: UUID | None = None
    patron: int | None = None
    due_on: date | None = None
    overdue_days: int = 0
    destination: int | None = None
    held: Held | None = None
    consequence: Consequence | None = None
    material: str = ""
    owner_node: int | None = None
    main_class: str = ""
    was_repeated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewed:
    """The answer to a renewal."""

    loan: UUID
    item: int
    record: int
    title: str
    barcode: str
    patron: int
    due_before: date
    due_on: date
    renewals: int
    terms: Terms | None
    overridden: tuple[Refusal, ...] = ()
    was_repeated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """The answer to an undoing."""

    act: UndoneAct
    loan: UUID
    item: int
    patron: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanView:
    """One loan. `returned_on` None: still open, unless `is_cancelled`; `patron` None: forgotten after the return."""

    id: int
    uid: UUID
    item: int
    record: int
    barcode: str
    scope: str
    call_number: str
    title: str
    patron: int | None
    lent_at: datetime
    lent_on: date
    lent_node: int
    due_on: date
    renewals: int
    returned_on: date | None
    returned_node: int | None
    overdue_days: int | None
    is_cancelled: bool
    ended_as: str = ""
    claimed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OverdueLoan:
    """A loan that should have come back; `days` are calendar days."""

    loan: LoanView
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitView:
    """An item on its way."""

    item: int
    from_node: int
    to_node: int
    sent_at: datetime
