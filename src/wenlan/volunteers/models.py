"""Tables of volunteers: who of the readers serves, and which entries of the book of service are theirs."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from wenlan.kernel.ids import new_uid
from wenlan.volunteers.types import LONGEST_NUMBER, Standing, WhyLeft

OPEN = (Standing.ASKED.value, Standing.SERVING.value)


class Volunteer(models.Model):
    """A reader's registration; the person's name and telephone stand on the reader's row only."""

    PERSONAL_FIELDS: ClassVar = {
        "patron": "erase",
        "free_time": "erase",
        "national_number": "erase",
        "reason": "erase",
    }
    HARMLESS_FIELDS: ClassVar = frozenset(
        {"id", "uid", "node", "standing", "jobs", "asked_on", "joined_on", "ended_on", "why_left", "guardian_agreed"}
        | {"key"}
    )

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    patron = models.ForeignKey("patrons.Patron", models.PROTECT, related_name="+")
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.ASKED)
    jobs = models.JSONField(default=list)
    free_time = models.CharField(max_length=200, blank=True, default="")
    national_number = models.CharField(max_length=LONGEST_NUMBER, blank=True, default="")
    guardian_agreed = models.BooleanField(default=False)
    asked_on = models.DateField()
    joined_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    why_left = models.CharField(max_length=10, choices=WhyLeft, blank=True, default="")
    reason = models.CharField(max_length=200, blank=True, default="")
    key = models.CharField(max_length=80, unique=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="volunteers_one_open_registration", fields=["patron"], condition=Q(standing__in=OPEN)
            ),
            models.CheckConstraint(
                name="volunteers_span",
                condition=Q(joined_on__isnull=True) | Q(ended_on__isnull=True) | Q(ended_on__gte=F("joined_on")),
            ),
            models.CheckConstraint(
                name="volunteers_who_serves_joined",
                condition=~Q(standing=Standing.SERVING) | Q(joined_on__isnull=False, ended_on__isnull=True),
            ),
        ]
        indexes: ClassVar = [models.Index(name="volunteers_by_node", fields=["node", "standing", "id"])]

    def __str__(self) -> str:
        return f"volunteer {self.pk}"


class Service(models.Model):
    """Whose an entry of the book of volunteer service is. How long and for what stands in the book only."""

    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="services")
    entry = models.UUIDField(unique=True)
    day = models.DateField()
    key = models.CharField(max_length=120, unique=True)

    class Meta:
        indexes: ClassVar = [models.Index(name="volunteers_service_by_day", fields=["volunteer", "-day", "-id"])]

    def __str__(self) -> str:
        return f"{self.volunteer_id} {self.day}"
