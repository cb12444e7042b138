"""Accepted proposals."""

from django.db import models
from django.db.models import Q


class MoveOrder(models.Model):
    """An item that is to be brought to another place, where it stays by that place's rule of floating."""

    item = models.ForeignKey("holdings.Item", models.PROTECT, related_name="+")
    from_node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    to_node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=120, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="circulation_one_move_per_item",
                fields=["item"],
                condition=Q(sent_at__isnull=True, dropped_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} -> {self.to_node_id}"
