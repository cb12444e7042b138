"""Lists of volumes to be weeded, with the papers and people of each step."""

from django.db import models
from django.db.models import F, Q

from wenlan.holdings.types import WithdrawalWay
from wenlan.holdings.weeding.types import WeedingReason


class WeedingList(models.Model):
    """A list with its three days: proposed (剔除), decided (批复), deregistered (注销). Who asks does not approve."""

    number = models.CharField(max_length=20, unique=True)
    owner_node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    subject = models.CharField(max_length=200, blank=True, default="")
    proposed_on = models.DateField()
    proposed_by = models.CharField(max_length=60, blank=True, default="")
    reviewed_on = models.DateField(null=True, blank=True)
    reviewed_by = models.CharField(max_length=60, blank=True, default="")
    opinion = models.CharField(max_length=500, blank=True, default="")
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.CharField(max_length=60, blank=True, default="")
    approved = models.BooleanField(null=True, blank=True)
    paper = models.CharField(max_length=60, blank=True, default="")
    disposed_on = models.DateField(null=True, blank=True)
    disposed_by = models.CharField(max_length=60, blank=True, default="")
    way = models.CharField(max_length=20, choices=WithdrawalWay, blank=True, default="")
    recipient = models.CharField(max_length=100, blank=True, default="")
    key = models.CharField(max_length=120, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="holdings_weeding_in_order",
                condition=(Q(decided_on__isnull=True) | Q(reviewed_on__isnull=False))
                & (Q(disposed_on__isnull=True) | Q(approved__isnull=False, approved=True)),
            ),
            models.CheckConstraint(
                name="holdings_weeding_four_eyes",
                condition=Q(decided_on__isnull=True) | ~Q(decided_by=F("proposed_by")),
            ),
            models.CheckConstraint(name="holdings_approval_has_a_paper", condition=~Q(approved=True) | ~Q(paper="")),
        ]

    def __str__(self) -> str:
        return self.number


class WeedingLine(models.Model):
    """A volume of a list. `kept` says that the review or the decision keeps it; it is on one open list at a time."""

    weeding = models.ForeignKey(WeedingList, models.PROTECT, related_name="lines")
    item = models.ForeignKey("holdings.Item", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=12, choices=WeedingReason)
    note = models.CharField(max_length=200, blank=True, default="")
    kept = models.BooleanField(default=False)
    is_open = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="holdings_one_open_weeding", fields=["item"], condition=Q(is_open=True)),
            models.UniqueConstraint(name="holdings_item_once_on_a_list", fields=["weeding", "item"]),
        ]

    def __str__(self) -> str:
        return f"{self.weeding_id}/{self.item_id}"
