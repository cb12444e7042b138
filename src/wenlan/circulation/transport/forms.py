"""The form of a new crate."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.circulation.rules.forms import node_choices
from wenlan.kernel.ids import new_uid
from wenlan.ui import clock


def fresh_key() -> str:
    """Return the key that makes sending the form twice harmless."""
    return str(new_uid())


class CrateForm(forms.Form):
    """Which box, and where it goes."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=64, required=False)
    code = forms.CharField(label=_("Number on the crate"), max_length=40)
    to_node = forms.ChoiceField(label=_("It goes to"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_node"].choices = node_choices(clock.today())
