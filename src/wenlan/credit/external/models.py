"""Orders with an outside credit, each as far as it has come."""

from django.db import models
from django.db.models import Q

from wenlan.credit.external.types import GuaranteeState


class Guarantee(models.Model):
    """An outside credit stands for a reader's deposit."""

    patron = models.ForeignKey("patrons.Patron", models.PROTECT, related_name="+")
    provider = models.CharField(max_length=20)
    own_order = models.CharField(max_length=40, unique=True)
    order = models.CharField(max_length=64, blank=True, default="")
    state = models.CharField(max_length=12, choices=GuaranteeState, default=GuaranteeState.ASKED)
    amount_fen = models.PositiveBigIntegerField()
    harm_fen = models.PositiveBigIntegerField(default=0)
    asked_at = models.DateTimeField()
    consented_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    expires_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="credit_one_guarantee_in_force",
                fields=["patron"],
                condition=Q(state__in=[GuaranteeState.ASKED, GuaranteeState.IN_FORCE, GuaranteeState.REPORTED]),
            ),
            models.CheckConstraint(
                name="credit_harm_within_guarantee", condition=Q(harm_fen__lte=models.F("amount_fen"))
            ),
        ]

    def __str__(self) -> str:
        return self.own_order
