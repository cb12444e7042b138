"""Drifting books, their points, and what happened to them."""

from django.db import models
from django.db.models import F, Q

from wenlan.circulation.drifting.types import DriftAct, DriftOrigin
from wenlan.kernel.ids import new_uid
from wenlan.kernel.words import say


class DriftPoint(models.Model):
    """A shelf where books may be taken and left: in a library, a park, a bus station."""

    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    words = models.JSONField()
    place = models.CharField(max_length=200, blank=True, default="")
    from_day = models.DateField()
    until_day = models.DateField(null=True, blank=True)  # half-open
    key = models.CharField(max_length=80, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="circulation_drift_point_span", condition=Q(until_day=None) | Q(until_day__gte=F("from_day"))
            ),
        ]

    def __str__(self) -> str:
        return say(self.words)


class DriftBook(models.Model):
    """One drifting book, known by a number of its own; it is no item and stands in no register of the stock."""

    number = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=300)
    author = models.CharField(max_length=200, blank=True, default="")
    isbn = models.CharField(max_length=20, blank=True, default="")
    origin = models.CharField(max_length=10, choices=DriftOrigin)
    item = models.OneToOneField("holdings.Item", models.PROTECT, null=True, blank=True, related_name="+")
    point = models.ForeignKey(DriftPoint, models.PROTECT, null=True, blank=True, related_name="+")
    released_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    times_taken = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="circulation_ended_book_is_nowhere", condition=Q(ended_on=None) | Q(point__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.number


class DriftMove(models.Model):
    """A book released, taken, left or ended; or the tally of a point's day. A tally entered anew replaces the first."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    book = models.ForeignKey(DriftBook, models.PROTECT, null=True, blank=True, related_name="moves")
    point = models.ForeignKey(DriftPoint, models.PROTECT, related_name="+")
    act = models.CharField(max_length=10, choices=DriftAct)
    quantity = models.PositiveIntegerField(default=1)
    day = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=64, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=80, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="circulation_one_drift_tally",
                fields=["point", "day", "act"],
                condition=Q(book__isnull=True, replaced_at__isnull=True),
            ),
            models.CheckConstraint(
                name="circulation_drift_scan_is_one", condition=Q(book__isnull=True) | Q(quantity=1)
            ),
        ]
        indexes = [models.Index(name="circulation_drift_by_point", fields=["point", "-id"])]

    def __str__(self) -> str:
        return f"{self.day} {self.act} {self.quantity}"
