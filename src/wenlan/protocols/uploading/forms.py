"""Forms of handing in: a centre; records by number; what a centre answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.catalogue.overlay import is_pattern
from wenlan.catalogue.types import MarcFormat
from wenlan.protocols.copying.forms import clean_host, clean_path
from wenlan.protocols.uploading.types import CentreFacts, CentreView, Route

FORMATS = ((MarcFormat.CNMARC.value, "CNMARC"), (MarcFormat.MARC21.value, "MARC 21"))
ENCODINGS = (("utf-8", "UTF-8"), ("gb18030", "GB 18030"), ("gbk", "GBK"), ("big5hkscs", "Big5-HKSCS"))


class CentreForm(forms.Form):
    """A centre: how it takes records, in which form, and what goes to it by itself."""

    name = forms.CharField(label=_("Name of the centre"), max_length=100)
    route = forms.ChoiceField(label=_("How it takes records"), choices=Route.choices)
    format = forms.ChoiceField(label=_("Form of records"), choices=FORMATS)
    encoding = forms.ChoiceField(
        label=_("Encoding"), choices=ENCODINGS, help_text=_("Of a file; records sent one by one go in UTF-8.")
    )
    host = forms.CharField(label=_("Host"), max_length=253, required=False)
    port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65535, initial=80)
    path = forms.CharField(label=_("Path of the service"), max_length=200, required=False, initial="/update")
    is_encrypted = forms.BooleanField(label=_("Over TLS"), required=False)
    user = forms.CharField(label=_("User"), max_length=100, required=False)
    password = forms.CharField(
        label=_("Password"),
        max_length=100,
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Left empty, the one that is kept stays."),
    )
    seconds = forms.IntegerField(label=_("Waits at most (seconds)"), min_value=1, max_value=60, initial=10)
    left_out = forms.CharField(
        label=_("Fields that stay at home"),
        max_length=200,
        required=False,
        initial="9XX",
        help_text=_("Tags with a blank between; X stands for any digit: 9XX 830."),
    )
    takes_by_itself = forms.BooleanField(
        label=_("Every record catalogued here goes into its queue by itself"), required=False
    )
    rest_hours = forms.IntegerField(
        label=_("After so many hours"),
        min_value=0,
        max_value=720,
        initial=24,
        help_text=_("So long a new record may still be mended before it goes."),
    )
    is_active = forms.BooleanField(label=_("Is served"), required=False, initial=True)

    def clean_left_out(self) -> str:
        """Refuse what is no tag."""
        tags = self.cleaned_data["left_out"].upper().split()
        if not all(is_pattern(tag) for tag in tags):
            raise forms.ValidationError(_("A tag has three digits; X stands for any."))
        return " ".join(tags)

    def clean(self) -> dict[str, Any]:
        """Ask for an address where records are sent to one."""
        said = super().clean() or {}
        if said.get("route") == Route.SRU_UPDATE:
            for name, rule in (("host", clean_host), ("path", clean_path)):
                try:
                    said[name] = rule(said.get(name, ""))
                except forms.ValidationError as wrong:
                    self.add_error(name, wrong)
        return said

    def facts(self) -> CentreFacts:
        """Return what is said of the centre."""
        return CentreFacts(**self.cleaned_data)


class QueueForm(forms.Form):
    """Records by their numbers, and the centre they are for."""

    centre = forms.TypedChoiceField(label=_("Centre"), coerce=int)
    lines = forms.CharField(
        label=_("Numbers"),
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Control numbers or ISBN, one a line."),
    )

    def __init__(self, *args: Any, centres: Sequence[CentreView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["centre"].choices = [(one.id, one.name) for one in centres]
