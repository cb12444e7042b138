"""Forms of weeding."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.holdings.batches.forms import ChooseForm
from wenlan.holdings.forms import KeyedForm
from wenlan.holdings.types import WithdrawalWay
from wenlan.holdings.weeding.types import WeedingReason

BY_SCAN = "scan"
RULES = (
    (BY_SCAN, _("What is scanned or named below")),
    (WeedingReason.UNUSED.value, _("Never lent, registered more than so many years ago")),
    (WeedingReason.WORN.value, _("Everything damaged")),
    (WeedingReason.LOST.value, _("Missing or lost for so many years")),
    (WeedingReason.SURPLUS.value, _("Copies beyond three of a title at one place")),
)


class ProposeForm(ChooseForm):
    """Which volumes, and why."""

    rule = forms.ChoiceField(label=_("Candidates"), choices=RULES)
    years = forms.IntegerField(label=_("Years"), min_value=1, max_value=50, initial=5)
    reason = forms.ChoiceField(label=_("Reason"), choices=WeedingReason.choices)
    subject = forms.CharField(label=_("What the list is about"), max_length=200, required=False)

    field_order = ("rule", "years", "reason", "subject")

    def clean(self) -> dict[str, Any]:
        """A rule needs no scans."""
        said = super().clean() or {}
        if said.get("rule") != BY_SCAN and "scans" in self.errors:
            del self.errors["scans"]
        return said


class ReviewForm(KeyedForm):
    """The opinion of the departments."""

    opinion = forms.CharField(label=_("Opinion"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class DecideForm(KeyedForm):
    """The decision under a paper's number."""

    paper = forms.CharField(label=_("Number of the approval"), max_length=60, required=False)


class DisposeForm(KeyedForm):
    """How the volumes leave."""

    way = forms.ChoiceField(label=_("Way of disposal"), choices=WithdrawalWay.choices)
    recipient = forms.CharField(label=_("Who gets them"), max_length=100, required=False)
