"""Forms of volunteers: what a reader offers, the library's answer, the hours."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.circulation.rules.forms import day_field
from wenlan.kernel.ids import fresh_key
from wenlan.volunteers import queries
from wenlan.volunteers.types import LONGEST_NUMBER, Offer, TimeServed

LONGEST_HOURS = 24


class OfferForm(forms.Form):
    """What somebody offers to do, and when."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=40, required=False)
    jobs = forms.MultipleChoiceField(label=_("What I would like to do"), widget=forms.CheckboxSelectMultiple)
    free_time = forms.CharField(
        label=_("When I have time"),
        max_length=200,
        required=False,
        help_text=_("For instance: Saturday mornings, school holidays."),
    )
    national_number = forms.CharField(
        label=_("Number in the national volunteer system"),
        max_length=LONGEST_NUMBER,
        required=False,
        help_text=_("Leave it empty if you have none."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jobs"].choices = list(queries.jobs().items())

    def offer(self) -> Offer:
        """Return what was offered."""
        said = self.cleaned_data
        return Offer(jobs=tuple(said["jobs"]), free_time=said["free_time"], national_number=said["national_number"])


class CardOfferForm(OfferForm):
    """The same at the desk, for the reader whose card is scanned."""

    card = forms.CharField(label=_("Card of the reader"), max_length=64)
    field_order = ("card", "jobs", "free_time", "national_number")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jobs"].label = _("What they would like to do")
        self.fields["free_time"].label = _("When they have time")
        self.fields["national_number"].help_text = ""


class TakeInForm(forms.Form):
    """A reader is taken into the team."""

    guardian_agreed = forms.BooleanField(label=_("A guardian agreed"), required=False)


class ReasonForm(forms.Form):
    """Why not, or why no longer."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class NumberForm(forms.Form):
    """The number that somebody has in the national system."""

    national_number = forms.CharField(label=_("Number in the national volunteer system"), max_length=LONGEST_NUMBER)


class ServiceForm(forms.Form):
    """One service of one volunteer."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=40, required=False)
    day = day_field(_("Day"))
    job = forms.ChoiceField(label=_("Kind of service"))
    hours = forms.DecimalField(
        label=_("Hours"), min_value=Decimal("0.1"), max_value=LONGEST_HOURS, decimal_places=2, max_digits=4
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["job"].choices = list(queries.jobs().items())
        self.fields["day"].initial = today

    def service(self) -> TimeServed:
        """Return the service."""
        said = self.cleaned_data
        return TimeServed(day=said["day"], job=said["job"], minutes=round(said["hours"] * 60), note=said["note"])
