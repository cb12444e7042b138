"""Forms of the roster."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.circulation.roster.types import MOST_PEOPLE
from wenlan.kernel.ids import fresh_key
from wenlan.ui.widgets import DayInput


class PostForm(forms.Form):
    """A post."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=64, required=False)
    name = forms.CharField(label=_("Name of the post"), max_length=60)
    name_en = forms.CharField(label=_("Name in English"), max_length=60, required=False)
    people = forms.IntegerField(label=_("People in each shift"), min_value=1, max_value=MOST_PEOPLE, initial=1)
    has_till = forms.BooleanField(label=_("Takes money: whoever is on duty takes over the drawer"), required=False)

    def words(self) -> dict[str, str]:
        """Return the name by language."""
        said = self.cleaned_data
        return {"zh": said["name"], "en": said["name_en"] or said["name"]}


class AssignForm(forms.Form):
    """Who is put into a shift."""

    key = forms.CharField(max_length=64, required=False)
    post = forms.IntegerField()
    day = forms.DateField(widget=DayInput())
    starts = forms.TimeField()
    member = forms.TypedChoiceField(coerce=int)

    def __init__(self, *args: Any, members: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].choices = list(members)


class CoverForm(forms.Form):
    """Who stands in for somebody."""

    member = forms.TypedChoiceField(coerce=int)

    def __init__(self, *args: Any, members: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].choices = list(members)
