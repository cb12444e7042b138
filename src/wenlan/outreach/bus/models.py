"""Stops, lines with their timetable and its exceptions, trips with stops and crew."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from wenlan.kernel.ids import new_uid
from wenlan.outreach.bus.types import Pattern, Purpose, TripState


class BusStop(models.Model):
    """A place where the bus stops. `entry` and `entry_out` are its lines in the record book of stops."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    words = models.JSONField()
    host = models.CharField(max_length=20, blank=True, default="")
    address = models.CharField(max_length=200, blank=True, default="")
    home = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    node = models.ForeignKey("network.Node", models.PROTECT, null=True, blank=True, related_name="+")
    from_day = models.DateField()
    until_day = models.DateField(null=True, blank=True)
    entry = models.UUIDField(null=True, blank=True, unique=True)
    entry_out = models.UUIDField(null=True, blank=True)
    key = models.CharField(max_length=120, unique=True)

    def __str__(self) -> str:
        return str(self.uid)


class BusLine(models.Model):
    """A line: on which weekday in which weeks, with which vehicle as a rule, from the bus's place."""

    words = models.JSONField()
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    vehicle = models.ForeignKey("facilities.Machine", models.PROTECT, null=True, blank=True, related_name="+")
    weekday = models.PositiveSmallIntegerField()
    pattern = models.CharField(max_length=16, choices=Pattern, default=Pattern.EVERY)
    from_day = models.DateField()
    until_day = models.DateField(null=True, blank=True)
    key = models.CharField(max_length=120, unique=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="outreach_line_weekday"),
            models.CheckConstraint(
                condition=Q(until_day__isnull=True) | Q(until_day__gt=F("from_day")), name="outreach_line_span"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class LineCall(models.Model):
    """A stop of a line and its times."""

    line = models.ForeignKey(BusLine, models.CASCADE, related_name="calls")
    stop = models.ForeignKey(BusStop, models.PROTECT, related_name="+")
    arrives = models.TimeField()
    leaves = models.TimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["line", "stop"], name="outreach_stop_once_a_line"),
            models.CheckConstraint(condition=Q(leaves__gt=F("arrives")), name="outreach_call_span"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.arrives}"


class LineException(models.Model):
    """A day on which a line runs, or does not, beside its timetable."""

    line = models.ForeignKey(BusLine, models.CASCADE, related_name="exceptions")
    day = models.DateField()
    runs = models.BooleanField()
    reason = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["line", "day"], name="outreach_one_exception_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.day}"


class Trip(models.Model):
    """One outing of one vehicle. `filled` is what the book's entry was last filled with from the acts."""

    PERSONAL_FIELDS: ClassVar = {"drivers": "kept with the record book's entry", "others": "as drivers"}
    HARMLESS_FIELDS: ClassVar = frozenset(
        {"id", "uid", "vehicle", "node", "department", "line", "purpose", "title", "day", "started_at", "ended_at"}
        | {"state", "crew", "note", "entry", "filled", "opened_by", "key"}
    )

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    vehicle = models.ForeignKey("facilities.Machine", models.PROTECT, related_name="+")
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    department = models.ForeignKey("network.Department", models.PROTECT, null=True, blank=True, related_name="+")
    line = models.ForeignKey(BusLine, models.PROTECT, null=True, blank=True, related_name="+")
    purpose = models.CharField(max_length=8, choices=Purpose)
    title = models.CharField(max_length=120, blank=True, default="")
    day = models.DateField(db_index=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=TripState, default=TripState.UNDER_WAY)
    drivers = models.JSONField(default=list)
    crew = models.JSONField(default=list)
    others = models.JSONField(default=list)
    note = models.CharField(max_length=300, blank=True, default="")
    entry = models.UUIDField(null=True, blank=True)
    filled = models.JSONField(default=dict)
    opened_by = models.CharField(max_length=64, blank=True)
    key = models.CharField(max_length=120, unique=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gt=F("started_at")), name="outreach_trip_span"
            ),
            models.UniqueConstraint(
                fields=["vehicle"],
                condition=Q(state=TripState.UNDER_WAY, ended_at__isnull=True),
                name="outreach_one_trip_under_way",
            ),
            models.CheckConstraint(
                condition=~Q(state=TripState.CLOSED) | Q(ended_at__isnull=False), name="outreach_closed_trip_has_ended"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.vehicle_id}"


class TripStop(models.Model):
    """A stop of a trip, planned, served or left out; `name` is kept as it was then."""

    trip = models.ForeignKey(Trip, models.CASCADE, related_name="stops")
    stop = models.ForeignKey(BusStop, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120)
    planned = models.TimeField(null=True, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    is_left_out = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name
