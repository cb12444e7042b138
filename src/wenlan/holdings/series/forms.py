"""A new series, and what of one is printed on which sheet."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from wenlan.holdings.labels.sheets import sheets
from wenlan.holdings.labels.types import LabelKind, Layout, Symbology
from wenlan.holdings.series.operations import Wanted
from wenlan.holdings.series.types import SeriesView
from wenlan.kernel.words import say

MOST_BARCODES = 100_000
MOST_LABELS = 2_000
MOST_DIGITS = 14
PLAIN = RegexValidator(
    r"^[0-9A-Za-z.\-]*$", _("Latin letters, digits, full stop and hyphen only: bars have no others.")
)


class SeriesForm(forms.Form):
    """How many barcodes, and what they look like."""

    begins = forms.CharField(label=_("Prefix"), required=False, max_length=20, validators=[PLAIN])
    digits = forms.IntegerField(label=_("Digits of the number"), min_value=3, max_value=MOST_DIGITS, initial=7)
    count = forms.IntegerField(label=_("How many"), min_value=1, max_value=MOST_BARCODES, initial=500)
    first = forms.IntegerField(
        label=_("First number"),
        min_value=1,
        max_value=10**MOST_DIGITS - 1,
        required=False,
        help_text=_("Only for labels that were bought printed; else the next free one."),
    )
    note = forms.CharField(label=_("For what"), required=False, max_length=100)

    def wanted(self) -> Wanted:
        """Return what is asked for."""
        said = self.cleaned_data
        return Wanted(
            prefix=said["begins"], digits=said["digits"], count=said["count"], first=said["first"], note=said["note"]
        )


class SeriesLabelForm(forms.Form):
    """Which numbers of a series are printed, on which sheet."""

    start = forms.IntegerField(label=_("From number"))
    end = forms.IntegerField(label=_("to"))
    sheet = forms.ChoiceField(label=_("Sheet"))
    symbology = forms.ChoiceField(label=_("Bars"), choices=Symbology.choices, initial=Symbology.CODE128)
    place = forms.IntegerField(label=_("First label used"), min_value=1, max_value=500, initial=1)

    def __init__(self, *args: Any, of: SeriesView, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = of
        self.sheets = {code: sheet for code, sheet in sheets().items() if LabelKind.BARCODE in sheet.kinds}
        self.fields["sheet"].choices = [(code, say(sheet.words)) for code, sheet in self.sheets.items()]

    def clean(self) -> dict[str, Any]:
        """Take numbers of the series only, not too many at once, and a place that is on the sheet."""
        said = super().clean() or {}
        start, end = said.get("start"), said.get("end")
        if start is not None and end is not None:
            if not self.of.first <= start <= end <= self.of.last:
                self.add_error("end", _("These numbers are not all of the series."))
            elif end - start >= MOST_LABELS:
                self.add_error("end", _("Print at most 2,000 labels at once."))
        sheet = self.sheets.get(said.get("sheet", ""))
        if sheet and (said.get("place") or 1) > sheet.places:
            self.add_error("place", _("The sheet has fewer labels."))
        return said

    def layout(self) -> Layout:
        """Return how the labels are laid out."""
        said = self.cleaned_data
        return Layout(sheet=self.sheets[said["sheet"]], kind=LabelKind.BARCODE, first=said["place"])

    def barcodes(self) -> list[str]:
        """Return the barcodes to print."""
        said = self.cleaned_data
        return [self.of.barcode(number) for number in range(said["start"], said["end"] + 1)]
