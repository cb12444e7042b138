"""Forms of the activities desk."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenlan.activities import queries
from wenlan.activities.types import Mode, Organiser, OrganiserRole, ProgrammeDetails, SessionPlan, SpecialGroup
from wenlan.kernel.ids import new_uid
from wenlan.kernel.words import say
from wenlan.network import queries as network
from wenlan.ui.widgets import DayInput

ANY_GROUP = [("", _("Everybody")), *SpecialGroup.choices]


def fresh_key() -> str:
    """Return the key that makes sending a form twice harmless."""
    return str(new_uid())


class ProgrammeForm(forms.Form):
    """A programme: its name and kind; the rest may be left as it is."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=64)
    name = forms.CharField(label=_("Name of the programme"), max_length=100)
    name_en = forms.CharField(label=_("Its name in English"), max_length=100, required=False)
    kind = forms.ChoiceField(label=_("Kind of activity"))
    part_of = forms.ChoiceField(label=_("Part of the series"), required=False)
    mode = forms.ChoiceField(label=_("How people take part"), choices=Mode.choices)
    special_group = forms.ChoiceField(label=_("For whom"), choices=ANY_GROUP, required=False)
    host = forms.CharField(label=pgettext_lazy("activity", "Host"), max_length=200, required=False)
    organiser = forms.CharField(label=_("Organisers"), max_length=200, required=False)
    co_organiser = forms.CharField(label=_("Co-organisers"), max_length=200, required=False)
    edition = forms.IntegerField(
        label=_("Which time it is held"), min_value=1, max_value=999, required=False, help_text=_("16 for “the 16th”.")
    )
    code_name = forms.SlugField(
        label=_("Code of the programme"),
        max_length=40,
        required=False,
        help_text=_("Small letters and digits, for ever. Left empty it takes the next number."),
    )
    is_brand = forms.BooleanField(label=_("A brand of the library"), required=False)
    is_alliance = forms.BooleanField(label=_("An activity of the alliance, not our own"), required=False)

    def __init__(self, *args: Any, nodes: Collection[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.code, say(kind.words)) for kind in queries.kinds().values()]
        series = [(found.code, say(found.words)) for found in queries.programmes(nodes)]
        self.fields["part_of"].choices = [("", _("No series")), *series]
        self.fields["name"].widget.attrs["autofocus"] = True

    def words(self) -> dict[str, str]:
        """Return the name in the languages given."""
        return {"zh": self.cleaned_data["name"], "en": self.cleaned_data["name_en"] or self.cleaned_data["name"]}

    def code(self) -> str:
        """Return the whole code, or '' for the next number."""
        name = self.cleaned_data["code_name"].lower()
        return f"{self.cleaned_data['kind']}.{name}" if name else ""

    def details(self) -> ProgrammeDetails:
        """Return what else was said."""
        said = self.cleaned_data
        return ProgrammeDetails(
            mode=Mode(said["mode"]),
            is_brand=said["is_brand"],
            is_alliance=said["is_alliance"],
            edition=said["edition"],
            special_group=said["special_group"],
            organisers=tuple(
                Organiser(role=role, name=name)
                for role, field in zip(OrganiserRole, ("host", "organiser", "co_organiser"), strict=True)
                for name in split_names(said[field])
            ),
        )


def split_names(text: str) -> list[str]:
    """Return the names of a line parted by 、 or commas."""
    return [name.strip() for name in text.replace("，", "、").replace(",", "、").split("、") if name.strip()]


class SessionForm(forms.Form):
    """A session: of which programme, when, where."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=64)
    programme = forms.ChoiceField(label=_("Programme"))
    title = forms.CharField(
        label=_("Title of this session"), max_length=200, required=False, help_text=_("Empty: the programme's name.")
    )
    node = forms.TypedChoiceField(label=_("Place"), coerce=int)
    place = forms.CharField(label=_("Room or place"), max_length=100, required=False)
    day = forms.DateField(label=_("Day"), widget=DayInput())
    starts = forms.TimeField(label=_("Starts at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(label=_("Ends at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    last_day = forms.DateField(
        label=_("Last day of the session"),
        widget=DayInput(),
        required=False,
        help_text=_("For a showing or a class of several days: it still counts once."),
    )
    capacity = forms.IntegerField(label=_("Number of places"), min_value=1, max_value=100_000, required=False)
    mode = forms.ChoiceField(label=_("How people take part"), required=False)

    def __init__(self, *args: Any, nodes: Collection[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programmes = queries.programmes(nodes)
        self.fields["programme"].choices = [(found.code, say(found.words)) for found in programmes]
        names = network.node_names()
        self.fields["node"].choices = [(node, names[node]) for node in names if node in nodes]
        self.fields["mode"].choices = [("", _("As the programme")), *Mode.choices]

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        cleaned = super().clean() or {}
        if cleaned.get("last_day") and cleaned.get("day") and cleaned["last_day"] < cleaned["day"]:
            self.add_error("last_day", _("The last day cannot be before the first."))
        return cleaned

    def span(self) -> tuple[datetime, datetime]:
        """Return when it starts and ends."""
        said = self.cleaned_data
        return local(said["day"], said["starts"]), local(said["last_day"] or said["day"], said["ends"])

    def plan(self) -> SessionPlan:
        """Return what else was said."""
        said = self.cleaned_data
        mode = Mode(said["mode"]) if said["mode"] else None
        return SessionPlan(title=said["title"], place=said["place"], capacity=said["capacity"], mode=mode)


def local(day: date, at: time) -> datetime:
    """Return the instant of a local day and time."""
    return timezone.make_aware(datetime.combine(day, at))


class HoldForm(forms.Form):
    """It took place; how many came may be said at once."""

    persons = forms.IntegerField(label=_("People who came"), min_value=0, max_value=1_000_000, required=False)
    persons.widget.attrs.update(inputmode="numeric", autofocus=True)


class AttendanceForm(forms.Form):
    """How many came, on which day, and how."""

    persons = forms.IntegerField(label=_("People who came"), min_value=0, max_value=1_000_000)
    persons.widget.attrs.update(inputmode="numeric")
    day = forms.DateField(label=_("Day"), widget=DayInput())
    mode = forms.ChoiceField(label=_("How they took part"), choices=Mode.choices)


class CorrectionForm(forms.Form):
    """Another number in the place of a standing count."""

    tally = forms.UUIDField(widget=forms.HiddenInput)
    persons = forms.IntegerField(label=_("People who came"), min_value=0, max_value=1_000_000)


class CancelForm(forms.Form):
    """Why it does not take place."""

    reason = forms.CharField(label=_("Reason why it does not take place"), max_length=200)


class CardForm(forms.Form):
    """A reader's card, scanned or typed."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=64)
    card = forms.CharField(label=_("Reader's card"), max_length=64)
    card.widget.attrs.update(autocomplete="off", autocapitalize="characters")


class MonthForm(forms.Form):
    """Which month and place the list shows."""

    month = forms.CharField(label=_("Month"), required=False, widget=forms.TextInput(attrs={"type": "month"}))
    node = forms.TypedChoiceField(label=_("Place"), coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, nodes: Collection[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = network.node_names()
        self.fields["node"].choices = [("", _("All places")), *((n, names[n]) for n in names if n in nodes)]


def month_of(text: str, today: date) -> date:
    """Return the first day of the month written as 2019-03; of today's month for anything else."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)


def following(month: date) -> date:
    """Return the first day of the month after."""
    return (month + timedelta(days=31)).replace(day=1)
