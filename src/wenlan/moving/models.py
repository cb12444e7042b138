"""Trials and runs as they were reported, what did not fit in them, and the sums of past months that were told."""

from django.db import models
from django.db.models import Q

from wenlan.kernel.ids import new_uid


class Run(models.Model):
    """One trial or run over a folder of exports. `report` is what it found; lines that do not fit stand beside."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    made_at = models.DateTimeField()
    made_on = models.DateField()
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    operator = models.CharField(max_length=64, blank=True, default="")
    source = models.CharField(max_length=20)
    profile = models.CharField(max_length=40)
    folder = models.CharField(max_length=255)
    is_trial = models.BooleanField()
    is_last = models.BooleanField(default=False)
    report = models.JSONField(default=dict)
    key = models.CharField(max_length=80, unique=True)

    class Meta:
        indexes = [models.Index(name="moving_runs_of_a_source", fields=["source", "-id"])]

    def __str__(self) -> str:
        return f"{self.source} {self.made_on}"


class Misfit(models.Model):
    """A line that does not fit, in a trial or run: numbers of items are kept, of readers only the line."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="misfits")
    part = models.CharField(max_length=12)
    file = models.CharField(max_length=120)
    line = models.PositiveIntegerField()
    what = models.CharField(max_length=64, blank=True, default="")
    problem = models.CharField(max_length=20)
    words = models.CharField(max_length=200, blank=True, default="")

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class PastSum(models.Model):
    """What the ledger has of a sum that another system printed: `quantity` under `rows` rows, the last one included.

    `role` is the sum itself, or what keeps the stock as it is beside it.
    """

    source = models.CharField(max_length=20)
    measure = models.CharField(max_length=40)
    role = models.CharField(max_length=8, default="sum")
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    day = models.DateField()
    quantity = models.IntegerField(default=0)
    rows = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="moving_a_sum_is_told_once", fields=["source", "measure", "role", "node", "day"]
            ),
            models.CheckConstraint(name="moving_role_of_a_sum", condition=Q(role__in=["sum", "balance", "since"])),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.day}"
