"""Forms of capped admission."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.kernel.ids import fresh_key
from wenlan.network.almanac.operations import LONGEST_SLOT, SHORTEST_SLOT
from wenlan.ui.widgets import DayInput


class CapForm(forms.Form):
    """How many may come in, from when, and why."""

    most = forms.IntegerField(label=_("People in a slot"), min_value=1, max_value=100_000)
    slot_minutes = forms.IntegerField(
        label=_("Minutes of a slot"), min_value=SHORTEST_SLOT, max_value=LONGEST_SLOT, initial=120
    )
    from_day = forms.DateField(label=_("First day"), widget=DayInput())
    reason = forms.CharField(label=_("Reason"), max_length=200)


class DoorForm(forms.Form):
    """Who stands at the door: a card of somebody who booked, or so many people."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=64)
    card = forms.CharField(
        label=_("Card of who booked"), required=False, max_length=64, help_text=_("Empty: people without a booking."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
    )  # fmt: skip
    persons = forms.IntegerField(label=_("How many people"), min_value=1, max_value=100, initial=1)
    what = forms.ChoiceField(choices=(("in", ""), ("away", "")), required=False, widget=forms.HiddenInput)
