"""Crates that items travel in."""

from django.db import models
from django.db.models import F, Q


class Crate(models.Model):
    """One journey of a crate from a place to another; the code on the box comes again with the next journey."""

    code = models.CharField(max_length=40)
    from_node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    to_node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    run = models.CharField(max_length=60, blank=True, default="")  # the driver's run, as the library names it
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = models.CharField(max_length=64, blank=True, default="")
    key = models.CharField(max_length=80, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="circulation_one_journey_per_crate", fields=["code"], condition=Q(received_at__isnull=True)
            ),
            models.CheckConstraint(name="circulation_crate_goes_elsewhere", condition=~Q(from_node=F("to_node"))),
            models.CheckConstraint(
                name="circulation_crate_received_after_sent",
                condition=Q(received_at__isnull=True) | Q(sent_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.code
