"""What items look like from outside."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ItemStatus(models.TextChoices):
    """What may be done with an item now. It says nothing about whether the library owns it."""

    IN_PROCESSING = "in_processing", pgettext_lazy("item status", "In processing")
    IN_HANDOVER = "in_handover", pgettext_lazy("item status", "Handed over, not yet signed for")
    IN_TRANSFER = "in_transfer", pgettext_lazy("item status", "On transfer, not yet signed for")
    AVAILABLE = "available", pgettext_lazy("item status", "On the shelf")
    ON_LOAN = "on_loan", pgettext_lazy("item status", "On loan")
    IN_TRANSIT = "in_transit", pgettext_lazy("item status", "In transit")
    ON_HOLD_SHELF = "on_hold_shelf", pgettext_lazy("item status", "On the hold shelf")
    SEARCHED_FOR = "searched_for", pgettext_lazy("item status", "Being searched for")
    MISSING = "missing", pgettext_lazy("item status", "Missing")
    LOST = "lost", pgettext_lazy("item status", "Lost")
    LOST_ON_THE_WAY = "lost_on_the_way", pgettext_lazy("item status", "Lost between libraries")
    DAMAGED = "damaged", pgettext_lazy("item status", "Damaged")
    IN_REPAIR = "in_repair", pgettext_lazy("item status", "In repair")
    AT_BINDERY = "at_bindery", pgettext_lazy("item status", "At the bindery")
    LOCKED = "locked", pgettext_lazy("item status", "Out of service")
    SET_ASIDE = "set_aside", pgettext_lazy("item status", "Set aside to be deregistered")
    WITHDRAWN = "withdrawn", pgettext_lazy("item status", "Withdrawn")


class Transition(models.TextChoices):
    """The acts that change an item's state outside of circulation; `policies.STEPS` says from where to where.

    The last ten are parts of other operations (handover, transfer, weeding) and are not offered by hand.
    """

    FINISH = "finish", pgettext_lazy("item act", "Processing is finished: put it on the shelf")
    REPROCESS = "reprocess", pgettext_lazy("item act", "Take it back into processing")
    SEARCH = "search", pgettext_lazy("item act", "Not on the shelf: search for it")
    MISS = "miss", pgettext_lazy("item act", "Record it as missing")
    FIND = "find", pgettext_lazy("item act", "It was found")
    LOSE = "lose", pgettext_lazy("item act", "Give it up as lost")
    LOSE_ON_THE_WAY = "lose_on_the_way", pgettext_lazy("item act", "Record it as lost between libraries")
    DAMAGE = "damage", pgettext_lazy("item act", "Record damage")
    CLEAR = "clear", pgettext_lazy("item act", "Fit for use after all")
    REPAIR = "repair", pgettext_lazy("item act", "Send it to repair")
    BIND = "bind", pgettext_lazy("item act", "Send it to the bindery")
    RESTORE = "restore", pgettext_lazy("item act", "Back from repair or bindery, fit for use")
    GIVE_UP = "give_up", pgettext_lazy("item act", "Back from repair or bindery, beyond repair")
    LOCK = "lock", pgettext_lazy("item act", "Take it out of service")
    UNLOCK = "unlock", pgettext_lazy("item act", "Bring it back into service")
    HAND_OVER = "hand_over", pgettext_lazy("item act", "Handed over")
    RECEIVE = "receive", pgettext_lazy("item act", "Signed for")
    RECEIVE_ON = "receive_on", pgettext_lazy("item act", "Signed for, to be processed on")
    REFUSE = "refuse", pgettext_lazy("item act", "Refused on handover")
    TRANSFER = "transfer", pgettext_lazy("item act", "Sent on transfer")
    ARRIVE = "arrive", pgettext_lazy("item act", "Transfer signed for")
    SEND_BACK = "send_back", pgettext_lazy("item act", "Sent back from transfer")
    SET_ASIDE = "set_aside", pgettext_lazy("item act", "Weeding approved")
    KEEP = "keep", pgettext_lazy("item act", "Kept after all")
    WITHDRAW = "withdraw", pgettext_lazy("item act", "Deregistered")


class TreatmentKind(models.TextChoices):
    """Work on an item outside of the shelf."""

    REPAIR = "repair", pgettext_lazy("treatment", "Repair")
    BINDING = "binding", pgettext_lazy("treatment", "Binding")


class TreatmentOutcome(models.TextChoices):
    """How such work ended."""

    DONE = "done", pgettext_lazy("treatment", "Done")
    BEYOND_REPAIR = "beyond_repair", pgettext_lazy("treatment", "Beyond repair")


class Direction(models.TextChoices):
    """Which way volumes go in the registers."""

    IN = "in", pgettext_lazy("register", "In")
    OUT = "out", pgettext_lazy("register", "Out")


class WithdrawalWay(models.TextChoices):
    """How a volume leaves, in the order in which it is to be tried (文旅公共发〔2022〕44号)."""

    ALLOT = "allot", pgettext_lazy("way of disposal", "Allotted free of charge")
    DONATE = "donate", pgettext_lazy("way of disposal", "Donated")
    EXCHANGE = "exchange_out", pgettext_lazy("way of disposal", "Exchanged for others")
    SELL = "sell", pgettext_lazy("way of disposal", "Sold")
    SCRAP = "scrap", pgettext_lazy("way of disposal", "Reported as loss or scrapped")


class BookNumbers(models.TextChoices):
    """Where the book number (书次号) behind the class comes from."""

    RUNNING = "running", pgettext_lazy("book number", "Running number in the class")
    AUTHOR = "author", pgettext_lazy("book number", "Author number from a table")
    HAND = "hand", pgettext_lazy("book number", "Given by hand")


class NumberState(models.TextChoices):
    """What became of a running number that stands in the list of kept ones."""

    RESERVED = "reserved", pgettext_lazy("running number", "Reserved")
    FREE = "free", pgettext_lazy("running number", "Free again")
    USED = "used", pgettext_lazy("running number", "Used")


class Lending(models.TextChoices):
    """Whether an item leaves the house."""

    LENDABLE = "lendable", pgettext_lazy("lending", "May be lent")
    FIRST_LOAN = "first_loan", _("May be lent once, then to cataloguing")
    IN_HOUSE = "in_house", pgettext_lazy("lending", "For use in the house")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItem:
    """One unit to be registered as the library's property.

    `record` is the id of its bibliographic record. `owner` is who it belongs to (empty: where the act
    happens), `shelved_at` where its place is (empty: the owner). What is empty of `material`, `main_class`,
    `audience` and `language` is taken from the record, and the call number from its class. `origin` says
    how it came (purchase, gift, ...), `batch` its supplier's batch or invoice and `source` from whom: they make the
    line of the batch register, to which `paid_fen` (实洋) is added. `accession_number` (登录号) is one that it has
    already, from an old register; empty: the next of its owner. `key` tells the items of one batch apart.
    """

    record: int
    barcode: str
    barcode_scope: str = ""
    owner: int | None = None
    shelved_at: int | None = None
    department: int | None = None
    lending: str = Lending.LENDABLE
    status: str = ItemStatus.AVAILABLE
    material: str = ""
    main_class: str = ""
    audience: str = ""
    language: str = ""
    volume: str = ""
    call_number: str = ""
    list_price_fen: int | None = None
    origin: str = ""
    batch: str = ""
    source: str = ""
    paid_fen: int | None = None
    accession_number: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """An item. `present_node` is where it stands, or stood last; money is in fen."""

    id: int
    uid: UUID
    record: int
    barcode: str
    barcode_scope: str
    owner_node: int
    shelved_at: int
    present_node: int
    department: int | None
    status: str
    status_since: date
    lending: str
    material: str
    call_number: str
    main_class: str
    audience: str
    language: str
    volume: str
    list_price_fen: int | None
    accession_number: str
    accessioned_on: date
    withdrawn_on: date | None
    loans: int

    @property
    def is_available(self) -> bool:
        """Whether a reader can take it from the shelf and borrow it now."""
        return self.status == ItemStatus.AVAILABLE and self.lending == Lending.LENDABLE

    @property
    def status_label(self) -> str:
        """The status in the language being spoken."""
        return str(ItemStatus(self.status).label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """The units of one record at one node: how many have their place there, how many can be borrowed now."""

    node: int
    held: int
    available: int
    call_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRule:
    """How book numbers are given in a range of classes, both ends in with all that is under them."""

    first: str
    last: str
    book_numbers: str
    author_table: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """How book numbers are given; `node` is None for the scheme of everybody, whose code is empty.

    The first of `rules` that has the class decides, else `book_numbers`. `lines` are what stands above the class for
    the collections of some departments, by their ids. The rest of a call number is added where the scheme says so:
    the volume, the year, and the number of the copy from the second on.
    """

    code: str = ""
    name: str = ""
    node: int | None = None
    book_numbers: str = BookNumbers.RUNNING
    author_table: str = ""
    rules: tuple[ClassRule, ...] = ()
    lines: Mapping[int, str] = field(default_factory=dict)
    with_volume: bool = False
    with_year: bool = False
    with_copy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptNumberView:
    """A running number that was reserved, used after that, or is free again."""

    id: int
    class_number: str
    number: int
    state: str
    record: int | None
    changed_at: datetime
    operator: str
    note: str

    @property
    def state_label(self) -> str:
        """The state in the language being spoken."""
        return str(NumberState(self.state).label)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTreatment:
    """What is to be done with an item, by whom, and until when; `work` says what is wrong."""

    kind: str
    work: str
    sent_to: str = ""
    expected_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StateChangeView:
    """One change of an item's state. `operator` is who did it as the ledger writes it (`staff:12`)."""

    at: datetime
    node: int
    operator: str
    before: str
    after: str
    transition: str
    reason: str

    @property
    def before_label(self) -> str:
        """The state it had, in the language being spoken."""
        return str(ItemStatus(self.before).label)

    @property
    def after_label(self) -> str:
        """The state it got, in the language being spoken."""
        return str(ItemStatus(self.after).label)

    @property
    def act_label(self) -> str:
        """What was done, in the language being spoken."""
        return str(Transition(self.transition).label)


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatmentView:
    """A repair or a binding. `returned_on` and `outcome` are empty while it lasts; `cost_fen` is None when unknown."""

    id: int
    item: int
    kind: str
    sent_on: date
    sent_to: str
    work: str
    expected_on: date | None
    returned_on: date | None
    outcome: str
    cost_fen: int | None
    note: str

    @property
    def outcome_label(self) -> str:
        """How it ended, in the language being spoken; empty while it lasts."""
        return str(TreatmentOutcome(self.outcome).label) if self.outcome else ""
