"""Machines, what was done with them, the devices that they are, and the types that a library adds."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from wenlan.facilities.machines.types import Deed, MachineState
from wenlan.kernel.ids import new_uid


class OwnMachineType(models.Model):
    """A type of machine that the library has added to the shipped ones."""

    code = models.CharField(max_length=40, unique=True)
    words = models.JSONField()

    def __str__(self) -> str:
        return self.code


class Machine(models.Model):
    """One machine or vehicle, as it stands now; `revision` grows when what it counted was restated."""

    PERSONAL_FIELDS: ClassVar[dict[str, str]] = {}
    HARMLESS_FIELDS: ClassVar = frozenset(
        {"id", "uid", "number", "type", "name", "node", "department", "spot", "state", "serial", "plate", "bought_on"}
        | {"price_fen", "fund", "supplier", "warranty_until", "note", "since", "last_on", "revision", "key"}
    )

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    number = models.CharField(max_length=40, unique=True)
    type = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    department = models.ForeignKey("network.Department", models.PROTECT, null=True, blank=True, related_name="+")
    spot = models.CharField(max_length=120, blank=True, default="")
    state = models.CharField(max_length=12, choices=MachineState, default=MachineState.IN_USE)
    serial = models.CharField(max_length=80, blank=True, default="")
    plate = models.CharField(max_length=20, blank=True, default="")
    bought_on = models.DateField(null=True, blank=True)
    price_fen = models.PositiveBigIntegerField(null=True, blank=True)
    fund = models.CharField(max_length=120, blank=True, default="")
    supplier = models.CharField(max_length=120, blank=True, default="")
    warranty_until = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True, default="")
    since = models.DateField()
    last_on = models.DateField()
    revision = models.PositiveIntegerField(default=1)
    key = models.CharField(max_length=120, unique=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["type", "node"], name="facilities_machines_of_type")]

    def __str__(self) -> str:
        return self.number


class MachineDeed(models.Model):
    """Something done with a machine, and how it stood afterwards; `recorded` are its sources in the ledger."""

    machine = models.ForeignKey(Machine, models.PROTECT, related_name="deeds")
    kind = models.CharField(max_length=12, choices=Deed)
    day = models.DateField()
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    department = models.ForeignKey("network.Department", models.PROTECT, null=True, blank=True, related_name="+")
    spot = models.CharField(max_length=120, blank=True, default="")
    state = models.CharField(max_length=12, choices=MachineState)
    note = models.CharField(max_length=200, blank=True, default="")
    at = models.DateTimeField()
    by = models.CharField(max_length=64, blank=True)
    recorded = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=120, unique=True)
    undone_key = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["machine", "id"], name="facilities_deeds_of_machine")]

    def __str__(self) -> str:
        return f"{self.machine_id} {self.day} {self.kind}"


class MachineDevice(models.Model):
    """The code of the device that a machine is over a span of days; its acts are found by it in the ledger."""

    machine = models.ForeignKey(Machine, models.PROTECT, related_name="devices")
    device = models.CharField(max_length=60)
    from_day = models.DateField()
    until_day = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until_day__isnull=True) | Q(until_day__gt=F("from_day")), name="facilities_device_span"
            ),
            models.UniqueConstraint(
                fields=["device"], condition=Q(until_day__isnull=True), name="facilities_one_machine_a_device"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.device} {self.from_day}"
