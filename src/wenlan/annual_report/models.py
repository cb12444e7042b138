"""Editions with the figures they state, what was found in them, and the texts that the office states."""

from django.db import models
from django.db.models import F, Q

from wenlan.annual_report.types import FindingCode, State, Step
from wenlan.kernel.ids import new_uid


class StatedText(models.Model):
    """A text for a slot of the report, entered whole by the office; used in a year it was confirmed for."""

    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    slot = models.CharField(max_length=40)
    text = models.TextField()
    source_document = models.CharField(max_length=200, blank=True)
    from_day = models.DateField()
    until_day = models.DateField(null=True, blank=True)
    approver = models.CharField(max_length=60, blank=True)
    confirmed_for = models.PositiveSmallIntegerField(null=True, blank=True)
    sample = models.BooleanField(default=False)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey("staff.StaffMember", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_day__isnull=True) | Q(until_day__gt=F("from_day")), name="report_text_span"
            ),
        ]
        indexes = [models.Index(fields=["node", "slot"], name="report_text_of")]

    def __str__(self) -> str:
        return f"{self.slot} {self.from_day}"


class Edition(models.Model):
    """One composed report of a node and year. Composing again makes the next number; a signed one never changes."""

    uid = models.UUIDField(unique=True, default=new_uid, editable=False)
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    shape = models.CharField(max_length=40)
    scope = models.CharField(max_length=12)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    composed_at = models.DateTimeField()
    composed_by = models.ForeignKey("staff.StaffMember", models.PROTECT, null=True, blank=True, related_name="+")
    complete_until = models.DateField(null=True, blank=True)
    document = models.JSONField()
    drawings = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["node", "year", "number"], name="report_edition_number"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"


class EditionFigure(models.Model):
    """A figure as an edition states it. `value` is null when nothing is held, which is not nought."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="figures")
    position = models.PositiveSmallIntegerField()
    ref = models.CharField(max_length=8)
    name = models.CharField(max_length=120)
    measure = models.CharField(max_length=60)
    version = models.DateField()
    declaration = models.JSONField()
    where = models.JSONField(default=dict)
    value = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    period_start = models.DateField()
    period_end = models.DateField()
    scope = models.CharField(max_length=12)
    complete_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "ref"], name="report_figure_ref")]
        indexes = [models.Index(fields=["measure", "period_start"], name="report_figure_of")]

    def __str__(self) -> str:
        return f"{self.ref} {self.measure}"


class EditionFinding(models.Model):
    """What proof-reading noticed in an edition, and who let it stand for which reason."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="findings")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=20, choices=FindingCode)
    params = models.JSONField(default=dict)
    refs = models.JSONField(default=list)
    slot = models.CharField(max_length=40, blank=True)
    blocks = models.BooleanField(default=False)
    released_by = models.ForeignKey("staff.StaffMember", models.PROTECT, null=True, blank=True, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(blocks=False) | Q(released_at__isnull=True), name="report_blocking_stays_open"
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True) | ~Q(reason=""), name="report_release_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.code}"


class EditionStep(models.Model):
    """A step somebody took with an edition."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="steps")
    step = models.CharField(max_length=12, choices=Step)
    by = models.ForeignKey("staff.StaffMember", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    note = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.edition_id} {self.step}"
