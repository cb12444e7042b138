"""Forms of the items' desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.holdings import policies
from wenlan.holdings.types import Transition, TreatmentKind, TreatmentOutcome
from wenlan.kernel.ids import new_uid
from wenlan.ui.widgets import DayInput


def fresh_key() -> str:
    """Return the key that makes sending a form twice harmless."""
    return str(new_uid())


class KeyedForm(forms.Form):
    """A form whose sending twice is as once."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=64, required=False)


class StateForm(KeyedForm):
    """What is done with an item, and why."""

    transition = forms.ChoiceField(label=_("What is done"))
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def __init__(self, *args: Any, present: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["transition"].choices = [(act.value, act.label) for act in policies.acts_by_hand(present)]

    def clean(self) -> dict[str, Any]:
        """Ask for the reason where the act needs one."""
        said = super().clean() or {}
        step = policies.STEPS.get(said.get("transition", ""))
        if step and step.needs_reason and not said.get("reason", "").strip():
            self.add_error("reason", _("Say why, please."))
        return said


class TreatmentForm(KeyedForm):
    """What is to be done at repair or at the bindery."""

    kind = forms.ChoiceField(label=_("Kind of work"), choices=TreatmentKind.choices)
    work = forms.CharField(label=_("What is to be done"), max_length=200)
    sent_to = forms.CharField(label=_("Done by"), max_length=100, required=False)
    expected_on = forms.DateField(label=_("Expected back on"), required=False, widget=DayInput())


class TreatmentEndForm(KeyedForm):
    """How it came back."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=TreatmentOutcome.choices)
    cost = forms.DecimalField(label=_("Cost in yuan"), min_value=0, max_digits=9, decimal_places=2, required=False)
    note = forms.CharField(label=_("Remark"), max_length=200, required=False)

    def cost_fen(self) -> int | None:
        """Return the cost in fen; None when it was left empty."""
        cost = self.cleaned_data["cost"]
        return None if cost is None else int(cost * 100)


def offered(present: str) -> dict[str, forms.Form]:
    """Return the forms that fit an item of this state, by name."""
    found: dict[str, forms.Form] = {}
    if policies.acts_by_hand(present):
        found["state_form"] = StateForm(present=present)
    if policies.may_take(Transition.REPAIR, present):
        found["treatment_form"] = TreatmentForm()
    if present in policies.AWAY:
        found["treatment_end_form"] = TreatmentEndForm()
    return found
