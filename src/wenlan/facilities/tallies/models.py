"""Visits counted one by one."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wenlan.kernel.ids import new_uid


class VisitTally(models.Model):
    """People who came in together. One taken back stays, with `undone_at` set: its ledger row was reversed."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    day = models.DateField()
    at = models.DateTimeField()
    persons = models.PositiveIntegerField()
    by = models.CharField(max_length=64, blank=True)
    key = models.CharField(max_length=80, unique=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_key = models.CharField(max_length=80, unique=True, null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(persons__gt=0), name="facilities_tally_counts_somebody")
        ]
        indexes: ClassVar = [models.Index(fields=["node", "day"], name="facilities_tally_by_day")]

    def __str__(self) -> str:
        return f"{self.node_id} {self.day}: {self.persons}"
