"""Bookshops, campaigns, what readers chose and what was refused them, and the statements of months."""

from django.db import models
from django.db.models import F, Q

from wenlan.acquisitions.bookshop.types import ChoiceState, SettlementState
from wenlan.kernel.ids import new_uid


class Bookshop(models.Model):
    """A shop that takes part. Loans made there are made at `node`; its clerks hold their right over that place."""

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=100)
    supplier = models.ForeignKey("acquisitions.Supplier", models.PROTECT, related_name="+")
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    address = models.CharField(max_length=200, blank=True, default="")
    is_active = models.BooleanField(default=True)
    series = models.ManyToManyField("holdings.BarcodeSeries", related_name="+")

    def __str__(self) -> str:
        return self.name


class ChoiceCampaign(models.Model):
    """A campaign with its terms. `spent_fen` is the sum of its choices; a choice locks this row."""

    name = models.CharField(max_length=80)
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    processed_at = models.ForeignKey("network.Node", models.PROTECT, related_name="+", db_index=False)
    shops = models.ManyToManyField(Bookshop, related_name="campaigns")
    from_day = models.DateField()
    until_day = models.DateField()  # the last day
    budget_fen = models.PositiveBigIntegerField()
    spent_fen = models.PositiveBigIntegerField(default=0)
    copies_limit = models.PositiveSmallIntegerField(default=1)
    price_limit_fen = models.PositiveIntegerField(null=True, blank=True)
    month_books = models.PositiveSmallIntegerField(null=True, blank=True)
    month_fen = models.PositiveIntegerField(null=True, blank=True)
    categories = models.JSONField(default=list, blank=True)
    credit_floor = models.IntegerField(null=True, blank=True)
    registered_before = models.DateField(null=True, blank=True)
    excluded_classes = models.JSONField(default=list, blank=True)
    excluded_words = models.JSONField(default=list, blank=True)
    earliest_year = models.PositiveSmallIntegerField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=64, blank=True)
    key = models.CharField(max_length=80, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="acquisitions_campaign_in_order", condition=Q(until_day__gte=F("from_day"))),
            models.CheckConstraint(name="acquisitions_budget_holds", condition=Q(spent_fen__lte=F("budget_fen"))),
        ]

    def __str__(self) -> str:
        return self.name


class ShopSettlement(models.Model):
    """The statement of a shop for a month (结算单). One that was sent back leaves its lines to the next."""

    number = models.CharField(max_length=24, unique=True)
    shop = models.ForeignKey(Bookshop, models.PROTECT, related_name="+")
    month = models.DateField()
    state = models.CharField(max_length=10, choices=SettlementState)
    volumes = models.PositiveIntegerField()
    list_price_fen = models.PositiveBigIntegerField()
    paid_fen = models.PositiveBigIntegerField()
    made_at = models.DateTimeField()
    made_on = models.DateField()
    made_by = models.CharField(max_length=64, blank=True)
    approved_on = models.DateField(null=True, blank=True)
    approved_by = models.CharField(max_length=64, blank=True, default="")
    paid_on = models.DateField(null=True, blank=True)
    voucher = models.CharField(max_length=60, blank=True, default="")
    reason = models.CharField(max_length=200, blank=True, default="")
    key = models.CharField(max_length=80, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="acquisitions_one_statement_a_month",
                fields=["shop", "month"],
                condition=~Q(state=SettlementState.SENT_BACK),
            ),
            models.CheckConstraint(
                name="acquisitions_paid_after_approval", condition=Q(paid_on=None) | Q(approved_on__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Choice(models.Model):
    """A book that a reader chose: bought, registered and lent in one act; a line of the shop's bill.

    It names no reader. `person_token` tells readers apart within a year, as in the ledger, and says nothing once the
    year's key is destroyed; `loan_uid` leads to the loan, which forgets its reader by its own rule.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    number = models.CharField(max_length=16, unique=True)
    campaign = models.ForeignKey(ChoiceCampaign, models.PROTECT, related_name="choices")
    shop = models.ForeignKey(Bookshop, models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=64, blank=True)
    person_token = models.BigIntegerField(null=True, blank=True)
    isbn = models.CharField(max_length=13)
    title = models.CharField(max_length=500)
    author = models.CharField(max_length=300, blank=True)
    publisher = models.CharField(max_length=300, blank=True)
    list_price_fen = models.PositiveIntegerField()
    paid_fen = models.PositiveIntegerField()
    item = models.OneToOneField("holdings.Item", models.PROTECT, related_name="+")
    is_brief = models.BooleanField()
    loan_uid = models.UUIDField(unique=True)
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=ChoiceState)
    cancelled_on = models.DateField(null=True, blank=True)
    cancelled_by = models.CharField(max_length=64, blank=True, default="")
    reason = models.CharField(max_length=200, blank=True, default="")
    settlement = models.ForeignKey(ShopSettlement, models.PROTECT, null=True, blank=True, related_name="choices")
    key = models.CharField(max_length=80, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="acquisitions_cancelled_has_a_day",
                condition=Q(state=ChoiceState.CANCELLED) ^ Q(cancelled_on__isnull=True),
            ),
            models.CheckConstraint(
                name="acquisitions_cancelled_is_not_billed",
                condition=Q(settlement=None) | Q(state=ChoiceState.LENT),
            ),
        ]
        indexes = [
            models.Index(name="acquisitions_choice_by_reader", fields=["person_token", "day"]),
            models.Index(name="acquisitions_choice_by_isbn", fields=["isbn"]),
            models.Index(name="acquisitions_choice_by_day", fields=["shop", "day"]),
        ]

    def __str__(self) -> str:
        return self.number


class ChoiceRefusal(models.Model):
    """A choice that was refused: when, where, which book, and every reason. It names no reader."""

    at = models.DateTimeField()
    day = models.DateField()
    by = models.CharField(max_length=64, blank=True)
    shop = models.ForeignKey(Bookshop, models.PROTECT, related_name="+", db_index=False)
    campaign = models.ForeignKey(ChoiceCampaign, models.PROTECT, null=True, blank=True, related_name="+")
    isbn = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=500, blank=True)
    reasons = models.JSONField()  # [[code, numbers], ...] in the order of the counter
    key = models.CharField(max_length=120, unique=True)

    class Meta:
        indexes = [models.Index(name="acquisitions_refusal_by_day", fields=["shop", "day"])]

    def __str__(self) -> str:
        return f"{self.day} {self.isbn}"
