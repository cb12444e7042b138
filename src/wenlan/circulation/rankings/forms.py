"""What is ranked: titles or readers, of which place and span, and of which class, audience or category."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.catalogue.clc import MAIN_CLASSES
from wenlan.catalogue.types import Audience
from wenlan.circulation.rankings.types import Question
from wenlan.circulation.rules.forms import day_field, node_choices
from wenlan.kernel.words import say
from wenlan.patrons import queries as patrons

TITLES, READERS = "titles", "readers"


class RankingForm(forms.Form):
    """Place, first and last day; all may be left out."""

    by = forms.ChoiceField(widget=forms.HiddenInput, choices=[(TITLES, ""), (READERS, "")], required=False)
    node = forms.TypedChoiceField(label=_("Place"), coerce=int, required=False)
    start = day_field(_("First day"), required=False)
    last = day_field(_("Last day"), required=False)
    main_class = forms.ChoiceField(label=_("Class"), required=False)
    audience = forms.ChoiceField(label=_("Audience"), required=False)
    category = forms.ChoiceField(label=_("Category of readers"), required=False)

    def __init__(self, *args: Any, nodes: Collection[int], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["node"].choices = node_choices(today, frozenset(nodes))
        classes = [(code, f"{code} {say(words)}") for code, words in MAIN_CLASSES.items()]
        self.fields["main_class"].choices = [("", _("all classes")), *classes]
        self.fields["audience"].choices = [("", _("all audiences")), *Audience.choices]
        people = [(one.code, one.name) for one in patrons.categories() if not one.is_institution]
        self.fields["category"].choices = [("", _("all readers")), *people]

    def clean(self) -> dict[str, Any]:
        """A span does not end before it starts."""
        said = super().clean() or {}
        if said.get("start") and said.get("last") and said["last"] < said["start"]:
            self.add_error("last", _("The last day comes before the first."))
        return said


class Asked:
    """What a request asks for, with what it leaves out filled in: the desk's place, this year until today.

    `until` is the last day instead of today where no day is asked for: the end of an earlier year.
    """

    def __init__(self, data: Any, *, nodes: Collection[int], home: int, today: date, until: date | None = None) -> None:
        form = RankingForm(data, nodes=nodes, today=today)
        form.is_valid()
        said = form.cleaned_data  # what makes no sense is not in it, and is answered as if it were left out
        self.refusals = [str(error) for errors in form.errors.values() for error in errors]
        self.by: str = said.get("by") or TITLES
        self.names_days = bool(said.get("start") or said.get("last"))
        self.is_of_an_earlier_year = until is not None
        end = until or today
        start = said.get("start") or date((said.get("last") or end).year, 1, 1)
        last = said.get("last") or max(end, start)
        node = said.get("node") or (home if home in nodes else min(nodes))
        narrowed = {name: said.get(name, "") for name in ("main_class", "audience", "category")}
        self.question = Question(node=node, start=start, end=last + timedelta(days=1), **narrowed)
        initial = {"by": self.by, "node": node, "start": start, "last": last, **narrowed}
        self.form = RankingForm(initial=initial, nodes=nodes, today=today)

    @property
    def sentence(self) -> list[Any]:
        """The question as a sentence of words and fields."""
        form = self.form
        span = [form["by"], form["node"], _("from"), form["start"], _("to"), form["last"]]
        return [*span, form["category"], form["main_class"], form["audience"]]
