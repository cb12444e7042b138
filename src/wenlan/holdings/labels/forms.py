"""What is printed, on which sheet, for which items."""

import re
from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.holdings.labels import choosing
from wenlan.holdings.labels.choosing import Chosen
from wenlan.holdings.labels.sheets import sheets
from wenlan.holdings.labels.types import LabelKind, Layout, Sheet, Symbology
from wenlan.kernel.words import say
from wenlan.ui.widgets import DayInput

FURTHEST_MM = 20
BY_SCAN, BY_BATCH, BY_CALL_NUMBER, BY_DAY = "scan", "batch", "call_number", "day"
WAYS = (
    (BY_SCAN, _("Scanned list")),
    (BY_BATCH, _("Supplier's batch")),
    (BY_CALL_NUMBER, _("Call numbers from, to")),
    (BY_DAY, _("Accessioned from, to")),
)
_PARTS = re.compile(r"[\s,，、;；]+")


class LabelForm(forms.Form):
    """The kind, the sheet, the choice of items, and how the printer is corrected."""

    kind = forms.ChoiceField(label=_("What to print"), choices=LabelKind.choices, initial=LabelKind.SPINE)
    sheet = forms.ChoiceField(label=_("Sheet"))
    way = forms.ChoiceField(label=_("Which items"), choices=WAYS, initial=BY_SCAN)
    scans = forms.CharField(
        label=_("Barcodes or card numbers"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false", "class": "mono"}),
        help_text=_("Scan one after the other; for reader cards, the cards' numbers."),
    )
    batch = forms.CharField(label=_("Batch number"), required=False, max_length=20)
    first_mark = forms.CharField(label=_("Call number from"), required=False, max_length=60)
    last_mark = forms.CharField(label=_("to"), required=False, max_length=60)
    first_day = forms.DateField(label=_("Accessioned from"), required=False, widget=DayInput())
    last_day = forms.DateField(label=_("to"), required=False, widget=DayInput())
    symbology = forms.ChoiceField(label=_("Bars"), choices=Symbology.choices, initial=Symbology.CODE128)
    first = forms.IntegerField(
        label=_("First label used"),
        min_value=1,
        max_value=500,
        initial=1,
        help_text=_("1 is top left; a sheet begun yesterday is used up."),
    )
    shift_x = forms.FloatField(
        label=_("Correction right, mm"), min_value=-FURTHEST_MM, max_value=FURTHEST_MM, initial=0, required=False
    )
    shift_y = forms.FloatField(
        label=_("Correction down, mm"), min_value=-FURTHEST_MM, max_value=FURTHEST_MM, initial=0, required=False
    )
    with_place = forms.BooleanField(label=_("Library's name on spine labels"), required=False)
    frames = forms.BooleanField(label=_("Test print: edges and numbers of the labels"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheets: dict[str, Sheet] = sheets()
        self.fields["sheet"].choices = [(code, say(sheet.words)) for code, sheet in self.sheets.items()]

    def clean(self) -> dict[str, Any]:
        """Take a sheet that fits the kind, and a first place that is on it."""
        said = super().clean() or {}
        sheet = self.sheets.get(said.get("sheet", ""))
        kind = said.get("kind")
        if sheet and kind and kind not in sheet.kinds:
            self.add_error("sheet", _("This sheet is for another kind of label."))
        if sheet and (said.get("first") or 1) > sheet.places:
            self.add_error("first", _("The sheet has fewer labels."))
        return said

    def layout(self) -> Layout:
        """Return how the labels are laid out."""
        said = self.cleaned_data
        return Layout(
            sheet=self.sheets[said["sheet"]],
            kind=LabelKind(said["kind"]),
            first=said["first"],
            shift=(said["shift_x"] or 0.0, said["shift_y"] or 0.0),
            frames=said["frames"],
        )

    def numbers(self) -> list[str]:
        """Return the scanned numbers, in their order."""
        return [one for one in _PARTS.split(self.cleaned_data["scans"]) if one]

    def chosen(self, nodes: Collection[int]) -> Chosen:
        """Return the items meant, of these nodes. Raises TooManyLabels."""
        said = self.cleaned_data
        if said["way"] == BY_BATCH:
            return choosing.of_batch(said["batch"].strip(), nodes)
        if said["way"] == BY_CALL_NUMBER and said["first_mark"]:
            return choosing.of_call_numbers(said["first_mark"], said["last_mark"], nodes)
        if said["way"] == BY_DAY and said["first_day"]:
            return choosing.of_days(said["first_day"], said["last_day"] or said["first_day"], nodes)
        return choosing.of_barcodes(self.numbers() if said["way"] == BY_SCAN else (), nodes)
