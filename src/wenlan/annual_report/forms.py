"""What people type on the pages of the report."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.annual_report.shapes import shape, shape_names
from wenlan.annual_report.types import Step
from wenlan.kernel.words import say
from wenlan.ui.widgets import DayInput


class ComposeForm(forms.Form):
    """Which report to compose."""

    node = forms.TypedChoiceField(label=_("Library"), coerce=int)
    year = forms.IntegerField(label=_("Year"), min_value=1949, max_value=2100)
    shape = forms.ChoiceField(label=_("Shape"))
    key = forms.CharField(max_length=60, widget=forms.HiddenInput)

    def __init__(self, *args: Any, nodes: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["node"].choices = nodes
        names = [(name, shape(name).names) for name in shape_names()]
        from_words = [(name, say(words)) for name, words in names]
        self.fields["shape"].choices = from_words


class StepForm(forms.Form):
    """A step, and what the person wishes to note with it."""

    step = forms.ChoiceField(choices=Step.choices)
    note = forms.CharField(max_length=200, required=False)


class ReleaseForm(forms.Form):
    """Why a finding may stand."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class TextForm(forms.Form):
    """A text for a slot as the office writes it."""

    text = forms.CharField(label=_("Text as it will be printed"), widget=forms.Textarea(attrs={"rows": 8}))
    source_document = forms.CharField(label=_("Source document"), max_length=200)
    approver = forms.CharField(label=_("Approved by"), max_length=60)
    until_day = forms.DateField(label=_("To be used until"), required=False, widget=DayInput())
