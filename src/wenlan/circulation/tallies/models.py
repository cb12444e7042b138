"""Tallies of points."""

from django.db import models
from django.db.models import F, Q

from wenlan.kernel.ids import new_uid


class LendingTally(models.Model):
    """How many items a place lent from a day to a day (both in) that no scan tells of. A new number replaces it."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    from_day = models.DateField()
    day = models.DateField()  # the last one: under it the tally is counted
    loans = models.PositiveIntegerField()
    persons = models.PositiveIntegerField(default=0)
    told_by = models.CharField(max_length=60, blank=True, default="")  # who told it, as the paper says
    at = models.DateTimeField()
    by = models.CharField(max_length=64, blank=True)
    key = models.CharField(max_length=80, unique=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="circulation_one_tally_per_span",
                fields=["node", "day"],
                condition=Q(replaced_at__isnull=True),
            ),
            models.CheckConstraint(name="circulation_tally_days_in_order", condition=Q(from_day__lte=F("day"))),
            models.CheckConstraint(name="circulation_tally_persons_borrow", condition=Q(persons__lte=F("loans"))),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.loans}"
