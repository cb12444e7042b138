"""Forms of reservations at the desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.circulation.rules.forms import day_field, node_choices
from wenlan.kernel.ids import new_uid
from wenlan.ui import clock


def fresh_key() -> str:
    """Return the key that makes sending the form twice harmless."""
    return str(new_uid())


class ReserveForm(forms.Form):
    """Who wants what, and where it is to be fetched."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=64, required=False)
    card = forms.CharField(label=_("Card number"), max_length=64)
    barcode = forms.CharField(
        label=_("Barcode of a copy"), max_length=40, help_text=_("Any copy: the title is reserved, not this one.")
    )
    pickup = forms.ChoiceField(label=_("Pick-up point"))
    only_this = forms.BooleanField(label=_("Only this copy (a volume of a set)"), required=False)
    card.widget.attrs.update(autocomplete="off")
    barcode.widget.attrs.update(autocomplete="off")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pickup"].choices = node_choices(clock.today())


class SuspendForm(forms.Form):
    """Until which day a reservation rests."""

    until = day_field(_("Rests until"), required=False)
