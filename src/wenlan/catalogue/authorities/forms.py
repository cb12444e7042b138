"""Forms of the authority file's desk pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.catalogue.authorities.types import AuthorityKind
from wenlan.kernel.ids import new_uid

SUBDIVIDED = (AuthorityKind.SUBJECT, AuthorityKind.PLACE, AuthorityKind.FORM)


class FindForm(forms.Form):
    """The characters of a name, and of what kind it is."""

    q = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("Every kind")), *AuthorityKind.choices]


class HeadingForm(forms.Form):
    """A heading and the forms it is seen from; what a kind does not have is left empty."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    name = forms.CharField(label=_("Name or topic"), max_length=300)
    part = forms.CharField(
        label=_("Rest of the name, or subdivision"),
        max_length=300,
        required=False,
        help_text=_("Given names of a person written the other way round; a department; an aspect of a topic."),
    )
    added = forms.CharField(
        label=_("Addition"), max_length=200, required=False, help_text=_("What tells two of one name apart: 明, 诗人.")
    )
    dates = forms.CharField(label=_("Dates"), max_length=60, required=False, help_text=_("1881-1936"))
    see = forms.CharField(
        label=_("See from"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Other forms of the name, one a line: pen names, old names, other spellings. They find it too."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = str(new_uid())

    def values(self, kind: str) -> dict[str, str]:
        """Return what was said by subfield (CNMARC)."""
        said = self.cleaned_data
        part = "x" if kind in SUBDIVIDED else "b"
        found = {"a": said["name"], part: said["part"]}
        return found if kind in SUBDIVIDED else {**found, "c": said["added"], "f": said["dates"]}

    def forms_seen(self) -> tuple[str, ...]:
        """Return the other forms of the name, each once."""
        lines = (line.strip() for line in self.cleaned_data["see"].splitlines())
        return tuple(dict.fromkeys(line for line in lines if line))


class NewForm(HeadingForm):
    """A heading that does not stand yet."""

    kind = forms.ChoiceField(label=_("Kind"), choices=AuthorityKind.choices)
    field_order = ("key", "kind", "name", "part", "added", "dates", "see")


class OtherForm(forms.Form):
    """Another authority, by its number."""

    number = forms.CharField(label=_("Number of the other one"), max_length=64)
    number.widget.attrs.update(autocomplete="off", placeholder="A2026000001")
