"""Rules with their versions, each reader's ledger of points, requests for review, amnesties."""

from django.db import models
from django.db.models import F, Q

from wenlan.credit.external.models import Guarantee
from wenlan.credit.money.models import Approval, Charge, DepositClosing, DepositNotice, MoneyEntry
from wenlan.credit.till.models import DayClose, Drawer, Receipt, ReceiptBook, Shift
from wenlan.credit.types import Cause, Contact, ReviewState, SlipsBy
from wenlan.kernel.words import say

__all__ = [
    "Amnesty",
    "AmnestyChange",
    "Approval",
    "Charge",
    "DayClose",
    "DepositClosing",
    "DepositNotice",
    "Drawer",
    "Guarantee",
    "MoneyEntry",
    "PointEntry",
    "Receipt",
    "ReceiptBook",
    "Review",
    "Rule",
    "Shift",
    "SlipRun",
    "Stop",
]


class Rule(models.Model):
    """One version of what late returns, losses and good conduct mean; never changed, only followed by the next."""

    code = models.CharField(max_length=40)
    words = models.JSONField()
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    category = models.CharField(max_length=40, blank=True, default="")
    from_day = models.DateField()
    until_day = models.DateField(null=True, blank=True)  # half-open; empty for the version in force
    start_points = models.PositiveIntegerField(null=True, blank=True)
    most_points = models.PositiveIntegerField(null=True, blank=True)
    points = models.JSONField(default=dict)  # by event: [points, most each, most a day, most a month]
    restore_points = models.PositiveSmallIntegerField(default=0)
    restore_days = models.PositiveSmallIntegerField(default=0)
    grace_days = models.PositiveSmallIntegerField(default=0)
    charge_fen = models.PositiveIntegerField(default=0)
    charge_cap_fen = models.PositiveIntegerField(null=True, blank=True)
    suspend_days = models.PositiveSmallIntegerField(default=0)
    suspend_cap_days = models.PositiveSmallIntegerField(null=True, blank=True)
    deposit_fen = models.PositiveIntegerField(default=0)
    compensation = models.JSONField(default=dict)  # factors, by_set, handling_fen, least_fen
    refund_days = models.PositiveSmallIntegerField(default=0)
    reminders = models.JSONField(default=list)  # [days after the due date, how]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="credit_one_rule_in_force", fields=["code"], condition=Q(until_day__isnull=True)
            ),
            models.CheckConstraint(
                name="credit_rule_days_in_order", condition=Q(until_day=None) | Q(until_day__gte=F("from_day"))
            ),
        ]

    def __str__(self) -> str:
        return say(self.words)


class PointEntry(models.Model):
    """One line of a reader's ledger of points: added, never changed; the sum of a reader's lines is the balance.

    `source` names the loan's end while it may be asked about; it is forgotten with the loan.
    """

    PERSONAL_FIELDS = {"source": "forget with the loan", "key": "forget with the loan", "reason": "erase"}
    HARMLESS_FIELDS = frozenset(
        {
            "id", "patron", "at", "day", "node", "operator", "cause", "points", "balance", "waived", "rule", "amnesty",
            "reverses",
        }
    )  # fmt: skip

    patron = models.ForeignKey("patrons.Patron", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    day = models.DateField()
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    operator = models.CharField(max_length=60, blank=True, default="")
    cause = models.CharField(max_length=20, choices=Cause)
    points = models.IntegerField()
    balance = models.IntegerField()
    waived = models.PositiveIntegerField(default=0)
    rule = models.ForeignKey(Rule, models.PROTECT, null=True, blank=True, related_name="+")
    amnesty = models.ForeignKey("credit.Amnesty", models.PROTECT, null=True, blank=True, related_name="+")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversed_by")
    source = models.CharField(max_length=120, blank=True, default="")
    reason = models.CharField(max_length=200, blank=True, default="")
    key = models.CharField(max_length=160, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="credit_balance_not_negative", condition=Q(balance__gte=0)),
        ]
        indexes = [
            models.Index(name="credit_points_of_reader", fields=["patron", "-id"]),
            models.Index(name="credit_points_by_source", fields=["source"], condition=~Q(source="")),
        ]

    def __str__(self) -> str:
        return f"{self.patron_id}: {self.points:+d}"


class Review(models.Model):
    """A reader asks that a person look again; somebody other than who wrote the request down decides."""

    PERSONAL_FIELDS = {"words": "erase", "answer": "erase"}
    HARMLESS_FIELDS = frozenset(
        {
            "id", "patron", "entry", "asked_at", "asked_by", "channel", "state", "decided_at", "decided_by", "points",
            "key",
        }
    )  # fmt: skip

    patron = models.ForeignKey("patrons.Patron", models.PROTECT, related_name="+")
    entry = models.ForeignKey(PointEntry, models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=60)  # "reader" or who wrote it down
    channel = models.CharField(max_length=12)
    words = models.CharField(max_length=500)
    state = models.CharField(max_length=12, choices=ReviewState, default=ReviewState.OPEN)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=60, blank=True, default="")
    answer = models.CharField(max_length=500, blank=True, default="")
    points = models.PositiveIntegerField(default=0)
    key = models.CharField(max_length=120, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="credit_review_two_people", condition=~Q(asked_by=F("decided_by"))),
            models.CheckConstraint(
                name="credit_review_decided_once",
                condition=Q(state=ReviewState.OPEN, decided_at=None)
                | (~Q(state=ReviewState.OPEN) & Q(decided_at__isnull=False)),
            ),
            models.UniqueConstraint(
                name="credit_one_open_review_of_an_entry",
                fields=["entry"],
                condition=Q(state=ReviewState.OPEN, entry__isnull=False),
            ),
            models.UniqueConstraint(
                name="credit_one_open_review_of_a_reader",
                fields=["patron"],
                condition=Q(state=ReviewState.OPEN, entry__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"review {self.pk}"


class Amnesty(models.Model):
    """A period in which late returns cost nothing for the readers of a subtree; asked by one, approved by another."""

    name = models.CharField(max_length=120)
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    from_day = models.DateField()
    until_day = models.DateField()  # half-open
    restores = models.BooleanField(default=True)
    waives_charges = models.BooleanField(default=True)
    basis = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=60)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.CharField(max_length=60, blank=True, default="")
    key = models.CharField(max_length=120, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="credit_amnesty_in_order", condition=Q(until_day__gt=F("from_day"))),
            models.CheckConstraint(name="credit_amnesty_two_people", condition=~Q(asked_by=F("approved_by"))),
        ]

    def __str__(self) -> str:
        return self.name


class AmnestyChange(models.Model):
    """An earlier end of an amnesty, kept when it was moved."""

    amnesty = models.ForeignKey(Amnesty, models.PROTECT, related_name="changes")
    at = models.DateTimeField()
    operator = models.CharField(max_length=60)
    until_before = models.DateField()
    until_after = models.DateField()
    reason = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.amnesty_id}: {self.until_before} -> {self.until_after}"


class Stop(models.Model):
    """A reader's card was stopped for days late (停借); kept to be taken back with its act."""

    PERSONAL_FIELDS = {"source": "forget with the loan"}
    HARMLESS_FIELDS = frozenset({"id", "patron", "at", "days", "until_before", "until_after", "rule", "undone_at"})

    patron = models.ForeignKey("patrons.Patron", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    days = models.PositiveIntegerField()
    until_before = models.DateField(null=True, blank=True)
    until_after = models.DateField()
    rule = models.ForeignKey(Rule, models.PROTECT, related_name="+")
    source = models.CharField(max_length=120, blank=True, default="", db_index=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.patron_id}: until {self.until_after}"


class SlipRun(models.Model):
    """A printing of reminder slips (催还单); the steps it took are `Reminded`, so that it can be printed again."""

    PERSONAL_FIELDS: dict[str, str] = {}
    HARMLESS_FIELDS = frozenset(
        {"id", "number", "at", "day", "node", "operator", "by", "per_sheet", "return_by", "readers", "loans", "key"}
    )

    number = models.CharField(max_length=20, unique=True)
    at = models.DateTimeField()
    day = models.DateField()
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    operator = models.CharField(max_length=60, blank=True, default="")
    by = models.CharField(max_length=8, choices=SlipsBy)
    per_sheet = models.PositiveSmallIntegerField()
    return_by = models.DateField()
    readers = models.PositiveIntegerField()
    loans = models.PositiveIntegerField()
    key = models.CharField(max_length=120, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="credit_slips_on_a_sheet", condition=Q(per_sheet__in=[2, 3])),
        ]

    def __str__(self) -> str:
        return self.number


class Reminded(models.Model):
    """A step of dunning (催还) taken for a loan; `source` names loan and due date, so that it is taken once."""

    PERSONAL_FIELDS = {"source": "forget with the loan", "note": "erase"}
    HARMLESS_FIELDS = frozenset({"id", "patron", "days", "how", "at", "day", "node", "operator", "run"})

    patron = models.ForeignKey("patrons.Patron", models.PROTECT, related_name="+")
    source = models.CharField(max_length=120)
    days = models.SmallIntegerField()  # after the due date; negative: before
    how = models.CharField(max_length=12, choices=Contact)
    at = models.DateTimeField()
    day = models.DateField()
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    operator = models.CharField(max_length=60, blank=True, default="")
    note = models.CharField(max_length=200, blank=True, default="")
    run = models.ForeignKey(SlipRun, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="credit_a_step_is_taken_once", fields=["source", "days", "how"]),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.days}"
