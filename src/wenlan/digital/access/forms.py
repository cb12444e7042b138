"""Forms of digital resources."""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from contextlib import suppress

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenlan.digital.access.types import NewResource, OpenTo, ResourceKind
from wenlan.kernel.ids import fresh_key

LONGEST_TABLE = 500_000
MOST = {"most": LONGEST_TABLE // 1000}
MARKS = (BOM_UTF16_LE, BOM_UTF16_BE)


class ResourceForm(forms.Form):
    """A resource to be offered."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=64, required=False)
    name = forms.CharField(label=_("Name of the resource"), max_length=100)
    name_en = forms.CharField(label=_("Name in English"), max_length=100, required=False)
    kind = forms.ChoiceField(label=_("What it offers"), choices=ResourceKind.choices)
    url = forms.URLField(label=_("Address"), max_length=500, assume_scheme="https")
    open_to = forms.ChoiceField(label=_("Who may open it"), choices=OpenTo.choices, initial=OpenTo.READERS)
    signs = forms.BooleanField(label=_("Sign the link: the supplier checks who comes"), required=False)

    def resource(self) -> NewResource:
        """Return the resource."""
        said = self.cleaned_data
        words = {"zh": said["name"], "en": said["name_en"] or said["name"]}
        return NewResource(
            words=words, kind=said["kind"], url=said["url"], open_to=said["open_to"], signs=said["signs"]
        )


class NetworkForm(forms.Form):
    """A range of addresses in the house."""

    range = forms.CharField(
        label=_("Addresses in this house"), max_length=50, help_text=_("For instance 10.1.2.0/24, one range at a time.")
    )


class StatementForm(forms.Form):
    """A supplier's table, as a file or, when it was looked at, as text."""

    file = forms.FileField(label=pgettext_lazy("supplier", "Table of the supplier (COUNTER, CSV)"), required=False)
    text = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2 * LONGEST_TABLE)

    def clean_file(self) -> UploadedFile | None:
        """A table is taken whole or not at all."""
        sent: UploadedFile | None = self.cleaned_data["file"]
        if sent is not None and (sent.size or 0) > LONGEST_TABLE:
            raise forms.ValidationError(_("The table is larger than %(most)d kB. Bring it in parts."), params=MOST)
        return sent

    def table(self) -> str:
        """Return the table's text; bytes are read as UTF-8 (UTF-16 where the file begins so), else as GB 18030."""
        sent = self.cleaned_data["file"]
        if sent is None:
            return str(self.cleaned_data["text"])
        raw = bytes(sent.read())
        ways = ("utf-16",) if raw[:2] in MARKS else ("utf-8-sig", "gb18030")
        for way in ways:
            with suppress(UnicodeDecodeError):
                return raw.decode(way)
        return raw.decode("gb18030", "replace")
