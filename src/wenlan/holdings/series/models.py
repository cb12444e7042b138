"""The table of series."""

from django.db import models
from django.db.models import F, Q


class BarcodeSeries(models.Model):
    """Barcodes printed or bought ahead; `first_key` and `last_key` are its ends as items are matched with them."""

    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    prefix = models.CharField(max_length=20, blank=True)
    digits = models.PositiveSmallIntegerField()
    scope = models.CharField(max_length=20, blank=True, default="")
    first = models.PositiveBigIntegerField()
    last = models.PositiveBigIntegerField()
    first_key = models.CharField(max_length=40)
    last_key = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=100, blank=True)
    key = models.CharField(max_length=100, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="holdings_series_goes_up", condition=Q(last__gte=F("first"))),
            models.UniqueConstraint(name="holdings_series_begins_once", fields=["scope", "prefix", "digits", "first"]),
        ]

    def __str__(self) -> str:
        return f"{self.first_key} – {self.last_key}"
