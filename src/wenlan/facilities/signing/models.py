"""Rooms that count their own readers."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class SigningRoom(models.Model):
    """A room that is counted by its sign-ins for a span of days, and not by a sum of the day."""

    department = models.ForeignKey("network.Department", models.PROTECT, related_name="+")
    from_day = models.DateField()
    until_day = models.DateField(null=True, blank=True)  # half-open

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["department"], condition=Q(until_day__isnull=True), name="facilities_room_signs_in_once"
            ),
            models.CheckConstraint(
                condition=Q(until_day__isnull=True) | Q(until_day__gte=F("from_day")), name="facilities_signing_span"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department_id} {self.from_day}"
