"""Tables of the shelves."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from wenlan.kernel.ids import new_uid
from wenlan.kernel.words import say
from wenlan.shelving.types import FindingKind, TaskKind, TaskState


class Area(models.Model):
    """Shelves of a place, from one call number to another. `order` is the way in which a cart goes."""

    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    department = models.ForeignKey("network.Department", models.PROTECT, null=True, blank=True, related_name="+")
    words = models.JSONField()
    first = models.CharField(max_length=60, blank=True, default="")
    last = models.CharField(max_length=60, blank=True, default="")
    first_key = models.CharField(max_length=240, blank=True, default="")
    last_key = models.CharField(max_length=240, blank=True, default="")
    from_day = models.DateField()
    until_day = models.DateField(null=True, blank=True)  # half-open
    key = models.CharField(max_length=80, unique=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="shelving_area_span", condition=Q(until_day=None) | Q(until_day__gte=F("from_day"))
            ),
        ]
        indexes: ClassVar = [models.Index(name="shelving_area_by_node", fields=["node", "first_key"])]

    def __str__(self) -> str:
        return say(self.words)


class Task(models.Model):
    """A task of a day at a place. What came back before `counted_at` is done with when the task is."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=12, choices=TaskKind)
    day = models.DateField()
    waiting = models.PositiveIntegerField(null=True, blank=True)
    counted_at = models.DateTimeField()
    note = models.CharField(max_length=200, blank=True, default="")
    state = models.CharField(max_length=8, choices=TaskState, default=TaskState.OPEN)
    taken_by = models.CharField(max_length=64, blank=True, default="")
    taken_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=64, blank=True, default="")
    volumes = models.PositiveIntegerField(null=True, blank=True)
    minutes = models.PositiveIntegerField(null=True, blank=True)
    volunteers = models.ManyToManyField("volunteers.Volunteer", related_name="+", blank=True)
    key = models.CharField(max_length=120, unique=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="shelving_done_says_how_much",
                condition=~Q(state=TaskState.DONE)
                | Q(done_at__isnull=False, volumes__isnull=False, minutes__isnull=False),
            ),
        ]
        indexes: ClassVar = [models.Index(name="shelving_task_by_day", fields=["node", "-day", "-id"])]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"


class Reading(models.Model):
    """One pass along the shelves of an area, barcode by barcode."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    day = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=64, blank=True, default="")
    volumes = models.PositiveIntegerField()
    key = models.CharField(max_length=80, unique=True)

    class Meta:
        indexes: ClassVar = [models.Index(name="shelving_reading_by_area", fields=["area", "-id"])]

    def __str__(self) -> str:
        return f"{self.area_id} {self.day}"


class Finding(models.Model):
    """Something that a reading found wrong, until it is settled."""

    reading = models.ForeignKey(Reading, models.PROTECT, related_name="findings")
    kind = models.CharField(max_length=12, choices=FindingKind)
    item = models.ForeignKey("holdings.Item", models.PROTECT, null=True, blank=True, related_name="+")
    barcode = models.CharField(max_length=60)
    position = models.PositiveIntegerField(null=True, blank=True)
    after = models.CharField(max_length=60, blank=True, default="")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=64, blank=True, default="")
    settled_as = models.CharField(max_length=10, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="shelving_finding_settled_somehow", condition=Q(settled_at__isnull=True) ^ ~Q(settled_as="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.barcode}"
