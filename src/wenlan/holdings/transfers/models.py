"""Transfer slips with their lines."""

from django.db import models
from django.db.models import F, Q

from wenlan.holdings.transfers.types import Back, Outcome, Purpose


class Transfer(models.Model):
    """A slip: made, signed by who gives, signed by who takes. Two people sign, never one.

    `to_node` is empty when the items stay where they are; `new_owner` is set when they change hands, and then
    the asset voucher (资产凭证) with its sum stands on the slip. A deposit is due back (`due_on`) and may have a
    `holder`, the institution that answers for it; `host_signer` is who signed on paper at a place without staff.
    """

    number = models.CharField(max_length=20, unique=True)
    purpose = models.CharField(
        max_length=12, choices=Purpose, default=Purpose.TRANSFER, db_default=Purpose.TRANSFER.value
    )
    due_on = models.DateField(null=True, blank=True)
    holder = models.ForeignKey("patrons.Patron", models.PROTECT, null=True, blank=True, related_name="+")
    host_signer = models.CharField(max_length=60, blank=True, default="", db_default="")
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
                condition=Q(received_at__isnull=True) | ~Q(received_by=F("sent_by")) | ~Q(host_signer=""),
            ),
            models.CheckConstraint(
                name="holdings_only_transfers_pass_property",
                condition=Q(purpose=Purpose.TRANSFER) | Q(new_owner__isnull=True, to_node__isnull=False),
            ),
            models.CheckConstraint(
                name="holdings_deposit_is_due_back",
                condition=Q(purpose=Purpose.DEPOSIT, due_on__isnull=False)
                | (~Q(purpose=Purpose.DEPOSIT) & Q(due_on__isnull=True, holder__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class TransferLine(models.Model):
    """One item of a slip. An item stands on one open slip at a time.

    `old_number` and `new_number` are its accession numbers in the two owners' books, once it has changed hands.
    `box` is what it was packed into. While an item stands at a point by a deposit it `is_out`; its shelf at home is
    the slip's `from_node` and `from_department`.
    """

    transfer = models.ForeignKey(Transfer, models.PROTECT, related_name="lines")
    item = models.ForeignKey("holdings.Item", models.PROTECT, related_name="+")
    is_open = models.BooleanField(default=True)
    outcome = models.CharField(max_length=10, blank=True, default="")
    reason = models.CharField(max_length=100, blank=True, default="")
    old_number = models.CharField(max_length=40, blank=True, default="")
    new_number = models.CharField(max_length=40, blank=True, default="")
    box = models.CharField(max_length=10, blank=True, default="", db_default="")
    from_department = models.ForeignKey("network.Department", models.PROTECT, null=True, blank=True, related_name="+")
    is_out = models.BooleanField(default=False, db_default=False)
    back_at = models.DateTimeField(null=True, blank=True)
    back_as = models.CharField(max_length=10, choices=Back, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="holdings_one_open_transfer", fields=["item"], condition=Q(is_open=True)),
            models.UniqueConstraint(name="holdings_item_once_on_a_transfer", fields=["transfer", "item"]),
            models.CheckConstraint(name="holdings_transfer_outcome", condition=Q(outcome__in=Outcome.values)),
            models.UniqueConstraint(name="holdings_one_deposit", fields=["item"], condition=Q(is_out=True)),
            models.CheckConstraint(
                name="holdings_deposit_ends_once", condition=Q(back_as="", back_at__isnull=True) | ~Q(is_out=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.transfer_id}/{self.item_id}"
