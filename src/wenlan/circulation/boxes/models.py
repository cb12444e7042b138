"""Emptied boxes."""

from django.db import models


class EmptiedBox(models.Model):
    """A return machine's box that was emptied: what the machine said was in it, and which of it was not there."""

    device = models.CharField(max_length=60)
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    emptied_at = models.DateTimeField()
    emptied_by = models.CharField(max_length=64, blank=True)
    expected = models.PositiveIntegerField()
    missing = models.JSONField(default=list, blank=True)  # ids of items
    beside = models.PositiveIntegerField(default=0)
    key = models.CharField(max_length=80, unique=True)

    class Meta:
        indexes = [models.Index(name="circulation_box_of_machine", fields=["node", "device", "emptied_at"])]

    def __str__(self) -> str:
        return f"{self.device} {self.emptied_at:%Y-%m-%d}"
