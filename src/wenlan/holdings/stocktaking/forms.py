"""Forms of stocktaking."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.holdings.batches.forms import LONGEST_LIST, place_choices, read_place
from wenlan.holdings.forms import KeyedForm
from wenlan.holdings.stocktaking.operations import Scope


class CountForm(KeyedForm):
    """What is counted."""

    name = forms.CharField(label=_("Name of the count"), max_length=100)
    place = forms.ChoiceField(label=_("Place"))
    class_start = forms.CharField(
        label=_("Call number begins with"), max_length=40, required=False, help_text=_("Left empty: the whole place.")
    )

    def __init__(self, *args: Any, nodes: frozenset[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = place_choices(nodes)
        self.fields["name"].widget.attrs["autofocus"] = True

    def scope(self) -> Scope:
        """Return what is counted."""
        node, department = read_place(self.cleaned_data["place"])
        return Scope(node=node or 0, department=department, class_start=self.cleaned_data["class_start"].strip())


class ScansForm(KeyedForm):
    """Scans typed, pasted, or in a file."""

    scans = forms.CharField(
        label=_("Scanned barcodes"),
        required=False,
        max_length=LONGEST_LIST,
        widget=forms.Textarea(attrs={"rows": 3, "autofocus": True, "spellcheck": "false", "class": "mono"}),
    )
    file = forms.FileField(label=_("File of a scanner, phone or cart"), required=False)
