"""Which unit and class a reader belongs to."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wenlan.patrons.units.types import GROUP_LENGTH, UNIT_LENGTH


class UnitMember(models.Model):
    """A reader belongs to at most one unit. Changed each school year; no figure hangs on it."""

    PERSONAL_FIELDS: ClassVar = {"unit": "erase", "group": "erase"}
    HARMLESS_FIELDS: ClassVar = frozenset({"patron", "since"})

    patron = models.OneToOneField("patrons.Patron", models.CASCADE, primary_key=True, related_name="+")
    unit = models.CharField(max_length=UNIT_LENGTH)
    group = models.CharField(max_length=GROUP_LENGTH, blank=True, default="")
    since = models.DateField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(unit=""), name="patrons_member_of_something")]
        indexes: ClassVar = [models.Index(fields=["unit", "group"], name="patrons_by_unit")]

    def __str__(self) -> str:
        return f"unit of reader {self.patron_id}"
