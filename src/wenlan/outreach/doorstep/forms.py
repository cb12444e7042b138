"""Forms of service at the door."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.circulation.reserving.forms import fresh_key
from wenlan.circulation.rules.forms import ANY, day_field
from wenlan.outreach.doorstep.types import (
    Doorplate,
    Ground,
    NewDoorReader,
    NewDoorRule,
    NewRun,
    Outcome,
    VisitReport,
)
from wenlan.patrons import queries as patrons
from wenlan.ui import clock

BY_RULE = ("", _("by rule"))


class PlateForm(forms.Form):
    """Where somebody is found."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=60, required=False)
    address = forms.CharField(label=_("Address"), max_length=300)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    note = forms.CharField(
        label=_("For whoever comes"), max_length=200, required=False, help_text=_("Knock loudly; third floor, no lift.")
    )
    area = forms.CharField(
        label=_("Community or village"), max_length=60, required=False, help_text=_("Visits are put in its order.")
    )
    valid_until = day_field(_("Served until"), required=False)

    def plate(self) -> Doorplate:
        """Return where they are found."""
        return Doorplate(**{name: self.cleaned_data[name] for name in ("address", "phone", "note")})


class AdmitForm(PlateForm):
    """Somebody to be served at the door."""

    card = forms.CharField(label=_("Card number"), max_length=64)
    ground = forms.ChoiceField(label=_("Why"), choices=[BY_RULE, *Ground.choices], required=False)
    card.widget.attrs.update(autocomplete="off")
    field_order = ("key", "card", "ground", "valid_until", "address", "phone", "area", "note")

    def reader(self, patron: int) -> NewDoorReader:
        """Return who is to be served."""
        said = self.cleaned_data
        return NewDoorReader(
            patron=patron,
            doorplate=self.plate(),
            area=said["area"],
            ground=said["ground"],
            valid_until=said["valid_until"],
        )


class RuleForm(forms.Form):
    """A rule of who is served."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=60, required=False)
    ground = forms.ChoiceField(label=_("Why"), choices=Ground.choices)
    category = forms.ChoiceField(label=_("Category"), required=False)
    age_from = forms.IntegerField(label=_("From an age of"), min_value=0, max_value=120, required=False)
    special_group = forms.CharField(
        label=_("Code of a special group"), max_length=20, required=False, help_text=_("As readers carry it: blind.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].choices = [ANY, *((one.code, one.name) for one in patrons.categories())]

    def rule(self) -> NewDoorRule:
        """Return the rule."""
        said = self.cleaned_data
        return NewDoorRule(**{name: said[name] for name in ("ground", "category", "age_from", "special_group")})


class RunForm(forms.Form):
    """A run to be planned."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=60, required=False)
    day = day_field(_("Day"))
    name = forms.CharField(
        label=_("Name of the run"), max_length=60, help_text=_("The way it takes: east of the town.")
    )
    crew = forms.CharField(label=_("Who goes"), max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].initial = clock.today()

    def run(self) -> NewRun:
        """Return the run."""
        return NewRun(**{name: self.cleaned_data[name] for name in ("day", "name", "crew")})


class VisitForm(forms.Form):
    """What happened at a door; the books that were set aside come as ticks beside it."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=60, required=False)
    outcome = forms.ChoiceField(label=_("How it ended"), choices=Outcome.choices)
    persons = forms.IntegerField(label=_("Persons served"), min_value=1, max_value=10_000, initial=1)
    given = forms.CharField(label=_("Given besides (scan)"), max_length=20_000, required=False)
    collected = forms.CharField(label=_("Collected (scan)"), max_length=20_000, required=False)
    note = forms.CharField(label=_("For next time"), max_length=200, required=False)

    def report(self, given: Any, collected: Any) -> VisitReport:
        """Return the report."""
        said = self.cleaned_data
        return VisitReport(
            outcome=said["outcome"], given=given, collected=collected, persons=said["persons"], note=said["note"]
        )
