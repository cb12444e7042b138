"""The form of a tally."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.circulation.rules.forms import day_field, node_choices
from wenlan.circulation.tallies.operations import Tally
from wenlan.circulation.transport.forms import fresh_key


class TallyForm(forms.Form):
    """Which place, which days, how much; who told it."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=64, required=False)
    node = forms.ChoiceField(label=_("Place"))
    from_day = day_field(_("From day"))
    day = day_field(_("Up to and with"))
    loans = forms.IntegerField(label=_("Items lent"), min_value=0, max_value=100_000)
    persons = forms.IntegerField(label=_("Persons who borrowed"), min_value=0, max_value=100_000, required=False)
    told_by = forms.CharField(label=_("Told by"), max_length=60, required=False)
    beside_scans = forms.BooleanField(
        label=_("Beside what was scanned there"), required=False, help_text=_("Tick when the place also lends by scan.")
    )

    def __init__(self, *args: Any, on: date, nodes: frozenset[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["node"].choices = node_choices(on, nodes)
        last = on.replace(day=1) - timedelta(days=1)
        self.initial.setdefault("from_day", last.replace(day=1))
        self.initial.setdefault("day", last)

    def tally(self) -> Tally:
        """Return what was entered."""
        said = self.cleaned_data
        return Tally(
            node=int(said["node"]),
            from_day=said["from_day"],
            day=said["day"],
            loans=said["loans"],
            persons=said["persons"] or 0,
            told_by=said["told_by"],
        )
