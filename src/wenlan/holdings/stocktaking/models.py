"""Counts, their scans and what they found."""

from django.db import models
from django.db.models import Q

from wenlan.holdings.stocktaking.types import FindingKind, Resolution


class StockCount(models.Model):
    """A count of a place, or of a room or classes in it. `statement` is written when it is closed."""

    name = models.CharField(max_length=100)
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    department = models.ForeignKey("network.Department", models.PROTECT, null=True, blank=True, related_name="+")
    class_start = models.CharField(max_length=40, blank=True, default="")
    opened_at = models.DateTimeField()
    opened_on = models.DateField()
    opened_by = models.CharField(max_length=60, blank=True, default="")
    compared_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=60, blank=True, default="")
    statement = models.JSONField(null=True, blank=True)
    key = models.CharField(max_length=120, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="holdings_count_closes_with_statement",
                condition=Q(closed_at__isnull=True) | Q(statement__isnull=False, compared_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CountScan(models.Model):
    """A barcode that was read from the shelf, once in a count. A device that was off line gives its scans a `uid`."""

    count = models.ForeignKey(StockCount, models.PROTECT, related_name="scans")
    uid = models.UUIDField(null=True, blank=True)
    barcode = models.CharField(max_length=60)
    barcode_key = models.CharField(max_length=60)
    item = models.ForeignKey("holdings.Item", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    operator = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="holdings_scanned_once", fields=["count", "barcode_key"]),
            models.UniqueConstraint(name="holdings_one_scan_per_uid", fields=["uid"]),
        ]

    def __str__(self) -> str:
        return self.barcode


class CountFinding(models.Model):
    """A difference, and what was done about it. `barcode` names what no item carries."""

    count = models.ForeignKey(StockCount, models.PROTECT, related_name="findings")
    kind = models.CharField(max_length=12, choices=FindingKind)
    item = models.ForeignKey("holdings.Item", models.PROTECT, null=True, blank=True, related_name="+")
    barcode = models.CharField(max_length=60, blank=True, default="")
    resolution = models.CharField(max_length=12, choices=Resolution, blank=True, default="")
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="holdings_one_finding_per_item", fields=["count", "item"], condition=Q(item__isnull=False)
            ),
            models.UniqueConstraint(
                name="holdings_one_finding_per_barcode", fields=["count", "barcode"], condition=Q(item__isnull=True)
            ),
            models.CheckConstraint(
                name="holdings_finding_resolved_somehow",
                condition=Q(resolved_at__isnull=True) ^ ~Q(resolution=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.item_id or self.barcode}"
