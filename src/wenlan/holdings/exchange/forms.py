"""The form of a file of records."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.catalogue.types import MarcFormat
from wenlan.holdings.profiles import all_profiles

MOST_BYTES = 50_000_000
ENCODINGS = (
    ("auto", _("Find out for each record")),
    ("utf-8", "UTF-8"),
    ("gb18030", "GBK / GB 18030"),
    ("big5", "Big5"),
    ("marc-8", "MARC-8"),
)


class IncomingForm(forms.Form):
    """A file, and how its copies are said."""

    file = forms.FileField(
        label=_("File"), help_text=_("ISO 2709, MARCXML or CSV, plain or gzipped, up to 50 MB."), required=True
    )
    profile = forms.ChoiceField(
        label=_("Copies"), required=False, help_text=_("Where this source says which copies there are.")
    )
    scope = forms.CharField(
        label=_("Scope of the barcodes"),
        required=False,
        max_length=20,
        help_text=_("Only where an old branch keeps its own numbers."),
    )
    format = forms.ChoiceField(label=_("Format"), required=False)
    encoding = forms.ChoiceField(label=_("Encoding"), choices=ENCODINGS, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["profile"].choices = [
            ("", _("Records only, no copies")),
            *((one.code, str(one)) for one in all_profiles()),
        ]
        self.fields["format"].choices = [("auto", _("Find out for each record")), *MarcFormat.choices]

    def clean_file(self) -> Any:
        """Refuse a file that a page should not carry."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 50 MB. Import it with “wenlan import marc FILE”."))
        return file


class MendForm(forms.Form):
    """A record as text, to be tried again."""

    text = forms.CharField(
        label=_("The record, mended"),
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "class": "mono", "spellcheck": "false", "wrap": "soft"}),
        help_text=_("One field a line: =200, two blanks, two indicators, $a ...; a blank indicator is \\."),
    )
    format = forms.ChoiceField(label=_("Format"), required=False)
    scope = forms.CharField(
        label=_("Scope of the barcodes"),
        required=False,
        max_length=20,
        help_text=_("Only where an old branch keeps its own numbers."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["format"].choices = [("auto", _("Find out for each record")), *MarcFormat.choices]
