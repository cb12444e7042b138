"""Days and seasons entered here, beside those that are shipped."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class SpecialDay(models.Model):
    """A public holiday, or a day worked for one; it goes before what is shipped for that day."""

    day = models.DateField(unique=True)
    is_off = models.BooleanField()
    names = models.JSONField()
    source = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.day} {'off' if self.is_off else 'worked'}"


class Season(models.Model):
    """A named stretch of a year at a node and all under it; it goes before the shipped one of its code and year."""

    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    names = models.JSONField()
    start = models.DateField()
    end = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="network_season_span"),
            models.UniqueConstraint(fields=["node", "code", "start"], name="network_season_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.start}"


class AdmissionCap(models.Model):
    """Days on which no more than `most` people may come into a place, and those under it, in a slot (限流)."""

    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    from_day = models.DateField()
    until_day = models.DateField(null=True, blank=True)  # half-open; empty while it holds
    most = models.PositiveIntegerField()
    slot_minutes = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until_day__isnull=True) | Q(until_day__gt=F("from_day")), name="network_cap_span"
            ),
            models.CheckConstraint(condition=Q(most__gt=0, slot_minutes__gte=15), name="network_cap_lets_somebody_in"),
            models.UniqueConstraint(fields=["node", "from_day"], name="network_one_cap_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.node_id} {self.from_day}: {self.most}"
