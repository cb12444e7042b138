"""Batches of changes, with what each item was before and is after."""

from django.db import models
from django.db.models import Q


class Batch(models.Model):
    """Changes to many items, prepared to be looked at and run at `run_at`. `undoes` is the batch it takes back."""

    made_at = models.DateTimeField()
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+", db_index=False)
    operator = models.CharField(max_length=60, blank=True, default="")
    changes = models.JSONField()
    run_at = models.DateTimeField(null=True, blank=True)
    run_by = models.CharField(max_length=60, blank=True, default="")
    undoes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="undone_by")
    key = models.CharField(max_length=120, unique=True)

    def __str__(self) -> str:
        return f"batch {self.pk}"


class BatchLine(models.Model):
    """One item of a batch. `outcome`: done, skipped (changed meanwhile), refused (out of the house), or none yet."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="lines")
    item = models.ForeignKey("holdings.Item", models.PROTECT, related_name="+")
    before = models.JSONField()
    after = models.JSONField()
    outcome = models.CharField(max_length=10, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="holdings_item_once_in_a_batch", fields=["batch", "item"]),
            models.CheckConstraint(
                name="holdings_batch_outcome", condition=Q(outcome__in=["", "done", "skipped", "refused"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.item_id}"
