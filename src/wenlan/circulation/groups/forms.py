"""The form of a group loan."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.circulation.transport.forms import fresh_key

LONGEST_LIST = 20_000


class GroupForm(forms.Form):
    """Who borrows, and the scans."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=56, required=False)
    card = forms.CharField(label=_("Card of the class or unit"), max_length=64)
    name = forms.CharField(label=_("Class or unit"), max_length=60, help_text=_("As the list for the teacher says it."))
    persons = forms.IntegerField(
        label=_("How many persons"),
        min_value=1,
        max_value=10_000,
        required=False,
        help_text=_("Told by the class; some forms count them."),
    )
    scans = forms.CharField(
        label=_("Scanned barcodes"),
        max_length=LONGEST_LIST,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "class": "mono"}),
        help_text=_("One a line, or parted by blanks."),
    )
    card.widget.attrs.update(autofocus=True, autocomplete="off")


class MoreForm(forms.Form):
    """Further scans for the same class."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=56, required=False)
    card = forms.CharField(label=_("Card of the class or unit"), max_length=64)
    scans = forms.CharField(
        label=_("Scanned barcodes"),
        max_length=LONGEST_LIST,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "class": "mono"}),
    )
