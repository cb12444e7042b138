"""Readers served at the door, the runs, their visits, and the books that went."""

from django.db import models
from django.db.models import F, Q

from wenlan.kernel.ids import new_uid
from wenlan.outreach.doorstep.types import Ground, Handed, Outcome


class DoorRule(models.Model):
    """Readers of a category, a special group or an age whom a place serves at the door by rule."""

    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    ground = models.CharField(max_length=12, choices=Ground)
    category = models.CharField(max_length=40, blank=True)
    special_group = models.CharField(max_length=20, blank=True)
    age_from = models.PositiveSmallIntegerField(null=True, blank=True)
    from_day = models.DateField()
    until_day = models.DateField(null=True, blank=True)  # half-open
    key = models.CharField(max_length=80, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="outreach_door_rule_is_for_somebody",
                condition=~Q(category="", special_group="", age_from__isnull=True),
            ),
            models.CheckConstraint(
                name="outreach_door_rule_span", condition=Q(until_day=None) | Q(until_day__gte=F("from_day"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ground} {self.category} {self.special_group}"


class DoorReader(models.Model):
    """A reader or group served at the door. Address, telephone and note are sealed, bound to `uid`."""

    PERSONAL_FIELDS = {"doorplate_cipher": "erase", "area": "names no person"}

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    patron = models.ForeignKey("patrons.Patron", models.PROTECT, related_name="+")
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    ground = models.CharField(max_length=12, choices=Ground)
    by_rule = models.BooleanField(default=False)
    area = models.CharField(max_length=60, blank=True)
    doorplate_cipher = models.BinaryField(null=True, blank=True)
    doorplate_key_version = models.PositiveSmallIntegerField(default=0)
    from_day = models.DateField()
    valid_until = models.DateField(null=True, blank=True)  # the last day
    ended_on = models.DateField(null=True, blank=True)
    made_by = models.CharField(max_length=64, blank=True)
    key = models.CharField(max_length=80, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="outreach_served_once", fields=["patron"], condition=Q(ended_on__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"at the door {self.pk}"


class DoorRun(models.Model):
    """One run of a day."""

    PERSONAL_FIELDS = {"crew": "kept in the record book"}

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    day = models.DateField()
    name = models.CharField(max_length=60)
    crew = models.CharField(max_length=120, blank=True)
    made_by = models.CharField(max_length=64, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=80, unique=True)

    class Meta:
        indexes = [models.Index(name="outreach_runs_of_place", fields=["node", "-day"])]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class DoorVisit(models.Model):
    """One door of a run."""

    PERSONAL_FIELDS = {"note": "erase"}

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    run = models.ForeignKey(DoorRun, models.CASCADE, related_name="visits")
    reader = models.ForeignKey(DoorReader, models.PROTECT, related_name="+")
    order = models.ForeignKey("circulation.BookOrder", models.PROTECT, null=True, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True, default="")
    persons = models.PositiveIntegerField(default=1)
    note = models.CharField(max_length=200, blank=True, default="")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(name="outreach_door_once_a_run", fields=["run", "reader"])]

    def __str__(self) -> str:
        return f"{self.run_id}/{self.position}"


class DoorCopy(models.Model):
    """One book that was given or collected at a visit, by its loan."""

    visit = models.ForeignKey(DoorVisit, models.PROTECT, related_name="copies")
    loan = models.ForeignKey("circulation.Loan", models.PROTECT, related_name="+")
    handed = models.CharField(max_length=10, choices=Handed)

    class Meta:
        constraints = [models.UniqueConstraint(name="outreach_book_once_each_way", fields=["loan", "handed"])]

    def __str__(self) -> str:
        return f"{self.visit_id} {self.handed}"
