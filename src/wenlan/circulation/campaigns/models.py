"""Campaigns, and the loans that each of them asked back."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from wenlan.kernel.ids import new_uid


class RecallCampaign(models.Model):
    """One campaign, told in batches: what is not told yet is carried on by the clock, also after a crash."""

    uid = models.UUIDField(default=new_uid, unique=True, editable=False)
    name = models.CharField(max_length=60)
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    due_before = models.DateField()
    categories = models.JSONField(default=list)
    amnesty = models.ForeignKey("credit.Amnesty", models.PROTECT, null=True, blank=True, related_name="+")
    price_li = models.PositiveIntegerField(default=0)
    begun_on = models.DateField()
    until = models.DateField()  # the last day
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=64, blank=True)
    key = models.CharField(max_length=80, unique=True)
    told_at = models.DateTimeField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.CharField(max_length=64, blank=True, default="")
    settled_at = models.DateTimeField(null=True, blank=True)  # ended, and every return of it stands in the ledger

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="circulation_campaign_in_order", condition=Q(until__gte=F("begun_on"))),
        ]
        indexes: ClassVar = [
            models.Index(name="circulation_campaign_at_work", fields=["id"], condition=Q(settled_at=None)),
        ]

    def __str__(self) -> str:
        return self.name


class CampaignLoan(models.Model):
    """A loan that was asked back. `reader` counts the readers of a campaign from 1: it stays when the loan forgets its
    reader. `back_on` is the day of the return once it stands in the ledger.
    """

    campaign = models.ForeignKey(RecallCampaign, models.PROTECT, related_name="loans")
    loan = models.ForeignKey("circulation.Loan", models.PROTECT, related_name="+")
    reader = models.PositiveIntegerField()
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    asked_on = models.DateField()
    back_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="circulation_asked_back_once", fields=["campaign", "loan"]),
        ]
        indexes: ClassVar = [
            models.Index(name="circulation_not_yet_back", fields=["campaign", "id"], condition=Q(back_on=None)),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id}: {self.loan_id}"
