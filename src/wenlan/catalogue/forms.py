"""Forms of the catalogue's desk pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.catalogue.types import Audience, Condition, Material, SearchField, SearchSort

CARRIED = ("class", "place", "language", "year", "available")


class SearchForm(forms.Form):
    """The words, and the sentence of filters under them; what was narrowed beside it is carried along."""

    q = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    field = forms.ChoiceField(label=_("Where to look"), choices=SearchField.choices, required=False)
    material = forms.ChoiceField(label=_("Material"), required=False)
    audience = forms.ChoiceField(label=_("Audience"), required=False)
    sort = forms.ChoiceField(label=_("Sorted by"), choices=SearchSort.choices, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["material"].choices = [("", _("Every material")), *Material.choices]
        self.fields["audience"].choices = [("", _("Every audience")), *Audience.choices]
        for name in CARRIED:
            self.fields[name] = forms.CharField(required=False, widget=forms.HiddenInput)


class ConditionForm(forms.Form):
    """Records by their numbers, one a line, and what is to become of them."""

    lines = forms.CharField(
        label=_("Numbers of the records"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=20_000,
        help_text=_("ISBN, ISSN or control number, one a line."),
    )
    wanted = forms.ChoiceField(
        label=_("What to do"),
        choices=[
            (Condition.HIDDEN.value, _("Hide from readers")),
            (Condition.DELETED.value, _("Delete")),
            ("shown", _("Show again")),
        ],
        required=False,
    )
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for a reason before anything is taken out of sight."""
        said = super().clean() or {}
        if self.data.get("act") == "do" and said.get("wanted") != "shown" and not said.get("reason"):
            self.add_error("reason", _("Please say why."))
        return said

    def condition(self) -> Condition | None:
        """Return the condition wanted; None shows again."""
        wanted = self.cleaned_data["wanted"] or Condition.HIDDEN.value
        return None if wanted == "shown" else Condition(wanted)
