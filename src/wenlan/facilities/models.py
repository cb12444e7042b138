"""Tables of facilities: gates, the daily sums of visits, openings as kept."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from wenlan.facilities.admission.models import EntryAct, EntryBooking, EntrySlotCount
from wenlan.facilities.machines.models import Machine, MachineDeed, MachineDevice, OwnMachineType
from wenlan.facilities.openings.models import Opening
from wenlan.facilities.signing.models import SigningRoom
from wenlan.facilities.tallies.models import VisitTally
from wenlan.facilities.types import CountOrigin, Direction
from wenlan.kernel.ids import new_uid

__all__ = [
    "EntryAct",
    "EntryBooking",
    "EntrySlotCount",
    "Gate",
    "GateCount",
    "Machine",
    "MachineDeed",
    "MachineDevice",
    "Opening",
    "OwnMachineType",
    "RoomCount",
    "SigningRoom",
    "VisitTally",
]


class Gate(models.Model):
    """An entrance where visits are counted, by a device or by hand."""

    code = models.CharField(max_length=40, unique=True)
    words = models.JSONField()
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    department = models.ForeignKey("network.Department", models.PROTECT, null=True, blank=True, related_name="+")
    direction = models.CharField(max_length=8, choices=Direction.choices, default=Direction.ONE_WAY)
    from_day = models.DateField()
    until_day = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until_day__isnull=True) | Q(until_day__gt=F("from_day")), name="facilities_gate_span"
            )
        ]

    def __str__(self) -> str:
        return self.code


class DailySum(models.Model):
    """A sum of people of one day. A corrected one stays, with `replaced_at` set: its ledger row was reversed."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    day = models.DateField()
    persons = models.PositiveIntegerField()
    origin = models.CharField(max_length=8, default=CountOrigin.HAND)
    is_estimated = models.BooleanField(default=False)
    method = models.CharField(max_length=120, blank=True, default="")
    counted_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class GateCount(DailySum):
    """Visits through one gate on one day; `passages` is the counter's own number."""

    gate = models.ForeignKey(Gate, models.PROTECT, related_name="counts")
    passages = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["gate", "day"],
                condition=Q(replaced_at__isnull=True),
                name="facilities_one_standing_count_a_gate_and_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.gate} {self.day}: {self.persons}"


class RoomCount(DailySum):
    """Visits to one reading room on one day."""

    department = models.ForeignKey("network.Department", models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["department", "day"],
                condition=Q(replaced_at__isnull=True),
                name="facilities_one_standing_count_a_room_and_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.department_id} {self.day}: {self.persons}"
