"""Openings as kept."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from wenlan.facilities.openings.types import NoPosition
from wenlan.kernel.ids import new_uid


class Opening(models.Model):
    """One opening of a place: who signed in and out, when, and from where."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    day = models.DateField()
    opened_at = models.DateTimeField()
    by = models.CharField(max_length=64, blank=True)
    key = models.CharField(max_length=80, unique=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    accuracy_m = models.PositiveIntegerField(null=True, blank=True)
    no_position = models.CharField(max_length=12, choices=NoPosition, blank=True, default="")
    metres_off = models.PositiveIntegerField(null=True, blank=True)  # from the usual place, as it was known then
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=64, blank=True, default="")
    closed_key = models.CharField(max_length=80, unique=True, null=True, blank=True)
    is_told = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["node"], condition=Q(closed_at__isnull=True), name="facilities_one_open_a_place"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gt=F("opened_at")),
                name="facilities_open_before_closed",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=False, longitude__isnull=False) ^ ~Q(no_position=""),
                name="facilities_position_or_why_not",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["node", "day"], name="facilities_opening_by_day")]

    def __str__(self) -> str:
        return f"{self.node_id} {self.opened_at:%Y-%m-%d %H:%M}"
