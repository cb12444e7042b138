"""Tables of activities."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from wenlan.activities.planning.models import PlanItem
from wenlan.activities.types import CountingUnit, Mode, SessionStatus, SignUpStatus
from wenlan.kernel.ids import new_uid
from wenlan.kernel.words import say

__all__ = ["ActivityKind", "Lesson", "PlanItem", "Programme", "Session", "SignUp", "Tally"]


class ActivityKind(models.Model):
    """A kind that a library added, or one of the shipped kinds in its own words."""

    code = models.CharField(max_length=20, unique=True)
    words = models.JSONField()
    counted_by = models.CharField(max_length=12, choices=CountingUnit.choices)

    def __str__(self) -> str:
        return say(self.words)


class Programme(models.Model):
    """What sessions are sessions of: a lecture series, a brand, a festival, a single exhibition."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    code = models.CharField(max_length=60, unique=True)
    words = models.JSONField()
    kind = models.CharField(max_length=20)
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    part_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    mode = models.CharField(max_length=8, choices=Mode.choices, default=Mode.ONSITE)
    is_brand = models.BooleanField(default=False)
    is_alliance = models.BooleanField(default=False)
    edition = models.PositiveSmallIntegerField(null=True, blank=True)
    special_group = models.CharField(max_length=20, blank=True, default="")
    summary = models.TextField(blank=True, default="")
    organisers = models.JSONField(default=list, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["node", "code"], name="activities_programme_by_node")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(part_of__isnull=True) | ~Q(part_of=F("id")), name="activities_programme_not_part_of_itself"
            )
        ]

    def __str__(self) -> str:
        return say(self.words)


class Session(models.Model):
    """What is counted once: a lecture, a showing at one place, a class with its lessons."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="sessions")
    title = models.CharField(max_length=200, blank=True, default="")
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    department = models.ForeignKey("network.Department", models.PROTECT, null=True, blank=True, related_name="+")
    place = models.CharField(max_length=100, blank=True, default="")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    mode = models.CharField(max_length=8, choices=Mode.choices, default=Mode.ONSITE)
    special_group = models.CharField(max_length=20, blank=True, default="")
    status = models.CharField(max_length=10, choices=SessionStatus.choices, default=SessionStatus.PLANNED)
    reason = models.CharField(max_length=200, blank=True, default="")
    capacity = models.PositiveIntegerField(null=True, blank=True)
    places_taken = models.PositiveIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["node", "starts_at", "id"], name="activities_session_by_node")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="activities_session_ends_after_start"),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(places_taken__lte=F("capacity")),
                name="activities_session_within_capacity",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.programme)


class Lesson(models.Model):
    """One meeting of a class."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="lessons")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    topic = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering: ClassVar = ["starts_at"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="activities_lesson_ends_after_start")
        ]

    def __str__(self) -> str:
        return self.topic or str(self.session)


class Tally(models.Model):
    """People counted by hand at a session on a day, beside those checked in by name.

    A corrected count stays, with `replaced_at` set: its ledger row was reversed then.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    session = models.ForeignKey(Session, models.PROTECT, related_name="tallies")
    day = models.DateField()
    mode = models.CharField(max_length=8, choices=Mode.choices)
    persons = models.PositiveIntegerField()
    entered_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["session", "day", "mode"],
                condition=Q(replaced_at__isnull=True),
                name="activities_one_standing_tally_a_day_and_mode",
            )
        ]

    def __str__(self) -> str:
        return f"{self.session} {self.day}: {self.persons}"


class SignUp(models.Model):
    """One reader's place at a session, or on its waiting list."""

    PERSONAL_FIELDS: ClassVar = {"patron": "erase"}
    HARMLESS_FIELDS: ClassVar = frozenset({"id", "uid", "session", "status", "signed_up_at", "checked_in_at"})

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    session = models.ForeignKey(Session, models.PROTECT, related_name="sign_ups")
    patron = models.ForeignKey("patrons.Patron", models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=SignUpStatus.choices)
    signed_up_at = models.DateTimeField()
    checked_in_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "patron"], name="activities_one_sign_up_a_reader")
        ]

    def __str__(self) -> str:
        return f"{self.session} {self.patron_id}"
