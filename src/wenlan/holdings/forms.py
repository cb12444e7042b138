"""Forms of the items' desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.holdings import policies
from wenlan.holdings.types import ItemStatus


class StatusForm(forms.Form):
    """What an item becomes by hand, and why."""

    status = forms.ChoiceField(label=_("New state"))
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def __init__(self, *args: Any, present: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [
            (status.value, status.label) for status in ItemStatus if status in policies.CHANGES[present]
        ]


class WithdrawForm(forms.Form):
    """Why an item leaves the stock."""

    reason = forms.CharField(label=_("Reason"), max_length=200)
