"""The form of a plan's item."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from wenlan.activities import queries
from wenlan.activities.planning.types import FIRST_YEAR, LAST_YEAR, LONGEST_TITLE, NewItem
from wenlan.kernel.ids import fresh_key
from wenlan.kernel.words import say
from wenlan.ui.widgets import DayInput

MOST = 100_000


class ItemForm(forms.Form):
    """So many sessions of a kind until a day."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=64, required=False)
    title = forms.CharField(label=_("What is planned"), max_length=LONGEST_TITLE)
    kind = forms.ChoiceField(label=_("Kind of activity"))
    due_on = forms.DateField(
        label=_("Until"),
        widget=DayInput(),
        validators=[MinValueValidator(date(FIRST_YEAR, 1, 1)), MaxValueValidator(date(LAST_YEAR, 12, 31))],
    )
    target_sessions = forms.IntegerField(label=_("Sessions aimed at"), min_value=1, max_value=MOST)
    target_persons = forms.IntegerField(label=_("People aimed at"), min_value=1, max_value=MOST * 100, required=False)
    carried_by = forms.CharField(label=_("Person in charge"), max_length=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = queries.kinds().values()
        self.fields["kind"].choices = [(kind.code, say(kind.words)) for kind in kinds]

    def item(self) -> NewItem:
        """Return the item."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "key"}
        return NewItem(**said)
