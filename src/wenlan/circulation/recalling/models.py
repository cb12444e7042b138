"""Recalls."""

from django.db import models
from django.db.models import F, Q


class Recall(models.Model):
    """A loan that was asked back for a reservation. It is due earlier where a rule says so; withdrawn, it is not.

    One reservation recalls one loan at a time, and a loan is recalled once.
    """

    loan = models.ForeignKey("circulation.Loan", models.PROTECT, related_name="+")
    reservation = models.ForeignKey("circulation.Reservation", models.PROTECT, related_name="+")
    recalled_at = models.DateTimeField()
    recalled_by = models.CharField(max_length=64, blank=True)
    due_before = models.DateField()
    due_on = models.DateField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=80, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="circulation_loan_recalled_once", fields=["loan"], condition=Q(withdrawn_at__isnull=True)
            ),
            models.CheckConstraint(name="circulation_recall_shortens", condition=Q(due_on__lte=F("due_before"))),
        ]

    def __str__(self) -> str:
        return f"{self.loan_id} {self.due_on}"
