"""Moves of due dates, and the loans that each of them moved."""

from django.db import models
from django.db.models import F, Q

from wenlan.kernel.ids import new_uid


class DueDateMove(models.Model):
    """One closure's move, worked off in batches: what is open is carried on by the clock, also after a crash."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    start = models.DateField()
    end = models.DateField()  # not included
    due_again = models.DateField()
    reason = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=64, blank=True)
    key = models.CharField(max_length=80, unique=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=64, blank=True, default="")
    undo_finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="circulation_closure_in_order", condition=Q(end__gt=F("start"), due_again__gte=F("end"))
            ),
        ]
        indexes = [
            models.Index(
                name="circulation_move_at_work",
                fields=["id"],
                condition=Q(finished_at=None) | Q(undone_at__isnull=False, undo_finished_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.node_id} {self.start}"


class MovedLoan(models.Model):
    """One due date that was moved. `restored`: given back by the undoing (true), left alone by it (false)."""

    move = models.ForeignKey(DueDateMove, models.PROTECT, related_name="+")
    loan = models.ForeignKey("circulation.Loan", models.PROTECT, related_name="+")
    due_before = models.DateField()
    due_on = models.DateField()
    restored = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="circulation_loan_moved_once", fields=["move", "loan"]),
            models.CheckConstraint(name="circulation_move_lengthens", condition=Q(due_on__gt=F("due_before"))),
        ]

    def __str__(self) -> str:
        return f"{self.loan_id}: {self.due_before} -> {self.due_on}"
