"""Pages of paper registers and the lines copied from them."""

from django.db import models
from django.db.models import Q

from wenlan.circulation.paper.types import Written
from wenlan.kernel.ids import new_uid


class PaperPage(models.Model):
    """One page of a paper register at one place, with its photograph."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    month = models.DateField()
    number = models.CharField(max_length=20, blank=True, default="")
    stored_file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField()
    by = models.CharField(max_length=64, blank=True)
    key = models.CharField(max_length=80, unique=True)

    class Meta:
        indexes = [models.Index(name="circulation_paper_by_place", fields=["node", "month"])]

    def __str__(self) -> str:
        return f"{self.node_id} {self.month:%Y-%m} {self.number}"


class PaperLine(models.Model):
    """One line. A loan or return of a known book by a known reader is an act like others, done through the journal
    (`journal_uid`); any other is counted in the ledger as it stands on the paper, under `paper:<uid>`.
    """

    PERSONAL_FIELDS = {"reader_written": "erase", "patron": "erase"}
    HARMLESS_FIELDS = frozenset(
        {
            "id",
            "uid",
            "page",
            "node",
            "what",
            "day",
            "day_written",
            "item_written",
            "line_key",
            "item",
            "quantity",
            "journal_uid",
            "entered_at",
            "entered_on",
            "by",
            "key",
            "struck_at",
            "struck_reason",
        }
    )

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    page = models.ForeignKey(PaperPage, models.PROTECT, null=True, blank=True, related_name="lines")
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    what = models.CharField(max_length=8, choices=Written)
    day = models.DateField()
    day_written = models.CharField(max_length=40)
    reader_written = models.CharField(max_length=80, blank=True, default="")
    item_written = models.CharField(max_length=200, blank=True, default="")
    line_key = models.CharField(max_length=64)  # a digest of what it says: the same line again is noticed
    patron = models.ForeignKey("patrons.Patron", models.PROTECT, null=True, blank=True, related_name="+")
    item = models.ForeignKey("holdings.Item", models.PROTECT, null=True, blank=True, related_name="+")
    quantity = models.PositiveIntegerField(default=1)
    journal_uid = models.UUIDField(null=True, blank=True, unique=True)
    entered_at = models.DateTimeField()
    entered_on = models.DateField()
    by = models.CharField(max_length=64, blank=True)
    key = models.CharField(max_length=80, unique=True)
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(name="circulation_paper_by_day", fields=["node", "day"]),
            models.Index(name="circulation_paper_by_key", fields=["line_key"]),
            models.Index(name="circulation_paper_to_forget", fields=["entered_on"], condition=~Q(reader_written="")),
        ]
        constraints = [models.CheckConstraint(name="circulation_paper_counts", condition=Q(quantity__gt=0))]

    def __str__(self) -> str:
        return f"{self.what} {self.day} {self.quantity}"
