"""Entries of the batch register, locked months with their lines, and corrections of prices."""

from django.db import models
from django.db.models import F, Q

from wenlan.holdings.types import Direction


class BookEntry(models.Model):
    """One line of the batch register: what came in on a day in one way, or what left by one approval.

    `number` runs without a gap per owner, year and direction. The volumes point at their entry; sums are theirs.
    `voucher` is the batch or invoice of what came in, the approval (批准文号) of what left.
    """

    owner_node = models.ForeignKey("network.Node", models.PROTECT, related_name="+", db_index=False)
    direction = models.CharField(max_length=4, choices=Direction)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    day = models.DateField()
    way = models.CharField(max_length=20, blank=True, default="")
    voucher = models.CharField(max_length=60, blank=True, default="")
    source = models.CharField(max_length=100, blank=True, default="")
    paid_sum_fen = models.PositiveBigIntegerField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True, default="")
    key = models.CharField(max_length=160, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="holdings_entry_number_once", fields=["owner_node", "direction", "year", "number"]
            ),
        ]
        indexes = [models.Index(name="holdings_entries_by_day", fields=["owner_node", "day"])]

    def __str__(self) -> str:
        return f"{self.year}-{self.number:04d}"


class LockedMonth(models.Model):
    """A closed month of one owner's registers: sums, and a digest over its lines and over the month before."""

    owner_node = models.ForeignKey("network.Node", models.PROTECT, related_name="+", db_index=False)
    month = models.DateField()
    locked_at = models.DateTimeField()
    locked_by = models.CharField(max_length=60, blank=True, default="")
    opening_units = models.BigIntegerField()
    opening_fen = models.BigIntegerField()
    units_in = models.BigIntegerField()
    fen_in = models.BigIntegerField()
    units_out = models.BigIntegerField()
    fen_out = models.BigIntegerField()
    fen_corrected = models.BigIntegerField()
    closing_units = models.BigIntegerField()
    closing_fen = models.BigIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="holdings_month_locked_once", fields=["owner_node", "month"]),
            models.CheckConstraint(
                name="holdings_month_balances",
                condition=Q(
                    closing_units=F("opening_units") + F("units_in") - F("units_out"),
                    closing_fen=F("opening_fen") + F("fen_in") - F("fen_out") + F("fen_corrected"),
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class LockedLine(models.Model):
    """A volume as it stood in the register when its month was locked. Rows are written once and never changed."""

    month = models.ForeignKey(LockedMonth, models.PROTECT, related_name="lines")
    entry = models.ForeignKey(BookEntry, models.PROTECT, related_name="+", db_index=False)
    item = models.ForeignKey("holdings.Item", models.PROTECT, related_name="+")
    direction = models.CharField(max_length=4, choices=Direction)
    day = models.DateField()
    accession_number = models.CharField(max_length=40)
    record_number = models.BigIntegerField()
    main_class = models.CharField(max_length=4, blank=True, default="")
    material = models.CharField(max_length=20)
    price_fen = models.BigIntegerField()
    said = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="holdings_number_once_a_month", fields=["month", "item", "direction", "accession_number"]
            ),
        ]

    def __str__(self) -> str:
        return self.accession_number


class FormerHolding(models.Model):
    """A volume as it stood in the books of an owner to whom it belongs no more: from accession to the day it left.

    The item goes on in the books of its present owner, under a new accession number; the old one is not given again.
    """

    item = models.ForeignKey("holdings.Item", models.PROTECT, related_name="+")
    owner_node = models.ForeignKey("network.Node", models.PROTECT, related_name="+", db_index=False)
    accession_number = models.CharField(max_length=40)
    accessioned_on = models.DateField()
    entered_in = models.ForeignKey(BookEntry, models.PROTECT, null=True, blank=True, related_name="+")
    left_on = models.DateField()
    left_in = models.ForeignKey(BookEntry, models.PROTECT, related_name="+")
    price_fen = models.PositiveBigIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="holdings_former_number_once", fields=["owner_node", "accession_number"]),
            models.CheckConstraint(name="holdings_left_after_it_came", condition=Q(left_on__gte=F("accessioned_on"))),
        ]

    def __str__(self) -> str:
        return self.accession_number


class PriceCorrection(models.Model):
    """A price changed after the month of its volume was locked: a row of the later month."""

    item = models.ForeignKey("holdings.Item", models.PROTECT, related_name="+")
    owner_node = models.ForeignKey("network.Node", models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    before_fen = models.BigIntegerField()
    after_fen = models.BigIntegerField()
    reason = models.CharField(max_length=200)
    operator = models.CharField(max_length=60, blank=True, default="")
    key = models.CharField(max_length=120, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="holdings_correction_corrects", condition=~Q(before_fen=F("after_fen"))),
        ]
        indexes = [models.Index(name="holdings_corrections_by_day", fields=["owner_node", "day"])]

    def __str__(self) -> str:
        return f"{self.item_id} {self.day}"
