"""The question that a page of figures answers: which place, which span, which scope, by what."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenlan.indicators.queries import BREAKDOWNS
from wenlan.indicators.types import NETWORK, OWN
from wenlan.indicators.words import DIMENSION_WORDS
from wenlan.kernel.periods import Period
from wenlan.network import queries as network
from wenlan.ui.widgets import DayInput

SCOPES = ((NETWORK, _("with all under it")), (OWN, _("the library itself")))


class QuestionForm(forms.Form):
    """Place and scope, first and last day, and a dimension to break down by; all may be left out."""

    node = forms.TypedChoiceField(label=_("Place"), coerce=int, required=False)
    scope = forms.ChoiceField(label=pgettext_lazy("figures", "Scope"), choices=SCOPES, required=False)
    start = forms.DateField(label=_("First day"), required=False, widget=DayInput())
    last = forms.DateField(label=_("Last day"), required=False, widget=DayInput())
    by = forms.ChoiceField(label=_("Broken down by"), required=False)

    def __init__(self, *args: Any, nodes: Collection[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["node"].choices = [(view.id, view.name) for view in network.nodes() if view.id in nodes]
        words = [(name, label) for name, label in DIMENSION_WORDS.items() if name in BREAKDOWNS]
        self.fields["by"].choices = [("", _("nothing")), *words]

    def clean(self) -> dict[str, Any]:
        """A span does not end before it starts."""
        said = super().clean() or {}
        if said.get("start") and said.get("last") and said["last"] < said["start"]:
            self.add_error("last", _("The last day comes before the first."))
        return said


class Question:
    """What was asked, with what was left out filled in: the desk's place, this year until today."""

    def __init__(self, data: Any, *, nodes: Collection[int], home: int, today: date) -> None:
        asked = QuestionForm(data or {}, nodes=nodes)
        asked.is_valid()
        said = asked.cleaned_data  # what makes no sense is not in it, and is answered as if it were left out
        highest = next((view.id for view in network.nodes() if view.id in nodes), home)
        self.node: int = said.get("node") or (home if home in nodes else highest)
        self.scope: str = said.get("scope") or NETWORK
        self.by: str = said.get("by", "")
        start = said.get("start") or date((said.get("last") or today).year, 1, 1)
        last = said.get("last") or max(today, start)
        self.period = Period(start, last + timedelta(days=1))
        self.refusals = [str(error) for errors in asked.errors.values() for error in errors]
        initial = {"node": self.node, "scope": self.scope, "start": start, "last": last, "by": self.by}
        self.form = QuestionForm(initial=initial, nodes=nodes)

    @property
    def sentence(self) -> list[Any]:
        """The question as a sentence of words and fields."""
        form = self.form
        return [form["node"], form["scope"], _("from"), form["start"], _("to"), form["last"], _("by"), form["by"]]

    @property
    def query(self) -> dict[str, str]:
        """The question as an address carries it."""
        said = {
            "node": str(self.node),
            "scope": self.scope,
            "start": f"{self.period.start:%Y-%m-%d}",
            "last": f"{self.period.last_day:%Y-%m-%d}",
            "by": self.by,
        }
        return {name: value for name, value in said.items() if value}
