"""Handover slips with their lines, and plans by which copies are dealt out."""

from django.db import models
from django.db.models import F, Q


class AllocationPlan(models.Model):
    """How copies are dealt out: `shares` are [node, department or null, copies or weight], in order.

    By copy, a title's first copies go to the first share, the next to the second. In turn, titles go round the places
    by weight.
    """

    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    names = models.JSONField()
    in_turn = models.BooleanField(default=False)
    shares = models.JSONField()

    def __str__(self) -> str:
        return str(self.names)


class Handover(models.Model):
    """A slip: made, signed by who hands over, signed by who takes over. Two people sign, never one."""

    number = models.CharField(max_length=20, unique=True)
    from_node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    to_node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    to_department = models.ForeignKey("network.Department", models.PROTECT, null=True, blank=True, related_name="+")
    ready = models.BooleanField(default=True)
    note = models.CharField(max_length=200, blank=True, default="")
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60, blank=True, default="")
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.CharField(max_length=60, blank=True, default="")
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = models.CharField(max_length=60, blank=True, default="")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=120, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="holdings_handover_in_order",
                condition=Q(received_at__isnull=True) | Q(sent_at__isnull=False, cancelled_at__isnull=True),
            ),
            models.CheckConstraint(
                name="holdings_handover_two_people",
                condition=Q(received_at__isnull=True) | ~Q(received_by=F("sent_by")),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class HandoverLine(models.Model):
    """One item of a slip. An item stands on one open slip at a time."""

    handover = models.ForeignKey(Handover, models.PROTECT, related_name="lines")
    item = models.ForeignKey("holdings.Item", models.PROTECT, related_name="+")
    is_open = models.BooleanField(default=True)
    outcome = models.CharField(max_length=10, blank=True, default="")
    reason = models.CharField(max_length=100, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="holdings_one_open_handover", fields=["item"], condition=Q(is_open=True)),
            models.UniqueConstraint(name="holdings_item_once_on_a_slip", fields=["handover", "item"]),
            models.CheckConstraint(
                name="holdings_handover_outcome", condition=Q(outcome__in=["", "received", "refused"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.handover_id}/{self.item_id}"
