"""What suppliers' batches look like from outside."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import models
from django.utils.translation import pgettext_lazy


class BatchState(models.TextChoices):
    """Where a batch stands. Accepted and sent back are the ends; a large one is received and accepted part by part."""

    RECEIVING = "receiving", pgettext_lazy("batch state", "Being received")
    MATCHING = "matching", pgettext_lazy("batch state", "To be decided")
    CHECKING = "checking", pgettext_lazy("batch state", "Being checked")
    ACCEPTING = "accepting", pgettext_lazy("batch state", "Being accepted")
    ACCEPTED = "accepted", pgettext_lazy("batch state", "Accepted")
    SENT_BACK = "sent_back", pgettext_lazy("batch state", "Sent back")


class Step(models.TextChoices):
    """What was done with a batch, in its history."""

    RECEIVED = "received", pgettext_lazy("batch step", "Received")
    DECIDED = "decided", pgettext_lazy("batch step", "A doubtful title was decided")
    MATCHED = "matched", pgettext_lazy("batch step", "Matched again")
    PARCEL_CLOSED = "parcel_closed", pgettext_lazy("batch step", "A parcel was closed")
    SAMPLE_DRAWN = "sample_drawn", pgettext_lazy("batch step", "A sample was drawn")
    BARCODED = "barcoded", pgettext_lazy("batch step", "Barcodes were given")
    PRICED = "priced", pgettext_lazy("batch step", "What is to pay was set")
    ACCEPTING = "accepting", pgettext_lazy("batch step", "Acceptance began")
    ACCEPTED = "accepted", pgettext_lazy("batch step", "Accepted")
    SENT_BACK = "sent_back", pgettext_lazy("batch step", "Sent back")


class PaidBy(models.TextChoices):
    """How it is known what a volume cost (实洋)."""

    UNKNOWN = "", pgettext_lazy("paid by", "not known")
    LIST = "list", pgettext_lazy("paid by", "as the packing list says")
    DISCOUNT = "discount", pgettext_lazy("paid by", "a share of the list price")
    TOTAL = "total", pgettext_lazy("paid by", "a sum for the whole batch")


class Outcome(models.TextChoices):
    """What a title of the batch is to the catalogue."""

    NEW = "new", pgettext_lazy("title of a batch", "New")
    COPY = "copy", pgettext_lazy("title of a batch", "Further copy")
    DOUBTFUL = "doubtful", pgettext_lazy("title of a batch", "Doubtful")


class Doubt(models.TextChoices):
    """Why a person has to look."""

    OTHER_PRICE = "other_price", pgettext_lazy("doubt", "same number, another price")
    OTHER_TITLE = "other_title", pgettext_lazy("doubt", "same number, another title")
    OTHER_VOLUME = "other_volume", pgettext_lazy("doubt", "same number, the volume is not stated on both")
    NO_NUMBER = "no_number", pgettext_lazy("doubt", "same title, but no number to tell by")
    SEVERAL = "several", pgettext_lazy("doubt", "several records fit")


class FileKind(models.TextChoices):
    """The two files of a batch."""

    MARC = "marc", pgettext_lazy("file of a batch", "Records")
    LIST = "list", pgettext_lazy("file of a batch", "Packing list")


class CopyProblem(models.TextChoices):
    """Why no item can be made of a copy."""

    NONE = "", pgettext_lazy("copy of a batch", "none")
    NO_BARCODE = "no_barcode", pgettext_lazy("copy of a batch", "no barcode")
    TWICE = "twice", pgettext_lazy("copy of a batch", "the barcode stands twice in this batch")
    TAKEN = "taken", pgettext_lazy("copy of a batch", "the barcode is on another item")


class ScanOutcome(models.TextChoices):
    """What a scan of the parcel's books found."""

    FOUND = "found", pgettext_lazy("parcel scan", "Found")
    AGAIN = "again", pgettext_lazy("parcel scan", "Scanned before")
    OTHER_PARCEL = "other_parcel", pgettext_lazy("parcel scan", "Listed in another parcel")
    NOT_LISTED = "not_listed", pgettext_lazy("parcel scan", "Not in the list")


class ErrorKind(models.TextChoices):
    """What the sample check finds wrong with a volume."""

    BARCODE = "barcode", pgettext_lazy("sample error", "Barcode wrong or badly placed")
    DESCRIPTION = "description", pgettext_lazy("sample error", "Record does not fit the book")
    CLASSIFICATION = "classification", pgettext_lazy("sample error", "Class or call number wrong")
    LABEL = "label", pgettext_lazy("sample error", "Spine label wrong or missing")
    PROCESSING = "processing", pgettext_lazy("sample error", "Stamp, strip or tag missing")
    DAMAGE = "damage", pgettext_lazy("sample error", "Damaged or misprinted")


class Hindrance(models.TextChoices):
    """Why a batch cannot be accepted yet."""

    DOUBTFUL_LEFT = "doubtful_left", pgettext_lazy("acceptance", "Doubtful titles wait for a decision.")
    CATALOGUE_CHANGED = (
        "catalogue_changed",
        pgettext_lazy("acceptance", "The catalogue has changed since the batch was matched. Match it again."),
    )
    NOT_SCANNED = "not_scanned", pgettext_lazy("acceptance", "Parcels have not been scanned and closed.")
    NO_SAMPLE = "no_sample", pgettext_lazy("acceptance", "No sample has been drawn.")
    SAMPLE_OPEN = "sample_open", pgettext_lazy("acceptance", "Volumes of the sample have not been looked at.")
    TOO_MANY_ERRORS = (
        "too_many_errors",
        pgettext_lazy("acceptance", "The sample has more wrong volumes than agreed with the supplier."),
    )
    NOTHING_TO_MAKE = "nothing_to_make", pgettext_lazy("acceptance", "No item could be made of this batch.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierFacts:
    """A supplier and what was agreed with them.

    `sample_percent` of the volumes are looked at (0: none); at most `most_errors_permille` of these may be
    wrong. `scans_parcels`: every volume is scanned before acceptance. `gives_call_numbers`: the call numbers
    in the supplier's records are ours already and are kept. `discount_permille` of the list price is paid where
    the packing list does not say what is (750: 七五折; None: not agreed).
    """

    code: str
    name: str
    sample_percent: int = 5
    most_errors_permille: int = 20
    scans_parcels: bool = True
    gives_call_numbers: bool = False
    is_active: bool = True
    discount_permille: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierView(SupplierFacts):
    """A supplier that is known."""

    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file as it came."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What arrives: the supplier, one file or both, and where the copies will belong and stand.

    `owner` and `shelved_at` are nodes (None: where the act happens; the owner). `is_ready` says that the
    supplier has done all processing and the books can go straight to the shelf.
    """

    supplier: int
    marc: Upload | None = None
    packing_list: Upload | None = None
    owner: int | None = None
    shelved_at: int | None = None
    barcode_scope: str = ""
    origin: str = "purchase"
    is_ready: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """A file of a batch. `columns` are (what we read, the heading as written) of a packing list."""

    kind: str
    name: str
    read: int
    rejected: tuple[tuple[int, str], ...]
    columns: tuple[tuple[str, str], ...]
    sample: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchView:
    """A batch and its counts; money in fen. `paid_fen` is the sum that the packing list or a person states."""

    id: int
    number: str
    node: int
    supplier: SupplierView
    state: str
    arrived_on: date
    owner: int
    shelved_at: int
    is_ready: bool
    titles: int
    new: int
    copies_of_held: int
    doubtful: int
    copies: int
    found: int
    missing: int
    problems: int
    list_price_fen: int
    paid_fen: int | None
    paid_by: str
    discount_permille: int | None
    without_barcode: int
    accepted_copies: int
    sample_seed: str
    sample_size: int
    sample_done: int
    sample_wrong: int

    @property
    def is_open(self) -> bool:
        """Whether something can still be done with it."""
        return self.state in (BatchState.MATCHING, BatchState.CHECKING)

    @property
    def is_being_accepted(self) -> bool:
        """Whether its acceptance has begun and not ended; it can be gone on with."""
        return self.state == BatchState.ACCEPTING

    @property
    def is_arriving(self) -> bool:
        """Whether it is being received, or its taking in was interrupted."""
        return self.state == BatchState.RECEIVING

    @property
    def error_permille(self) -> int | None:
        """The share of wrong volumes in the volumes looked at, per mille; None before any was."""
        return round(self.sample_wrong * 1000 / self.sample_done) if self.sample_done else None


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleView:
    """A title of a batch. `candidates` are records of the catalogue, with the doubts about each."""

    id: int
    position: int
    title: str
    volume: str
    responsibility: str
    publisher: str
    year: str
    isbn: str
    class_number: str
    price_fen: int | None
    outcome: str
    record: int | None
    same_as: int | None
    copies: int
    listed: int | None
    is_decided: bool
    notes: tuple[str, ...]
    candidates: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def differs_from_list(self) -> bool:
        """Whether the packing list says another number of copies than the records."""
        return self.listed is not None and self.listed != self.copies


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyView:
    """A unit of a batch, made into `item` at acceptance."""

    id: int
    title_id: int
    title: str
    barcode: str
    parcel: str
    price_fen: int | None
    problem: str
    is_found: bool
    is_missing: bool
    is_sampled: bool
    is_inspected: bool
    item: int | None
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelView:
    """A parcel: what the list says, what was found, whether it is closed."""

    number: str
    copies: int
    found: int
    missing: int
    not_listed: int
    is_closed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanView:
    """One scan of a parcel's book; `title` is empty for a code that no copy of the batch has."""

    code: str
    parcel: str
    outcome: str
    title: str
    listed_in: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """One line of a batch's history; `operator` as in the ledger."""

    at: datetime
    step: str
    operator: str
    reason: str
    details: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """What an acceptance made: records added, items made, copies left out with a problem or missing."""

    number: str
    records: int
    items: tuple[int, ...]
    left_out: int
