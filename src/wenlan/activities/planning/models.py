"""The table of a year's plan."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wenlan.activities.planning.types import LONGEST_TITLE


class PlanItem(models.Model):
    """What a place means to hold in the year of `due_on`. What was held stands with the sessions."""

    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    title = models.CharField(max_length=LONGEST_TITLE)
    kind = models.CharField(max_length=20)
    due_on = models.DateField()
    target_sessions = models.PositiveIntegerField()
    target_persons = models.PositiveIntegerField(null=True, blank=True)
    carried_by = models.CharField(max_length=60, blank=True, default="")
    dropped_on = models.DateField(null=True, blank=True)
    key = models.CharField(max_length=80, unique=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="activities_plan_item_aims", condition=Q(target_sessions__gt=0)),
        ]
        indexes: ClassVar = [models.Index(name="activities_plan_by_node", fields=["node", "due_on"])]

    def __str__(self) -> str:
        return self.title
