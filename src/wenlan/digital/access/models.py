"""Tables of digital resources as they are opened."""

from typing import ClassVar

from django.db import models

from wenlan.digital.access.types import OpenTo, ResourceKind
from wenlan.kernel.ids import new_uid
from wenlan.kernel.words import say


class Resource(models.Model):
    """A digital resource behind a link. Its code stays for ever: figures are told by it."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    code = models.CharField(max_length=20, unique=True)
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    words = models.JSONField()
    kind = models.CharField(max_length=12, choices=ResourceKind)
    url = models.URLField(max_length=500)
    open_to = models.CharField(max_length=10, choices=OpenTo)
    signs = models.BooleanField(default=False)
    from_day = models.DateField()
    until_day = models.DateField(null=True, blank=True)  # half-open
    key = models.CharField(max_length=80, unique=True)

    def __str__(self) -> str:
        return say(self.words)


class HouseNetwork(models.Model):
    """A range of addresses behind which readers sit in the house."""

    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    range = models.CharField(max_length=50)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="digital_one_network_of_a_range", fields=["node", "range"]),
        ]

    def __str__(self) -> str:
        return self.range


class SupplierCount(models.Model):
    """What a supplier states of a resource and a month. A number stated anew replaces it in the ledger too."""

    resource = models.ForeignKey(Resource, models.PROTECT, related_name="+")
    month = models.DateField()
    items = models.PositiveBigIntegerField()
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="digital_one_count_a_month", fields=["resource", "month"]),
        ]

    def __str__(self) -> str:
        return f"{self.resource_id} {self.month}: {self.items}"
