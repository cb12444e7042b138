"""Suppliers, and their batches from arrival to acceptance."""

from django.db import models
from django.db.models import Q

from wenlan.acquisitions.bookshop.models import Bookshop, Choice, ChoiceCampaign, ChoiceRefusal, ShopSettlement
from wenlan.acquisitions.types import BatchState, CopyProblem, ErrorKind, FileKind, Outcome, PaidBy, ScanOutcome, Step
from wenlan.kernel.ids import new_uid

__all__ = [
    "Batch",
    "BatchCopy",
    "BatchFile",
    "BatchStep",
    "BatchTitle",
    "Bookshop",
    "Choice",
    "ChoiceCampaign",
    "ChoiceRefusal",
    "Parcel",
    "ParcelScan",
    "SampleError",
    "ShopSettlement",
    "Supplier",
]


class Supplier(models.Model):
    """A bookshop or distributor, and what was agreed about their batches."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=100)
    sample_percent = models.PositiveSmallIntegerField(default=5)
    most_errors_permille = models.PositiveSmallIntegerField(default=20)
    scans_parcels = models.BooleanField(default=True)
    gives_call_numbers = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    discount_permille = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="acquisitions_percent_share", condition=Q(sample_percent__lte=100)),
            models.CheckConstraint(name="acquisitions_permille_share", condition=Q(most_errors_permille__lte=1000)),
        ]

    def __str__(self) -> str:
        return self.name


class Batch(models.Model):
    """What a supplier brought at once, under one 批次号 from arrival to acceptance or return.

    The rule about the sample is copied from the supplier at arrival: a later agreement does not change it.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    number = models.CharField(max_length=20, unique=True)
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=BatchState)
    arrived_at = models.DateTimeField()
    arrived_on = models.DateField()
    owner_node = models.ForeignKey("network.Node", models.PROTECT, related_name="+", db_index=False)
    shelved_at = models.ForeignKey("network.Node", models.PROTECT, related_name="+", db_index=False)
    barcode_scope = models.CharField(max_length=20, blank=True, default="")
    origin = models.CharField(max_length=20, default="purchase")
    is_ready = models.BooleanField(default=False)
    sample_percent = models.PositiveSmallIntegerField()
    most_errors_permille = models.PositiveSmallIntegerField()
    scans_parcels = models.BooleanField()
    gives_call_numbers = models.BooleanField()
    sample_seed = models.CharField(max_length=16, blank=True, default="")
    paid_fen = models.PositiveBigIntegerField(null=True, blank=True)
    paid_by = models.CharField(max_length=8, choices=PaidBy, blank=True, default="")
    discount_permille = models.PositiveSmallIntegerField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="acquisitions_closed_has_a_day",
                condition=Q(state__in=(BatchState.ACCEPTED, BatchState.SENT_BACK)) ^ Q(closed_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class BatchFile(models.Model):
    """A file of a batch as it came, with its bytes. A file belongs to one batch, until that is sent back."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="files")
    kind = models.CharField(max_length=4, choices=FileKind)
    name = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    is_live = models.BooleanField(default=True)
    read = models.PositiveIntegerField(default=0)
    rejected = models.JSONField(default=list, blank=True)
    columns = models.JSONField(default=list, blank=True)
    sample = models.JSONField(default=list, blank=True)
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="acquisitions_one_batch_per_file", fields=["digest"], condition=Q(is_live=True)
            ),
            models.UniqueConstraint(name="acquisitions_one_file_of_a_kind", fields=["batch", "kind"]),
        ]

    def __str__(self) -> str:
        return self.name


class BatchTitle(models.Model):
    """A title of a batch: its record as it came (empty when only the list names it), and what it is to us."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="titles")
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=500)
    volume = models.CharField(max_length=500, blank=True)
    responsibility = models.CharField(max_length=1000, blank=True)
    publisher = models.CharField(max_length=500, blank=True)
    year = models.CharField(max_length=100, blank=True)
    isbn = models.CharField(max_length=13, blank=True)
    class_number = models.CharField(max_length=100, blank=True)
    price_fen = models.BigIntegerField(null=True, blank=True)
    listed = models.PositiveIntegerField(null=True, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome)
    candidates = models.JSONField(default=dict, blank=True)
    record = models.ForeignKey("catalogue.BibRecord", models.PROTECT, null=True, blank=True, related_name="+")
    same_as = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    decided_by = models.BigIntegerField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    notes = models.JSONField(default=list, blank=True)
    marc = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="acquisitions_one_title_a_position", fields=["batch", "position"]),
        ]
        indexes = [models.Index(name="acquisitions_doubtful", fields=["batch"], condition=Q(outcome=Outcome.DOUBTFUL))]

    def __str__(self) -> str:
        return self.title


class BatchCopy(models.Model):
    """A unit of a batch. `barcode_key` is empty where no item can be made under the barcode (`problem`).

    `paid_fen` is what the packing list says was paid for it.
    """

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="+")
    title = models.ForeignKey(BatchTitle, models.PROTECT, related_name="copies")
    position = models.PositiveIntegerField()
    barcode = models.CharField(max_length=40, blank=True)
    barcode_key = models.CharField(max_length=40, blank=True)
    problem = models.CharField(max_length=12, choices=CopyProblem, blank=True, default="")
    call_number = models.CharField(max_length=60, blank=True)
    volume = models.CharField(max_length=60, blank=True)
    price_fen = models.BigIntegerField(null=True, blank=True)
    paid_fen = models.BigIntegerField(null=True, blank=True)
    parcel = models.CharField(max_length=20)
    found_at = models.DateTimeField(null=True, blank=True)
    is_missing = models.BooleanField(default=False)
    is_sampled = models.BooleanField(default=False)
    inspected_at = models.DateTimeField(null=True, blank=True)
    item = models.ForeignKey("holdings.Item", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="acquisitions_one_copy_a_position", fields=["batch", "position"]),
            models.UniqueConstraint(
                name="acquisitions_one_copy_a_barcode", fields=["batch", "barcode_key"], condition=~Q(barcode_key="")
            ),
        ]

    def __str__(self) -> str:
        return self.barcode or str(self.position)


class Parcel(models.Model):
    """A parcel of a batch: scanned, then closed."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="parcels")
    number = models.CharField(max_length=20)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="acquisitions_one_parcel_a_number", fields=["batch", "number"]),
        ]

    def __str__(self) -> str:
        return self.number


class ParcelScan(models.Model):
    """One scan of a book in a parcel, whatever it found."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="+")
    parcel = models.CharField(max_length=20)
    code = models.CharField(max_length=40)
    outcome = models.CharField(max_length=12, choices=ScanOutcome)
    copy = models.ForeignKey(BatchCopy, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    operator = models.CharField(max_length=60, blank=True)
    key = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return self.code


class SampleError(models.Model):
    """Something wrong with a volume of the sample."""

    copy = models.ForeignKey(BatchCopy, models.PROTECT, related_name="errors")
    kind = models.CharField(max_length=16, choices=ErrorKind)
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    operator = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="acquisitions_one_error_of_a_kind", fields=["copy", "kind"])]

    def __str__(self) -> str:
        return self.kind


class BatchStep(models.Model):
    """One line of a batch's history; never changed."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    step = models.CharField(max_length=16, choices=Step)
    operator = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    details = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return f"{self.batch_id} {self.step}"
