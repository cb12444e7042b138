"""Uses in the house."""

from django.db import models
from django.db.models import Q

from wenlan.kernel.ids import new_uid


class InHouseUse(models.Model):
    """One item scanned from a table, or a department's tally of a day. A tally entered again replaces the first."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    item = models.ForeignKey("holdings.Item", models.PROTECT, null=True, blank=True, related_name="+")
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    department = models.ForeignKey("network.Department", models.PROTECT, null=True, blank=True, related_name="+")
    day = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=64, blank=True)
    quantity = models.PositiveIntegerField(default=1)
    key = models.CharField(max_length=80, unique=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="circulation_one_tally_per_day",
                fields=["department", "day"],
                condition=Q(item__isnull=True, replaced_at__isnull=True),
            ),
            models.CheckConstraint(name="circulation_scan_is_one", condition=Q(item__isnull=True) | Q(quantity=1)),
            models.CheckConstraint(
                name="circulation_tally_has_a_department", condition=Q(item__isnull=False) | Q(department__isnull=False)
            ),
        ]
        indexes = [models.Index(name="circulation_inhouse_by_day", fields=["day", "node"])]

    def __str__(self) -> str:
        return f"{self.day} {self.quantity}"
