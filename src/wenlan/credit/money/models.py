"""Charges, the journal of money, and what needs a second person."""

from django.db import models
from django.db.models import F, Q

from wenlan.credit.money.types import ApprovalKind, Means, MoneyKind
from wenlan.credit.types import ChargeKind, Contact


class Charge(models.Model):
    """What a reader is asked to pay. `open_fen` is kept with the journal, under the reader's lock."""

    PERSONAL_FIELDS = {"source": "forget with the loan", "item": "forget with the loan", "key": "forget with the loan"}
    HARMLESS_FIELDS = frozenset(
        {
            "id", "patron", "kind", "amount_fen", "open_fen", "paid_fen", "price_fen", "days_late", "at", "day", "node",
            "operator", "rule",
        }
    )  # fmt: skip

    patron = models.ForeignKey("patrons.Patron", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=ChargeKind)
    amount_fen = models.PositiveBigIntegerField()
    open_fen = models.PositiveBigIntegerField()
    paid_fen = models.PositiveBigIntegerField(default=0)
    price_fen = models.PositiveBigIntegerField(null=True, blank=True)
    days_late = models.PositiveIntegerField(null=True, blank=True)
    at = models.DateTimeField()
    day = models.DateField()
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    operator = models.CharField(max_length=60, blank=True, default="")
    rule = models.ForeignKey("credit.Rule", models.PROTECT, null=True, blank=True, related_name="+")
    source = models.CharField(max_length=120, blank=True, default="", db_index=True)
    item = models.CharField(max_length=300, blank=True, default="")
    key = models.CharField(max_length=160, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="credit_charge_in_bounds",
                condition=Q(amount_fen__gt=0, open_fen__lte=F("amount_fen"), paid_fen__lte=F("amount_fen")),
            ),
        ]
        indexes = [models.Index(name="credit_open_charges", fields=["patron"], condition=Q(open_fen__gt=0))]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount_fen}"


class Approval(models.Model):
    """One asks, another approves: refunds, waivers, forfeits. A refund then waits until it is paid out."""

    PERSONAL_FIELDS = {"reason": "erase", "answer": "erase"}
    HARMLESS_FIELDS = frozenset(
        {
            "id", "kind", "patron", "charge", "amount_fen", "node", "asked_at", "asked_by", "decided_at", "decided_by",
            "is_granted", "done_at", "key",
        }
    )  # fmt: skip

    kind = models.CharField(max_length=20, choices=ApprovalKind)
    patron = models.ForeignKey("patrons.Patron", models.PROTECT, related_name="+")
    charge = models.ForeignKey(Charge, models.PROTECT, null=True, blank=True, related_name="+")
    amount_fen = models.PositiveBigIntegerField()
    reason = models.CharField(max_length=200)
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=60)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=60, blank=True, default="")
    is_granted = models.BooleanField(null=True, blank=True)
    answer = models.CharField(max_length=200, blank=True, default="")
    done_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=120, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="credit_approval_two_people", condition=~Q(asked_by=F("decided_by"))),
            models.CheckConstraint(
                name="credit_approval_done_when_granted", condition=Q(done_at=None) | Q(is_granted=True)
            ),
            models.CheckConstraint(name="credit_approval_of_a_sum", condition=Q(amount_fen__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount_fen}"


class MoneyEntry(models.Model):
    """One line of the journal: added, never changed. Each of its three sums says by how much one balance moves.

    `money_fen` is what came in (negative: went out) by `means`; `deposit_fen` moves the deposit held for the reader;
    `owed_fen` what the reader owes. A wrong line is reversed by one of opposite sums.
    """

    PERSONAL_FIELDS = {"reason": "erase"}
    HARMLESS_FIELDS = frozenset(
        {
            "id", "at", "day", "node", "operator", "shift", "kind", "means", "money_fen", "deposit_fen", "owed_fen",
            "patron", "charge", "approval", "amnesty", "receipt", "voucher", "reverses", "key",
        }
    )  # fmt: skip

    at = models.DateTimeField()
    day = models.DateField()
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    operator = models.CharField(max_length=60, blank=True, default="")
    shift = models.ForeignKey("credit.Shift", models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=20, choices=MoneyKind)
    means = models.CharField(max_length=10, choices=Means, blank=True, default="")
    money_fen = models.BigIntegerField(default=0)
    deposit_fen = models.BigIntegerField(default=0)
    owed_fen = models.BigIntegerField(default=0)
    patron = models.ForeignKey("patrons.Patron", models.PROTECT, null=True, blank=True, related_name="+")
    charge = models.ForeignKey(Charge, models.PROTECT, null=True, blank=True, related_name="+")
    approval = models.ForeignKey(Approval, models.PROTECT, null=True, blank=True, related_name="+")
    amnesty = models.ForeignKey("credit.Amnesty", models.PROTECT, null=True, blank=True, related_name="+")
    receipt = models.ForeignKey("credit.Receipt", models.PROTECT, null=True, blank=True, related_name="+")
    voucher = models.CharField(max_length=40, blank=True, default="")  # of a paper that is not from our books
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversed_by")
    reason = models.CharField(max_length=200, blank=True, default="")
    key = models.CharField(max_length=160, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="credit_money_has_means", condition=Q(money_fen=0, means="") | (~Q(money_fen=0) & ~Q(means=""))
            ),
            models.CheckConstraint(
                name="credit_balances_have_a_reader", condition=Q(deposit_fen=0, owed_fen=0) | Q(patron__isnull=False)
            ),
            models.CheckConstraint(name="credit_debt_has_a_charge", condition=Q(owed_fen=0) | Q(charge__isnull=False)),
        ]
        indexes = [
            models.Index(name="credit_money_of_reader", fields=["patron", "-id"]),
            models.Index(name="credit_money_of_day", fields=["node", "day"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.money_fen}"


class DepositClosing(models.Model):
    """A deposit scheme that ends for a subtree: everybody is told, every deposit goes back; approved by another."""

    name = models.CharField(max_length=120)
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    basis = models.CharField(max_length=200)
    from_day = models.DateField()
    readers = models.PositiveIntegerField()  # as they stood when it was proposed
    deposits_fen = models.PositiveBigIntegerField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=60)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.CharField(max_length=60, blank=True, default="")
    key = models.CharField(max_length=120, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="credit_closing_two_people", condition=~Q(asked_by=F("approved_by"))),
        ]

    def __str__(self) -> str:
        return self.name


class DepositNotice(models.Model):
    """A reader was told that a deposit waits: when, by whom, how, and what came of it."""

    PERSONAL_FIELDS = {"note": "erase"}
    HARMLESS_FIELDS = frozenset({"id", "patron", "at", "operator", "how", "closing", "key"})

    patron = models.ForeignKey("patrons.Patron", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    operator = models.CharField(max_length=60, blank=True, default="")
    how = models.CharField(max_length=12, choices=Contact)
    note = models.CharField(max_length=200, blank=True, default="")
    closing = models.ForeignKey(DepositClosing, models.PROTECT, null=True, blank=True, related_name="+")
    key = models.CharField(max_length=120, unique=True)

    class Meta:
        indexes = [models.Index(name="credit_told_of_deposit", fields=["patron", "-id"])]

    def __str__(self) -> str:
        return f"{self.patron_id} {self.how}"
