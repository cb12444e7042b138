"""Transfer slips with their lines."""

from django.db import models
from django.db.models import F, Q


class Transfer(models.Model):
    """A slip: made, signed by who gives, signed by who takes. Two people sign, never one.

    `to_node` is empty when the items stay where they are; `new_owner` is set when they change hands, and then
    the asset voucher (资产凭证) with its sum stands on the slip.
    """

    number = models.CharField(max_length=20, unique=True)
    from_node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    to_node = models.ForeignKey("network.Node", models.PROTECT, null=True, blank=True, related_name="+")
    to_department = models.ForeignKey("network.Department", models.PROTECT, null=True, blank=True, related_name="+")
    old_owner = models.ForeignKey("network.Node", models.PROTECT, null=True, blank=True, related_name="+")
    new_owner = models.ForeignKey("network.Node", models.PROTECT, null=True, blank=True, related_name="+")
    voucher = models.CharField(max_length=60, blank=True, default="")
    voucher_sum_fen = models.PositiveBigIntegerField(null=True, blank=True)
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
                name="holdings_transfer_goes_somewhere",
                condition=Q(to_node__isnull=False) | Q(new_owner__isnull=False),
            ),
            models.CheckConstraint(
                name="holdings_owner_changes_by_voucher",
                condition=Q(new_owner__isnull=True, old_owner__isnull=True)
                | (
                    Q(new_owner__isnull=False, old_owner__isnull=False, voucher_sum_fen__isnull=False)
                    & ~Q(voucher="")
                    & ~Q(new_owner=F("old_owner"))
                ),
            ),
            models.CheckConstraint(
                name="holdings_transfer_in_order",
                condition=Q(received_at__isnull=True) | Q(sent_at__isnull=False, cancelled_at__isnull=True),
            ),
            models.CheckConstraint(
                name="holdings_transfer_two_people",
                condition=Q(received_at__isnull=True) | ~Q(received_by=F("sent_by")),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class TransferLine(models.Model):
    """One item of a slip. An item stands on one open slip at a time.

    `old_number` and `new_number` are its accession numbers in the two owners' books, once it has changed hands.
    """

    transfer = models.ForeignKey(Transfer, models.PROTECT, related_name="lines")
    item = models.ForeignKey("holdings.Item", models.PROTECT, related_name="+")
    is_open = models.BooleanField(default=True)
    outcome = models.CharField(max_length=10, blank=True, default="")
    reason = models.CharField(max_length=100, blank=True, default="")
    old_number = models.CharField(max_length=40, blank=True, default="")
    new_number = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="holdings_one_open_transfer", fields=["item"], condition=Q(is_open=True)),
            models.UniqueConstraint(name="holdings_item_once_on_a_transfer", fields=["transfer", "item"]),
            models.CheckConstraint(
                name="holdings_transfer_outcome", condition=Q(outcome__in=["", "received", "refused"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.transfer_id}/{self.item_id}"
