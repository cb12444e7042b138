"""Files of readers and their lines."""

from django.db import models
from django.db.models import Q

from wenlan.kernel.ids import new_uid

OUTCOMES = ("new", "changed", "same", "rejected", "skipped")


class Intake(models.Model):
    """A file of readers as it was read. `source` names where its readers come from: the same in every trial."""

    PERSONAL_FIELDS = {"file_name": "erase"}
    HARMLESS_FIELDS = frozenset(
        {"id", "uid", "made_at", "node", "operator", "source", "profile", "facts", "run_at", "run_by", "key"}
    )

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    made_at = models.DateTimeField()
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    operator = models.CharField(max_length=64, blank=True, default="")
    source = models.CharField(max_length=30)
    profile = models.CharField(max_length=40)
    file_name = models.CharField(max_length=120, blank=True, default="")
    facts = models.JSONField(default=dict)  # sums of the file, unknown words, and what they were taken for
    run_at = models.DateTimeField(null=True, blank=True)
    run_by = models.CharField(max_length=64, blank=True, default="")
    key = models.CharField(max_length=80, unique=True)

    def __str__(self) -> str:
        return f"intake {self.pk}"


class IntakeLine(models.Model):
    """One line. What it says is kept encrypted for some weeks, so that it can be worked on and run again.

    `outcome` says what becomes of it (before the run) or became of it; `digest` tells whether a line of the
    same source changed since.
    """

    PERSONAL_FIELDS = {"said": "erase", "source_id": "erase", "problems": "erase"}
    HARMLESS_FIELDS = frozenset({"id", "intake", "number", "digest", "outcome", "patron"})

    intake = models.ForeignKey(Intake, models.CASCADE, related_name="lines", db_index=False)
    number = models.PositiveIntegerField()  # as the file shows it, counted from 1
    source_id = models.CharField(max_length=60, blank=True, default="")
    digest = models.CharField(max_length=32, blank=True, default="")
    said = models.BinaryField(null=True, blank=True)
    outcome = models.CharField(max_length=10)
    problems = models.JSONField(default=list)
    patron = models.ForeignKey("patrons.Patron", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="patrons_line_once_in_an_intake", fields=["intake", "number"]),
            models.CheckConstraint(name="patrons_intake_outcome", condition=Q(outcome__in=OUTCOMES)),
        ]
        indexes = [models.Index(name="patrons_lines_by_source", fields=["source_id", "id"])]

    def __str__(self) -> str:
        return f"{self.intake_id}/{self.number}"
