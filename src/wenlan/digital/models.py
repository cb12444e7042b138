"""Tables of digital resources."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from wenlan.digital.access.models import HouseNetwork, Resource, SupplierCount
from wenlan.digital.types import Ownership
from wenlan.kernel.ids import new_uid
from wenlan.kernel.words import say

__all__ = ["HouseNetwork", "Resource", "ResourcePackage", "SupplierCount"]


class ResourcePackage(models.Model):
    """Electronic documents taken in together: a database, a collection of e-books."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    words = models.JSONField()
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    volumes = models.PositiveBigIntegerField()
    ownership = models.CharField(max_length=8, choices=Ownership.choices)
    added_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("added_on")), name="digital_package_span"
            ),
            models.CheckConstraint(condition=Q(volumes__gt=0), name="digital_package_holds_something"),
        ]

    def __str__(self) -> str:
        return say(self.words)
