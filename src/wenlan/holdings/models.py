"""Items: the physical units a library owns."""

from django.db import models
from django.db.models import F, Q

from wenlan.holdings.accounts.models import BookEntry, FormerHolding, LockedLine, LockedMonth, PriceCorrection
from wenlan.holdings.ancient.models import AncientVolume, AncientWork
from wenlan.holdings.batches.models import Batch, BatchLine
from wenlan.holdings.handovers.models import AllocationPlan, Handover, HandoverLine
from wenlan.holdings.series.models import BarcodeSeries
from wenlan.holdings.stocktaking.models import CountFinding, CountScan, StockCount
from wenlan.holdings.tagging.models import ItemTag
from wenlan.holdings.transfers.models import Transfer, TransferLine
from wenlan.holdings.types import (
    BookNumbers,
    ItemStatus,
    Lending,
    NumberState,
    Transition,
    TreatmentKind,
    TreatmentOutcome,
)
from wenlan.holdings.weeding.models import WeedingLine, WeedingList
from wenlan.kernel.ids import new_uid

__all__ = [
    "AllocationPlan",
    "AncientVolume",
    "AncientWork",
    "BarcodeSeries",
    "Batch",
    "BatchLine",
    "BookEntry",
    "CallNumberScheme",
    "CountFinding",
    "CountScan",
    "FormerHolding",
    "Handover",
    "HandoverLine",
    "Item",
    "ItemTag",
    "KeptNumber",
    "LockedLine",
    "LockedMonth",
    "PriceCorrection",
    "StateChange",
    "StockCount",
    "Transfer",
    "TransferLine",
    "Treatment",
    "WeedingLine",
    "WeedingList",
]


class Item(models.Model):
    """One physical unit with a barcode.

    A barcode is not a key: it is unique, without regard to case, within its scope (the old system or
    branch it was printed by). `present_node` is where the item stands, or stood last; `status`,
    `present_node`, `loans`, `reserved` and `held_for` (whom it is kept for) are written by circulation's hot
    statements, under this row's lock; none of them is in an index: PostgreSQL updates the row in its page (HOT).
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    record = models.ForeignKey("catalogue.BibRecord", models.PROTECT, related_name="+")
    barcode = models.CharField(max_length=40)
    barcode_key = models.CharField(max_length=40, editable=False)
    barcode_scope = models.CharField(max_length=20, blank=True, default="")
    owner_node = models.ForeignKey("network.Node", models.PROTECT, related_name="+", db_index=False)
    shelved_at = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    present_node = models.ForeignKey("network.Node", models.PROTECT, related_name="+", db_index=False)
    department = models.ForeignKey("network.Department", models.PROTECT, null=True, blank=True, related_name="+")
    status = models.CharField(max_length=16, choices=ItemStatus, default=ItemStatus.AVAILABLE)
    status_since = models.DateField()
    lending = models.CharField(max_length=12, choices=Lending, default=Lending.LENDABLE)
    material = models.CharField(max_length=20)
    call_number = models.CharField(max_length=60, blank=True, default="")
    call_key = models.CharField(max_length=240, blank=True, default="", editable=False)
    main_class = models.CharField(max_length=4, blank=True, default="")
    audience = models.CharField(max_length=12, blank=True, default="")
    language = models.CharField(max_length=3, blank=True, default="")
    volume = models.CharField(max_length=60, blank=True, default="")
    list_price_fen = models.PositiveBigIntegerField(null=True, blank=True)
    accession_number = models.CharField(max_length=40)
    accessioned_on = models.DateField()
    entered_in = models.ForeignKey(BookEntry, models.PROTECT, null=True, blank=True, related_name="+")
    left_in = models.ForeignKey(BookEntry, models.PROTECT, null=True, blank=True, related_name="+")
    accession_key = models.CharField(max_length=100, unique=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawal_reason = models.CharField(max_length=200, blank=True, default="")
    loans = models.PositiveIntegerField(default=0)
    reserved = models.BooleanField(default=False, db_default=False)  # somebody may wait: a return asks for the queue
    held_for = models.ForeignKey(
        "patrons.Patron", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="holdings_one_item_per_barcode", fields=["barcode_key", "barcode_scope"]),
            models.UniqueConstraint(
                name="holdings_one_item_per_accession_number", fields=["owner_node", "accession_number"]
            ),
            models.CheckConstraint(
                name="holdings_withdrawn_has_a_day",
                condition=Q(status=ItemStatus.WITHDRAWN) ^ Q(withdrawn_on__isnull=True),
            ),
            models.CheckConstraint(name="holdings_known_status", condition=Q(status__in=ItemStatus.values)),
        ]
        indexes = [
            models.Index(name="holdings_by_owner", fields=["owner_node", "material"]),
            models.Index(name="holdings_by_shelf", fields=["shelved_at", "call_key"]),
        ]

    def __str__(self) -> str:
        return self.barcode


class StateChange(models.Model):
    """One change of an item's state, kept for ever: when, where, by whom, from what to what, and why.

    Loans, returns and transits have books of their own in circulation; they are not repeated here.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+", db_index=False)
    operator = models.CharField(max_length=60, blank=True, default="")
    before = models.CharField(max_length=16, choices=ItemStatus)
    after = models.CharField(max_length=16, choices=ItemStatus)
    transition = models.CharField(max_length=16, choices=Transition)
    reason = models.CharField(max_length=200, blank=True, default="")
    key = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="holdings_one_change_per_key", fields=["item", "key"]),
            models.CheckConstraint(name="holdings_change_changes", condition=~Q(before=F("after"))),
        ]
        indexes = [models.Index(name="holdings_changes_by_place", fields=["node", "at"])]

    def __str__(self) -> str:
        return f"{self.item_id} {self.before} -> {self.after}"


class Treatment(models.Model):
    """An item at repair or at the bindery, and how it came back. An item is in one treatment at a time."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=TreatmentKind)
    sent_on = models.DateField()
    sent_to = models.CharField(max_length=100, blank=True, default="")
    work = models.CharField(max_length=200)
    expected_on = models.DateField(null=True, blank=True)
    returned_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=16, choices=TreatmentOutcome, blank=True, default="")
    cost_fen = models.PositiveBigIntegerField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True, default="")
    key = models.CharField(max_length=120, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="holdings_one_open_treatment", fields=["item"], condition=Q(returned_on__isnull=True)
            ),
            models.CheckConstraint(
                name="holdings_treatment_ends_somehow", condition=Q(returned_on__isnull=True) ^ ~Q(outcome="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.item_id}"


class CallNumberScheme(models.Model):
    """How book numbers are given at a node and all under it that has no scheme of its own.

    `rules` are [first class, last class, kind, table], `lines` the collection's line by the id of its department.
    `code` is what its counters are named after and never changes; the scheme of everybody has none.
    """

    code = models.CharField(max_length=20, unique=True)
    names = models.JSONField()
    node = models.OneToOneField("network.Node", models.PROTECT, related_name="+")
    book_numbers = models.CharField(max_length=12, choices=BookNumbers, default=BookNumbers.RUNNING)
    author_table = models.CharField(max_length=40, blank=True, default="")
    rules = models.JSONField(default=list)
    lines = models.JSONField(default=dict)
    with_volume = models.BooleanField(default=False)
    with_year = models.BooleanField(default=False)
    with_copy = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.code


class KeptNumber(models.Model):
    """A running number that was reserved for a title, or that came back and may be given again by hand.

    `state` free means that nobody has it. A number stands here once in its scheme and class.
    """

    scheme = models.CharField(max_length=20, blank=True, default="")
    class_number = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=NumberState)
    record = models.ForeignKey("catalogue.BibRecord", models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField()
    operator = models.CharField(max_length=60, blank=True, default="")
    note = models.CharField(max_length=100, blank=True, default="")
    key = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="holdings_number_once", fields=["scheme", "class_number", "number"]),
            models.CheckConstraint(
                name="holdings_free_number_is_nobodys",
                condition=~Q(state=NumberState.FREE) | Q(record__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.class_number}/{self.number}"
