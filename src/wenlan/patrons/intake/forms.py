"""The form by which a list of readers comes in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.patrons import queries
from wenlan.patrons.forms import fresh_key
from wenlan.patrons.intake.profiles import profiles
from wenlan.patrons.intake.types import Source

LARGEST = 8_000_000


class UploadForm(forms.Form):
    """A file, how its columns are called, and which category its readers get where it does not say one of ours."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=64)
    file = forms.FileField(label=_("File"), help_text=_("Excel (.xlsx) or CSV with one line of headings."))
    profile = forms.ChoiceField(label=_("How its columns are called"), initial="plain")
    source = forms.SlugField(
        label=_("Name of the list"), max_length=30,
        help_text=_("The same for each trial of the same list: nobody is registered twice. For example school-1-2026."),
    )  # fmt: skip
    category = forms.ChoiceField(label=_("Category of those for whom the list names none of ours"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["profile"].choices = sorted((code, one.label) for code, one in profiles().items())
        self.fields["category"].choices = [
            ("", _("None: such lines are kept out")),
            *((one.code, one.name) for one in queries.categories() if one.is_open),
        ]

    def clean_file(self) -> Any:
        """Refuse what is too large to be looked at in a page."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is too large for this page. Use `wenlan import patrons`."))
        return file

    def source_of(self, places: dict[str, int]) -> Source:
        """Return the source of a valid form: our categories and places are known by their names and codes."""
        said = self.cleaned_data
        categories = {word: one.code for one in queries.categories() for word in (one.code, *one.words.values())}
        if said["category"]:
            categories["*"] = said["category"]
        return Source(name=said["source"], profile=said["profile"], categories=categories, places=places)
