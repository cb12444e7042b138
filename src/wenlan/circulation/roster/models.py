"""Tables of the roster."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from wenlan.circulation.roster.types import MOST_PEOPLE, SwapState
from wenlan.kernel.ids import new_uid
from wenlan.kernel.words import say


class Post(models.Model):
    """A post at a place: the lending desk, the children's room. Its shifts are those of the opening calendar."""

    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    words = models.JSONField()
    people = models.PositiveSmallIntegerField(default=1)
    has_till = models.BooleanField(default=False)
    from_day = models.DateField()
    until_day = models.DateField(null=True, blank=True)  # half-open
    key = models.CharField(max_length=80, unique=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="circulation_post_span", condition=Q(until_day=None) | Q(until_day__gte=F("from_day"))
            ),
            models.CheckConstraint(
                name="circulation_post_is_kept", condition=Q(people__gte=1) & Q(people__lte=MOST_PEOPLE)
            ),
        ]

    def __str__(self) -> str:
        return say(self.words)


class Duty(models.Model):
    """One person in one shift. Taken off, it stays with its day; absent, it stays and somebody else may cover it."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()
    staff = models.ForeignKey("staff.StaffMember", models.PROTECT, related_name="+", db_index=False)
    absent_for = models.CharField(max_length=100, blank=True, default="")
    covers = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    off_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=120, unique=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="circulation_one_duty_at_a_time",
                fields=["staff", "day", "starts"],
                condition=Q(off_at__isnull=True, absent_for=""),
            ),
            models.CheckConstraint(name="circulation_duty_in_order", condition=Q(ends__gt=F("starts"))),
        ]
        indexes: ClassVar = [
            models.Index(name="circulation_duty_by_post", fields=["post", "day"]),
            models.Index(name="circulation_duty_by_person", fields=["staff", "day"]),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.starts} {self.staff_id}"


class DutySwap(models.Model):
    """Somebody asks somebody to swap a duty for another; the other one answers."""

    mine = models.ForeignKey(Duty, models.PROTECT, related_name="+")
    theirs = models.ForeignKey(Duty, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=SwapState, default=SwapState.ASKED)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=80, unique=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="circulation_swap_of_two", condition=~Q(mine=F("theirs"))),
            models.UniqueConstraint(
                name="circulation_one_open_swap", fields=["mine", "theirs"], condition=Q(state=SwapState.ASKED)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mine_id} for {self.theirs_id}"
