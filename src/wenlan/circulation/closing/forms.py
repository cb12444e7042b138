"""The form of an emergency closure."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.circulation.closing.types import Span
from wenlan.circulation.policies import LONGEST_CLOSURE_DAYS
from wenlan.circulation.rules.forms import day_field, node_choices
from wenlan.kernel.ids import new_uid
from wenlan.ui import clock


def fresh_key() -> str:
    """Return the key that makes sending the form twice harmless."""
    return str(new_uid())


class ClosureForm(forms.Form):
    """Where, from when until when, and from which day on items are due again."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=64, required=False)
    node = forms.ChoiceField(label=_("Shut are"), help_text=_("With all places under it."))
    start = day_field(_("Shut from"))
    end = day_field(_("Open again on"))
    due_again = day_field(
        _("Due again from"), required=False, help_text=_("Some days of grace after opening; empty: the first open day.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=200)
    close = forms.BooleanField(label=_("Write the closure into the calendar too"), required=False, initial=True)

    def __init__(self, *args: Any, nodes: frozenset[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["node"].choices = node_choices(clock.today(), nodes)

    def clean(self) -> dict[str, Any]:
        """The days stand in order."""
        said = super().clean() or {}
        start, end, again = said.get("start"), said.get("end"), said.get("due_again")
        if start and end and start >= end:
            self.add_error("end", _("It opens again after it was shut."))
        if start and end and (end - start).days > LONGEST_CLOSURE_DAYS // 2:
            self.add_error("end", _("Shut for so many years? Close the place in the tree instead."))
        if end and again and again < end:
            self.add_error("due_again", _("Nothing is due while the place is shut."))
        return said

    def span(self) -> Span:
        """Return what was entered."""
        said = self.cleaned_data
        return Span(
            node=int(said["node"]), start=said["start"], end=said["end"], due_again=said["due_again"] or said["end"]
        )
