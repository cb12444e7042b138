"""What happened in the slots of capped days."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from wenlan.facilities.admission.types import EntryState


class EntrySlotCount(models.Model):
    """How many came in and were turned away in a slot; its row is the lock of the slot."""

    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    day = models.DateField()
    starts = models.DateTimeField()
    admitted = models.PositiveIntegerField(default=0)
    turned_away = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["node", "starts"], name="facilities_one_count_a_slot"),
        ]

    def __str__(self) -> str:
        return f"{self.node_id} {self.starts:%Y-%m-%d %H:%M}"


class EntryBooking(models.Model):
    """An admission that a reader booked; forgets the reader some time after its day."""

    PERSONAL_FIELDS: ClassVar[dict[str, str]] = {}
    HARMLESS_FIELDS: ClassVar = frozenset(
        {"id", "node", "day", "starts", "ends", "patron", "persons", "state", "made_at", "by", "key"}
    )

    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    day = models.DateField()
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    patron = models.ForeignKey("patrons.Patron", models.SET_NULL, null=True, blank=True, related_name="+")
    persons = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=EntryState, default=EntryState.BOOKED)
    made_at = models.DateTimeField()
    by = models.CharField(max_length=64, blank=True)
    key = models.CharField(max_length=80, unique=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="facilities_entry_span"),
            models.CheckConstraint(condition=Q(persons__gt=0), name="facilities_entry_for_somebody"),
            models.UniqueConstraint(
                fields=["patron", "node", "day"],
                condition=Q(state=EntryState.BOOKED),
                name="facilities_one_entry_a_day",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["node", "starts"], name="facilities_entries_of_slot")]

    def __str__(self) -> str:
        return f"{self.node_id} {self.starts:%Y-%m-%d %H:%M}"


class EntryAct(models.Model):
    """One act at the door: so many people let in or turned away; a repeated key counts nothing."""

    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    slot = models.ForeignKey(EntrySlotCount, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    persons = models.PositiveSmallIntegerField()
    is_in = models.BooleanField()
    by = models.CharField(max_length=64, blank=True)
    key = models.CharField(max_length=80, unique=True)

    def __str__(self) -> str:
        return f"{self.persons} {'in' if self.is_in else 'away'}"
