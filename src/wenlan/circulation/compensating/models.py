"""Copies that were brought for lost ones."""

from django.db import models
from django.db.models import F, Q

from wenlan.circulation.compensating.types import Match
from wenlan.kernel.ids import new_uid


class Compensation(models.Model):
    """A new copy that took the place of a lost one: the link between both, kept for ever. The reader is the loan's."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    loan = models.OneToOneField("circulation.Loan", models.PROTECT, related_name="+")
    lost_item = models.ForeignKey("holdings.Item", models.PROTECT, related_name="+")
    new_item = models.OneToOneField("holdings.Item", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    day = models.DateField()
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    by = models.CharField(max_length=64, blank=True)
    match = models.CharField(max_length=8, choices=Match)
    reason = models.CharField(max_length=200, blank=True, default="")
    settled_fen = models.PositiveBigIntegerField(default=0)
    key = models.CharField(max_length=80, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="circulation_compensation_two_copies", condition=~Q(lost_item=F("new_item"))),
            models.CheckConstraint(
                name="circulation_unfit_copy_has_a_reason",
                condition=Q(match__in=[Match.SAME, Match.NEWER]) | ~Q(reason=""),
            ),
        ]
        indexes = [models.Index(name="circulation_compensations", fields=["node", "-id"])]

    def __str__(self) -> str:
        return str(self.uid)
