"""Loans, renewals, transits, and the rules they are made by."""

from django.db import models
from django.db.models import F, Q

from wenlan.circulation.boxes.models import EmptiedBox
from wenlan.circulation.campaigns.models import CampaignLoan, RecallCampaign
from wenlan.circulation.closing.models import DueDateMove, MovedLoan
from wenlan.circulation.compensating.models import Compensation
from wenlan.circulation.drifting.models import DriftBook, DriftMove, DriftPoint
from wenlan.circulation.groups.models import GroupLoan, GroupLoanItem
from wenlan.circulation.inhouse.models import InHouseUse
from wenlan.circulation.journals.models import JournalLine
from wenlan.circulation.ordering.models import (
    BookOrder,
    OrderCopy,
    OrderLine,
    OrderStep,
    ThemedSet,
    ThemedSetTitle,
)
from wenlan.circulation.paper.models import PaperLine, PaperPage
from wenlan.circulation.reading.models import (
    Handing,
    MaterialRequest,
    PlaceBooking,
    ReadingPlace,
    ReadingRoom,
    ReadingSession,
)
from wenlan.circulation.rebalancing.models import MoveOrder
from wenlan.circulation.recalling.models import Recall
from wenlan.circulation.reserving.models import Reservation
from wenlan.circulation.roster.models import Duty, DutySwap, Post
from wenlan.circulation.tallies.models import LendingTally
from wenlan.circulation.transport.models import Crate
from wenlan.circulation.types import FixedDue, Initiative, LoanEnd, RenewFrom, UndoneAct
from wenlan.kernel.ids import new_uid
from wenlan.kernel.words import say

__all__ = [
    "OPEN",
    "BookOrder",
    "CampaignLoan",
    "Compensation",
    "Crate",
    "DriftBook",
    "DriftMove",
    "DriftPoint",
    "DueDateMove",
    "Duty",
    "DutySwap",
    "EmptiedBox",
    "GroupLoan",
    "GroupLoanItem",
    "Handing",
    "InHouseUse",
    "JournalLine",
    "LendingTally",
    "Loan",
    "LoanRule",
    "MaterialRequest",
    "MoveOrder",
    "MovedLoan",
    "OrderCopy",
    "OrderLine",
    "OrderStep",
    "PaperLine",
    "PaperPage",
    "PlaceBooking",
    "Post",
    "ReadingPlace",
    "ReadingRoom",
    "ReadingSession",
    "Recall",
    "RecallCampaign",
    "Renewal",
    "Reservation",
    "ThemedSet",
    "ThemedSetTitle",
    "Transit",
    "Undoing",
]
OPEN = Q(returned_at__isnull=True, cancelled_at__isnull=True)


class LoanRule(models.Model):
    """One version of one rule: for loans in a subtree, an owner with all under it, a category and a material.

    Empty scopes are every one. An empty field leaves what it would say to the next rule up (`policies.decide`).
    A row is never changed but for its end; an amendment is a new row. Its id is the `rule_version`
    that loans and ledger rows carry.
    """

    code = models.CharField(max_length=40)
    words = models.JSONField()
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    owner = models.ForeignKey("network.Node", models.PROTECT, null=True, blank=True, related_name="+")
    category = models.CharField(max_length=40, blank=True, default="")
    material = models.CharField(max_length=20, blank=True, default="")
    loan_days = models.PositiveSmallIntegerField(null=True, blank=True)
    renewals = models.PositiveSmallIntegerField(null=True, blank=True)
    renewal_days = models.PositiveSmallIntegerField(null=True, blank=True)
    renew_from = models.CharField(max_length=8, choices=RenewFrom, null=True, blank=True)
    fixed_due_on = models.DateField(null=True, blank=True)
    fixed_due = models.CharField(max_length=8, choices=FixedDue, null=True, blank=True)
    loan_limit = models.PositiveSmallIntegerField(null=True, blank=True)
    credit_floor = models.PositiveIntegerField(null=True, blank=True)
    owed_limit_fen = models.PositiveBigIntegerField(null=True, blank=True)
    hold_days = models.PositiveSmallIntegerField(null=True, blank=True)
    reservations = models.PositiveSmallIntegerField(null=True, blank=True)
    floats = models.BooleanField(null=True, blank=True)  # what is returned elsewhere stays there
    float_limit = models.PositiveSmallIntegerField(null=True, blank=True)
    hub = models.ForeignKey("network.Node", models.PROTECT, null=True, blank=True, related_name="+")
    renews_itself = models.BooleanField(null=True, blank=True)  # the day before it is due, where nothing stands against
    recall_days = models.PositiveSmallIntegerField(null=True, blank=True)
    from_day = models.DateField()
    until_day = models.DateField(null=True, blank=True)  # half-open

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="circulation_one_present_rule_version", fields=["code"], condition=Q(until_day__isnull=True)
            ),
            models.CheckConstraint(
                name="circulation_rule_lends_a_day", condition=Q(loan_days=None) | Q(loan_days__gte=1)
            ),
            models.CheckConstraint(
                name="circulation_rule_days_in_order", condition=Q(until_day=None) | Q(until_day__gte=F("from_day"))
            ),
            models.CheckConstraint(
                name="circulation_rule_fixed_day_is_whole",
                condition=Q(fixed_due_on__isnull=True) ^ Q(fixed_due__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return say(self.words)


class Loan(models.Model):
    """One item in one reader's hands, from check-out to return.

    `patron` is emptied some time after the return (the category stays). A loan taken back at the desk
    keeps its row with `cancelled_at`. `in_key` outlives an undone return, so that its resend is known.
    Indexes are few, because each is written by every act: a foreign key that one of them begins with has no other.
    """

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    item = models.ForeignKey("holdings.Item", models.PROTECT, related_name="+", db_index=False)
    patron = models.ForeignKey(
        "patrons.Patron", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    reader_category = models.CharField(max_length=40)
    loan_kind = models.CharField(max_length=12)
    rule_version = models.IntegerField()
    lent_at = models.DateTimeField()
    lent_on = models.DateField()
    lent_node = models.ForeignKey("network.Node", models.PROTECT, related_name="+", db_index=False)
    lent_by = models.CharField(max_length=64, blank=True)
    out_key = models.CharField(max_length=80)
    due_on = models.DateField()
    renewals = models.PositiveSmallIntegerField(default=0)
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_on = models.DateField(null=True, blank=True)
    returned_node = models.ForeignKey(
        "network.Node", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    returned_by = models.CharField(max_length=64, blank=True, default="")
    in_key = models.CharField(max_length=80, null=True, blank=True)
    returns_undone = models.PositiveSmallIntegerField(default=0)
    overdue_days = models.PositiveSmallIntegerField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    ended_as = models.CharField(max_length=8, choices=LoanEnd, blank=True, default="", db_default="")
    claimed_on = models.DateField(null=True, blank=True)  # the reader says that it was brought back

    class Meta:
        constraints = [
            models.UniqueConstraint(name="circulation_one_open_loan_per_item", fields=["item"], condition=OPEN),
            models.UniqueConstraint(name="circulation_one_loan_per_key", fields=["out_key"]),
            models.UniqueConstraint(
                name="circulation_one_return_per_key", fields=["in_key"], condition=Q(in_key__isnull=False)
            ),
            models.CheckConstraint(name="circulation_due_after_lent", condition=Q(due_on__gte=F("lent_on"))),
            models.CheckConstraint(
                name="circulation_return_is_whole",
                condition=Q(
                    returned_at__isnull=True,
                    returned_on__isnull=True,
                    returned_node__isnull=True,
                    overdue_days__isnull=True,
                )
                | Q(
                    returned_at__isnull=False,
                    returned_on__isnull=False,
                    returned_node__isnull=False,
                    overdue_days__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="circulation_open_loan_has_a_reader", condition=Q(patron__isnull=False) | ~OPEN
            ),
            models.CheckConstraint(
                name="circulation_not_returned_and_cancelled",
                condition=Q(returned_at__isnull=True) | Q(cancelled_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(name="circulation_open_by_reader", fields=["patron", "due_on"], condition=OPEN),
            models.Index(name="circulation_by_reader", fields=["patron", "lent_at"]),
            models.Index(name="circulation_open_by_due", fields=["lent_node", "due_on", "id"], condition=OPEN),
            models.Index(name="circulation_by_item", fields=["item", "lent_at"]),
        ]

    def __str__(self) -> str:
        return str(self.uid)


class Renewal(models.Model):
    """One lengthening of one loan."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    loan = models.ForeignKey(Loan, models.PROTECT, related_name="+")
    renewed_at = models.DateTimeField()
    renewed_on = models.DateField()
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+", db_index=False)
    renewed_by = models.CharField(max_length=64, blank=True)
    initiative = models.CharField(max_length=12, choices=Initiative)
    key = models.CharField(max_length=80, unique=True)
    due_before = models.DateField()
    due_on = models.DateField()
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="circulation_renewal_lengthens", condition=Q(due_on__gt=F("due_before"))),
        ]

    def __str__(self) -> str:
        return str(self.uid)


class Transit(models.Model):
    """An item on its way between two nodes (通还在途), from sending to signing for it."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    item = models.ForeignKey("holdings.Item", models.PROTECT, related_name="+")
    loan = models.ForeignKey(Loan, models.PROTECT, null=True, blank=True, related_name="+")
    from_node = models.ForeignKey("network.Node", models.PROTECT, related_name="+", db_index=False)
    to_node = models.ForeignKey("network.Node", models.PROTECT, related_name="+", db_index=False)
    sent_at = models.DateTimeField()
    arrived_at = models.DateTimeField(null=True, blank=True)
    arrived_node = models.ForeignKey(
        "network.Node", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    lost_at = models.DateTimeField(null=True, blank=True)
    crate = models.ForeignKey(Crate, models.PROTECT, null=True, blank=True, related_name="transits")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="circulation_one_transit_per_item",
                fields=["item"],
                condition=Q(arrived_at__isnull=True, cancelled_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                name="circulation_transit_expected",
                fields=["to_node", "sent_at"],
                condition=Q(arrived_at__isnull=True, cancelled_at__isnull=True),
            ),
            models.Index(name="circulation_transit_by_day", fields=["sent_at"]),
        ]

    def __str__(self) -> str:
        return str(self.uid)


class Undoing(models.Model):
    """One act taken back within a minute by the desk that did it."""

    key = models.CharField(max_length=80, unique=True)
    undone_key = models.CharField(max_length=80)
    act = models.CharField(max_length=12, choices=UndoneAct)
    loan = models.ForeignKey(Loan, models.PROTECT, related_name="+")
    undone_at = models.DateTimeField()
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    undone_by = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.act} {self.undone_key}"
