"""Forms of the book bus."""

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenlan.facilities.machines.types import MachineView
from wenlan.kernel.ids import fresh_key
from wenlan.outreach.books import BUS_STOPS
from wenlan.outreach.bus.types import LineView, NewTrip, Pattern, Purpose, StopView, TripTimes, TripView
from wenlan.ui.typography import weekday
from wenlan.ui.widgets import DayInput, MomentInput

PARTED = re.compile(r"[、,，;；\n]+")
A_MONDAY = date(2024, 1, 1)
SPARE_CALLS = 3


def key_field() -> forms.CharField:
    """Return the hidden field for the key."""
    return forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=64)


def parted(text: str) -> tuple[str, ...]:
    """Return the names of a text that parts them by commas."""
    return tuple(name for name in (part.strip() for part in PARTED.split(text)) if name)


def weekdays() -> list[tuple[int, str]]:
    """Return the weekdays as choices, Monday first."""
    return [(day, weekday(date.fromordinal(A_MONDAY.toordinal() + day))) for day in range(7)]


class TimeInput(forms.TimeInput):
    """A time of day from the browser's clock."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class NamedForm(forms.Form):
    """Something with a name in two languages."""

    name = forms.CharField(label=_("What it is called"), max_length=80)
    name_en = forms.CharField(label=_("Name in English"), max_length=80, required=False)

    def words(self) -> dict[str, str]:
        """Return the name by language."""
        said = self.cleaned_data
        return {"zh": said["name"], "en": said["name_en"] or said["name"]}


class StopForm(NamedForm):
    """A stop to be set up."""

    key = key_field()
    entry = forms.ChoiceField(
        label=_("In the record book already"), required=False, help_text=_("Then it is not counted again.")
    )
    host = forms.ChoiceField(label=_("Kind of host"), required=False)
    address = forms.CharField(
        label=_("Where the bus stands"), max_length=200, required=False, help_text=_("As readers find it: by the gate.")
    )
    since = forms.DateField(label=_("Served since"), widget=DayInput())
    field_order = ("entry", "name", "name_en", "host", "address", "since")

    def __init__(self, *args: Any, listed: Iterable[tuple[str, str, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.listed = {uid: name for uid, name, _node in listed}
        self.fields["entry"].choices = [("", _("no, it is new")), *self.listed.items()]
        self.fields["name"].required = False
        hosts = BUS_STOPS.field("host").choices
        self.fields["host"].choices = [
            ("", "—"),
            *((one.code, BUS_STOPS.field("host").choice_label(one.code)) for one in hosts),
        ]

    def clean(self) -> dict[str, Any]:
        """A stop of the book has its name there."""
        said = super().clean() or {}
        said["name"] = said.get("name") or self.listed.get(said.get("entry", ""), "")
        if not said["name"]:
            self.add_error("name", _("Give the stop a name."))
        return said


class LineForm(NamedForm):
    """A line and when it runs."""

    key = key_field()
    weekday = forms.TypedChoiceField(label=_("Weekday"), coerce=int)
    pattern = forms.ChoiceField(label=_("In which weeks"), choices=Pattern.choices)
    since = forms.DateField(
        label=_("First day"), widget=DayInput(), help_text=_("Every second week is counted from here.")
    )
    vehicle = forms.TypedChoiceField(label=_("Vehicle"), coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, vehicles: Iterable[MachineView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["weekday"].choices = weekdays()
        self.fields["vehicle"].choices = [("", "—"), *((one.id, one.title) for one in vehicles)]


class CallForm(forms.Form):
    """A stop in a timetable; an empty line is none."""

    stop = forms.TypedChoiceField(label=_("Bus stop"), coerce=int, required=False, empty_value=None)
    arrives = forms.TimeField(label=pgettext_lazy("bus", "Arrives"), required=False, widget=TimeInput())
    leaves = forms.TimeField(label=pgettext_lazy("bus", "Leaves"), required=False, widget=TimeInput())

    def __init__(self, *args: Any, stops: Iterable[StopView] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stop"].choices = [("", "—"), *((one.id, one.name) for one in stops)]

    def clean(self) -> dict[str, Any]:
        """A stop has both its times."""
        said = super().clean() or {}
        if said.get("stop") and not (said.get("arrives") and said.get("leaves")):
            self.add_error("arrives", _("Enter when the bus comes and when it leaves."))
        return said


CallForms = forms.formset_factory(CallForm, extra=SPARE_CALLS, max_num=30)


def calls_of(lines: Sequence[CallForm]) -> list[tuple[int, time, time]]:
    """Return the timetable that lines say, in order of time."""
    said = (line.cleaned_data for line in lines)
    calls = [(one["stop"], one["arrives"], one["leaves"]) for one in said if one.get("stop")]
    return sorted(calls, key=lambda call: call[1])


class ExceptionForm(forms.Form):
    """A day on which a line runs otherwise."""

    day = forms.DateField(label=_("Day"), widget=DayInput())
    what = forms.ChoiceField(
        label=pgettext_lazy("bus", "The bus"),
        choices=(
            ("off", pgettext_lazy("bus", "does not come")),
            ("on", pgettext_lazy("bus", "comes beside the timetable")),
            ("", pgettext_lazy("bus", "comes as the timetable says")),
        ),
        initial="off",
        required=False,
    )
    reason = forms.CharField(label=_("Reason"), max_length=120, required=False, help_text=_("Readers see it."))

    @property
    def runs(self) -> bool | None:
        """Whether it runs; None: as the timetable says."""
        return {"on": True, "off": False}.get(self.cleaned_data["what"])


class CrewForm(forms.Form):
    """Who is on a trip."""

    drivers = forms.CharField(label=_("Driver"), max_length=60, required=False)
    crew = forms.TypedMultipleChoiceField(
        label=_("Crew"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    others = forms.CharField(
        label=_("Others aboard"), max_length=200, required=False, help_text=_("Names, parted by commas.")
    )

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["crew"].choices = list(people)

    def people(self) -> dict[str, Any]:
        """Return the people by their part."""
        said = self.cleaned_data
        return {"drivers": parted(said["drivers"]), "crew": tuple(said["crew"]), "others": parted(said["others"])}


class TripForm(CrewForm):
    """A trip to be opened, or written down afterwards."""

    key = key_field()
    purpose = forms.ChoiceField(label=_("Purpose"), choices=Purpose.choices)
    line = forms.TypedChoiceField(label=_("Bus line"), coerce=int, required=False, empty_value=None)
    title = forms.CharField(
        label=_("Event, or where it goes"), max_length=120, required=False, help_text=_("When it is no line.")
    )
    vehicle = forms.TypedChoiceField(label=_("Vehicle"), coerce=int)
    started_at = forms.DateTimeField(label=_("Set out"), widget=MomentInput())
    ended_at = forms.DateTimeField(
        label=_("Came back"), required=False, widget=MomentInput(), help_text=_("Only for a trip that is over.")
    )
    stops = forms.TypedMultipleChoiceField(
        label=_("Stops beside the line's"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    more = forms.CharField(label=_("Other places"), max_length=200, required=False)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
    field_order = ("purpose", "line", "title", "vehicle", "started_at", "ended_at", "drivers", "crew", "others")

    def __init__(
        self,
        *args: Any,
        lines: Iterable[LineView],
        vehicles: Iterable[MachineView],
        stops: Iterable[StopView],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].choices = [("", "—"), *((one.id, one.name) for one in lines)]
        self.fields["vehicle"].choices = [(one.id, one.title) for one in vehicles]
        self.fields["stops"].choices = [(one.id, one.name) for one in stops]

    def clean(self) -> dict[str, Any]:
        """A line's trip names the line, any other says where it goes."""
        said = super().clean() or {}
        if said.get("purpose") == Purpose.LINE and not said.get("line"):
            self.add_error("line", _("Choose the line."))
        if said.get("purpose") != Purpose.LINE:
            said["line"] = None
            if not said.get("title"):
                self.add_error("title", _("Say where the trip goes."))
        return said

    def trip(self, node: int) -> NewTrip:
        """Return the trip that was entered, from a place of the network."""
        said = self.cleaned_data
        return NewTrip(
            vehicle=said["vehicle"],
            node=node,
            started_at=said["started_at"],
            ended_at=said["ended_at"],
            purpose=Purpose(said["purpose"]),
            line=said["line"],
            title=said["title"],
            stops=tuple(said["stops"]),
            more=parted(said["more"]),
            note=said["note"],
            **self.people(),
        )


class TimesForm(forms.Form):
    """The times of a trip and of its stops."""

    started_at = forms.DateTimeField(label=_("Set out"), widget=MomentInput())
    ended_at = forms.DateTimeField(label=_("Came back"), required=False, widget=MomentInput())

    def __init__(self, *args: Any, trip: TripView, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.trip = trip
        self.initial.update({"started_at": trip.started_at, "ended_at": trip.ended_at})
        for stop in trip.stops:
            for name, label, moment in (
                ("arrived", _("%(stop)s: arrived"), stop.arrived_at),
                ("left", _("%(stop)s: left"), stop.left_at),
            ):
                field = forms.DateTimeField(label=label % {"stop": stop.name}, required=False, widget=MomentInput())
                self.fields[f"{name}-{stop.id}"] = field
                self.initial[f"{name}-{stop.id}"] = moment

    def times(self) -> TripTimes:
        """Return the times that were entered."""
        said = self.cleaned_data
        spans: dict[int, tuple[datetime | None, datetime | None]] = {
            stop.id: (
                as_it_was(said[f"arrived-{stop.id}"], stop.arrived_at),
                as_it_was(said[f"left-{stop.id}"], stop.left_at),
            )
            for stop in self.trip.stops
        }
        started_at = as_it_was(said["started_at"], self.trip.started_at) or self.trip.started_at
        return TripTimes(started_at=started_at, ended_at=as_it_was(said["ended_at"], self.trip.ended_at), stops=spans)


def as_it_was(said: datetime | None, before: datetime | None) -> datetime | None:
    """Return a moment as it stands, with its seconds, where the form, which shows minutes, says the same minute."""
    if said is None or before is None:
        return said
    return before if said == before.replace(second=0, microsecond=0) else said


class AddStopForm(forms.Form):
    """A stop that was not planned."""

    stop = forms.TypedChoiceField(label=_("Bus stop"), coerce=int, required=False, empty_value=None)
    name = forms.CharField(label=_("Or a place by its name"), max_length=120, required=False)

    def __init__(self, *args: Any, stops: Collection[StopView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stop"].choices = [("", "—"), *((one.id, one.name) for one in stops)]

    def clean(self) -> dict[str, Any]:
        """One of the two is said."""
        said = super().clean() or {}
        if not self.errors and not said.get("stop") and not said.get("name"):
            self.add_error("stop", _("Choose a stop, or name the place."))
        return said


class DropForm(forms.Form):
    """Why a trip is dropped."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class YearForm(forms.Form):
    """Which year's trips are listed."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, year) for year in range(today.year, today.year - 10, -1)]
