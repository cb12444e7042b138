"""Drawers, shifts, books of receipts, and days closed."""

from django.db import models
from django.db.models import F, Q

from wenlan.credit.till.types import ReceiptState


class Drawer(models.Model):
    """A cash drawer at a place."""

    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="credit_one_drawer_of_a_name", fields=["node", "name"])]

    def __str__(self) -> str:
        return self.name


class DayClose(models.Model):
    """The day of a place, closed: what came in by each means, the receipts, the cash handed to finance.

    `sums` are [kind, means, count, fen, kind of charge], as they stood when the day was closed; days closed by an older
    release have no kind of charge.
    """

    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    day = models.DateField()
    number = models.CharField(max_length=30, unique=True)
    closed_at = models.DateTimeField()
    closed_by = models.CharField(max_length=60)
    sums = models.JSONField(default=list)
    cash_fen = models.BigIntegerField(default=0)
    receipts = models.PositiveIntegerField(default=0)
    voided = models.PositiveIntegerField(default=0)
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = models.CharField(max_length=60, blank=True, default="")
    received_fen = models.BigIntegerField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="credit_a_day_is_closed_once", fields=["node", "day"]),
            models.CheckConstraint(name="credit_day_two_people", condition=~Q(closed_by=F("received_by"))),
        ]

    def __str__(self) -> str:
        return self.number


class Shift(models.Model):
    """One person at one drawer: counted when it is taken, counted when it is left, signed for by the next."""

    drawer = models.ForeignKey(Drawer, models.PROTECT, related_name="shifts")
    operator = models.CharField(max_length=60)
    opened_at = models.DateTimeField()
    opening_fen = models.PositiveBigIntegerField()
    opening_reason = models.CharField(max_length=200, blank=True, default="")
    closed_at = models.DateTimeField(null=True, blank=True)
    system_fen = models.BigIntegerField(null=True, blank=True)
    counted_fen = models.PositiveBigIntegerField(null=True, blank=True)
    left_fen = models.PositiveBigIntegerField(null=True, blank=True)  # what was not handed in
    reason = models.CharField(max_length=200, blank=True, default="")
    counts = models.JSONField(default=dict)  # acts of service by kind, as they stood when the shift ended
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.CharField(max_length=60, blank=True, default="")
    key = models.CharField(max_length=120, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="credit_one_person_at_a_drawer", fields=["drawer"], condition=Q(closed_at__isnull=True)
            ),
            models.UniqueConstraint(
                name="credit_one_drawer_of_a_person", fields=["operator"], condition=Q(closed_at__isnull=True)
            ),
            models.CheckConstraint(
                name="credit_difference_has_a_reason",
                condition=Q(closed_at=None) | Q(counted_fen=F("system_fen")) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="credit_signed_after_closing", condition=Q(signed_at=None) | Q(closed_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.drawer_id} {self.operator}"


class ReceiptBook(models.Model):
    """A range of numbered receipts, handed to a drawer; its numbers are used in order, without a gap."""

    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    drawer = models.ForeignKey(Drawer, models.PROTECT, null=True, blank=True, related_name="+")
    prefix = models.CharField(max_length=20, blank=True, default="")
    width = models.PositiveSmallIntegerField(default=8)
    first = models.PositiveBigIntegerField()
    last = models.PositiveBigIntegerField()
    next = models.PositiveBigIntegerField()
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=60)
    handed_at = models.DateTimeField(null=True, blank=True)
    handed_by = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="credit_receipts_in_range",
                condition=Q(first__lte=F("last"), next__gte=F("first"), next__lte=F("last") + 1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prefix}{self.first:0{self.width}d}"


class Receipt(models.Model):
    """One numbered receipt: issued for money, or voided with the paper in hand; handed in with its day."""

    book = models.ForeignKey(ReceiptBook, models.PROTECT, related_name="receipts")
    number = models.PositiveBigIntegerField()
    text = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=10, choices=ReceiptState, default=ReceiptState.ISSUED)
    issued_at = models.DateTimeField()
    day = models.DateField()
    operator = models.CharField(max_length=60)
    patron = models.ForeignKey("patrons.Patron", models.PROTECT, null=True, blank=True, related_name="+")
    money_fen = models.BigIntegerField(default=0)
    voided_at = models.DateTimeField(null=True, blank=True)
    voided_by = models.CharField(max_length=60, blank=True, default="")
    void_reason = models.CharField(max_length=200, blank=True, default="")
    close = models.ForeignKey(DayClose, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="credit_a_number_is_used_once", fields=["book", "number"]),
            models.CheckConstraint(
                name="credit_voided_says_why",
                condition=Q(state=ReceiptState.ISSUED, voided_at=None)
                | (Q(state=ReceiptState.VOIDED, voided_at__isnull=False) & ~Q(void_reason="")),
            ),
        ]
        indexes = [models.Index(name="credit_receipts_of_day", fields=["day", "id"])]

    def __str__(self) -> str:
        return self.text
