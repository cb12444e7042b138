"""What a choice at a bookshop takes and answers."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenlan.circulation.types import Refusal as LoanRefusal
from wenlan.holdings.types import Availability

LOAN = "loan."  # before the code of what stands against any loan to the reader


class Refusal(models.TextChoices):
    """Why the library does not buy a book for a reader now, and what to do next; in the order of the counter."""

    CAMPAIGN_OVER = "campaign_over", _("No campaign runs at this bookshop today. Ask the library when the next begins.")
    CARD_UNKNOWN = "card_unknown", _("No reader has this card. Scan it again, or register at any desk of the library.")
    CATEGORY = "category", _("The campaign is not for readers of this category. Borrow at the library instead.")
    CREDIT_FLOOR = "credit_floor", _("The reader's points are under those the campaign asks. Points come back in time.")
    REGISTERED_LATE = (
        "registered_late",
        _("The campaign is for readers who registered before its day. Borrow at the library instead."),
    )
    MONTH_BOOKS = "month_books", _("The reader has chosen as many books this month as one may. Come again next month.")
    MONTH_SUM = "month_sum", _("The books chosen this month would cost more than one reader may. Choose a cheaper one.")
    CHOSEN_BEFORE = "chosen_before", _("The reader has chosen this book before. Choose another one.")
    ISBN_WRONG = "isbn_wrong", _("This is no ISBN: its check digit does not fit. Scan the barcode on the back again.")
    HELD = "held", _("The library has this book or it is on its way. Reserve it: it comes to any branch.")
    PRICE_OVER = (
        "price_over",
        _("The book costs more than the campaign pays for one. Suggest it to the library instead."),
    )
    YEAR_OLD = "year_old", _("The book is older than the campaign buys. Choose a newer edition.")
    CLASS_EXCLUDED = "class_excluded", _("The campaign does not buy books of this class. Choose another one.")
    WORD_EXCLUDED = (
        "word_excluded",
        _("The campaign does not buy textbooks, exercises and the like. Choose another one."),
    )
    BUDGET_SPENT = "budget_spent", _("The campaign's budget does not reach for this book any more. Tell the library.")
    LABEL_WRONG = "label_wrong", _("This label is not one the library gave to this shop. Take one of its roll.")
    LABEL_USED = "label_used", _("This label is on another book already. Take the next one.")


class ChoiceState(models.TextChoices):
    """What became of a choice."""

    LENT = "lent", _("Bought and lent")
    CANCELLED = "cancelled", _("Given back to the shop")


class SettlementState(models.TextChoices):
    """Where the statement of a month stands."""

    MADE = "made", _("Waits for approval")
    APPROVED = "approved", _("To be paid")
    PAID = "paid", pgettext_lazy("state of a statement", "Paid")
    SENT_BACK = "sent_back", pgettext_lazy("state of a statement", "Sent back")


class Part(models.TextChoices):
    """What one row of the ledger says of a chosen book: the volume, or what it costs in fen."""

    VOLUME = "volume", _("Volumes chosen")
    PAID = "fen", _("What they cost, in fen")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason against a choice: the code of `Refusal`, or `loan.` and that of a check-out, and the numbers."""

    code: str
    because: str = ""

    @property
    def text(self) -> str:
        """The reason as people read it, with what to do next."""
        if self.code.startswith(LOAN):
            label = LoanRefusal(self.code.removeprefix(LOAN)).label
        else:
            label = Refusal(self.code).label
        return f"{label} ({self.because})" if self.because else str(label)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopFacts:
    """A bookshop that takes part: its supplier, the place at which its loans are made, the series of its labels."""

    code: str
    name: str
    supplier: int
    node: int
    address: str = ""
    series: tuple[int, ...] = ()
    is_active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopView(ShopFacts):
    """A bookshop that is known; `discount_permille` of the list price is paid (None: the whole)."""

    id: int
    supplier_name: str
    discount_permille: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a campaign buys, for whom, and up to what; None and empty are without such a condition.

    `copies_limit`: a book is bought as long as the network has fewer copies, those on order counted (1: only what it
    does not hold). Prices are list prices; `month_fen` and the budget are what the library pays. Both ends of the
    days are in. A reader registered before `registered_before`.
    """

    from_day: date
    until_day: date
    budget_fen: int
    copies_limit: int = 1
    price_limit_fen: int | None = None
    month_books: int | None = None
    month_fen: int | None = None
    categories: tuple[str, ...] = ()
    credit_floor: int | None = None
    registered_before: date | None = None
    excluded_classes: tuple[str, ...] = ()
    excluded_words: tuple[str, ...] = ()
    earliest_year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignFacts:
    """A campaign: whose the books become, where they are processed, at which shops, on which terms."""

    name: str
    node: int
    processed_at: int
    shops: tuple[int, ...]
    terms: Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignView(CampaignFacts):
    """A campaign that is known; `spent_fen` is what the books chosen so far cost."""

    id: int
    spent_fen: int
    volumes: int
    ended_on: date | None

    @property
    def left_fen(self) -> int:
        """What is left of the budget."""
        return self.terms.budget_fen - self.spent_fen

    def runs_on(self, day: date) -> bool:
        """Whether books can be chosen on the day."""
        last = min(self.terms.until_day, self.ended_on) if self.ended_on else self.terms.until_day
        return self.terms.from_day <= day <= last


@dataclass(frozen=True, slots=True, kw_only=True)
class BookOnPaper:
    """What the clerk reads off the book; what the catalogue or a supplier's file says stands in for what is empty."""

    title: str = ""
    author: str = ""
    publisher: str = ""
    year: int | None = None
    price_fen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A card and a book at the counter of a shop; `label` is the barcode glued into it, empty while it is asked only.

    `campaign` None takes the first that runs at the shop.
    """

    shop: int
    card: str
    isbn: str
    book: BookOnPaper = field(default_factory=BookOnPaper)
    label: str = ""
    campaign: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownBook:
    """A book as it is known by its ISBN, with what the clerk read; `record` is ours, None when there is none."""

    isbn: str
    record: int | None = None
    title: str = ""
    author: str = ""
    publisher: str = ""
    year: int | None = None
    class_number: str = ""
    price_fen: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether title and price are known: without them nothing is bought."""
        return bool(self.title) and self.price_fen is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """The copies of an ISBN over the network: where they are, those on order, those that readers chose at a shop."""

    places: tuple[Availability, ...] = ()
    on_order: int = 0
    chosen: int = 0

    @property
    def held(self) -> int:
        """How many the network holds."""
        return sum(place.held for place in self.places)

    @property
    def counted(self) -> int:
        """How many there are with those on order."""
        return self.held + self.on_order


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the counter is told: the reader, the book, its copies, every reason against it, what it would cost.

    `reader` is None for an unknown card, `book` while no ISBN was read. `card` is the number behind what was scanned:
    an e-card's code lives a minute only. `month_books` is how many the reader has chosen this month in the campaign.
    """

    campaign: CampaignView | None
    card: str
    reader: int | None
    month_books: int
    book: KnownBook | None
    copies: Copies
    reasons: tuple[Reason, ...]
    paid_fen: int | None

    @property
    def is_good(self) -> bool:
        """Whether the book may be bought, once title and price are known."""
        return not self.reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceView:
    """A book that was chosen: a line of the shop's bill. It names no reader; `loan` leads to one while it is known."""

    id: int
    number: str
    campaign: int
    shop: int
    day: date
    at: datetime
    by: str
    isbn: str
    title: str
    author: str
    publisher: str
    list_price_fen: int
    paid_fen: int
    item: int
    barcode: str
    status: str
    accession_number: str
    record: int
    is_brief: bool
    loan: UUID
    state: str
    cancelled_on: date | None
    reason: str
    settlement: int | None

    @property
    def state_label(self) -> str:
        """The state in the language being spoken."""
        return str(ChoiceState(self.state).label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The answer to a choice: the line of the bill, and until when the book is lent."""

    choice: ChoiceView
    due_on: date
    left_fen: int
    was_repeated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalView:
    """A choice that was refused, with the reasons; it names no reader."""

    id: int
    at: datetime
    shop: int
    isbn: str
    title: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementView:
    """The statement of a shop for a month: volumes, list prices, what is paid; who made, approved and paid it."""

    id: int
    number: str
    shop: int
    month: date
    state: str
    volumes: int
    list_price_fen: int
    paid_fen: int
    made_on: date
    made_by: str
    approved_on: date | None
    approved_by: str
    paid_on: date | None
    voucher: str
    reason: str

    @property
    def state_label(self) -> str:
        """The state in the language being spoken."""
        return str(SettlementState(self.state).label)
