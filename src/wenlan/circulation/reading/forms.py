"""Forms of reading rooms: how a room takes readers in, its places, and requests to see what is kept back."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.circulation.reading.types import PlaceKind, RoomKind, RoomRule
from wenlan.circulation.reserving.forms import fresh_key

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
BOTH = 2
MOST_PLACES = 500


class RoomForm(forms.Form):
    """How a room takes readers in."""

    kind = forms.ChoiceField(label=_("What the room is for"), choices=RoomKind.choices)
    takes_anonymous = forms.BooleanField(label=_("Readers may come in without a card and are counted"), required=False)
    gives_places = forms.BooleanField(label=_("Each reader gets a seat or a computer"), required=False)
    needs_approval = forms.BooleanField(
        label=_("Materials are handed over on an approved request only"), required=False
    )
    guardian_under = forms.IntegerField(
        label=_("Children under this age come with a guardian"), min_value=1, max_value=18, required=False
    )
    minor_minutes = forms.IntegerField(
        label=_("Minutes a day at a computer for minors"), min_value=1, max_value=1440, required=False
    )
    school_from = forms.TimeField(
        label=_("School begins"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}),
        help_text=_("Between these times no minor sits at a computer, Monday to Friday."),
    )
    school_until = forms.TimeField(
        label=_("School ends"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    booking_days = forms.IntegerField(
        label=_("Days ahead that a place may be booked"), min_value=0, max_value=60, required=False, initial=0
    )
    slot_minutes = forms.IntegerField(
        label=_("Minutes of a booking"), min_value=15, max_value=720, required=False, initial=120
    )
    vacations = forms.CharField(
        label=_("School holidays"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A line for each: first and last day, as 2026-07-10 2026-08-31."),
    )

    def clean_vacations(self) -> tuple[tuple[date, date], ...]:
        """Return the spans of days."""
        spans = []
        for line in self.cleaned_data["vacations"].splitlines():
            if not line.strip():
                continue
            try:
                first, last = (date.fromisoformat(day) for day in DAY.findall(line)[:BOTH])
            except ValueError as wrong:
                raise forms.ValidationError(_("“%(line)s” does not name two days."), params={"line": line}) from wrong
            if last < first:
                raise forms.ValidationError(_("“%(line)s” ends before it begins."), params={"line": line})
            spans.append((first, last))
        return tuple(spans)

    def clean(self) -> dict[str, Any]:
        """Ask for both ends of the school hours, or none."""
        said = super().clean() or {}
        begins, ends = said.get("school_from"), said.get("school_until")
        if (begins is None) != (ends is None) or (begins and ends and ends <= begins):
            self.add_error("school_until", _("Enter when school begins and when it ends."))
        return said

    def rule(self) -> RoomRule:
        """Return what was entered."""
        said = self.cleaned_data
        defaults = {"booking_days": said["booking_days"] or 0, "slot_minutes": said["slot_minutes"] or 120}
        return RoomRule(**said | defaults)


def initial_of(rule: RoomRule) -> dict[str, Any]:
    """Return a room's rule as its form shows it."""
    plain = ("kind", "takes_anonymous", "gives_places", "needs_approval", "guardian_under", "minor_minutes")
    times = ("school_from", "school_until", "booking_days", "slot_minutes")
    shown = {name: getattr(rule, name) for name in (*plain, *times)}
    lines = [f"{first.isoformat()} {last.isoformat()}" for first, last in rule.vacations]
    return shown | {"vacations": "\n".join(lines)}


class PlacesForm(forms.Form):
    """A row of numbered places."""

    kind = forms.ChoiceField(label=_("Kind"), choices=PlaceKind.choices)
    prefix_ = forms.CharField(label=_("Letters before the number"), max_length=10, required=False)
    first = forms.IntegerField(label=_("First number"), min_value=1, max_value=9999)
    last = forms.IntegerField(label=_("Last number"), min_value=1, max_value=9999)

    def clean(self) -> dict[str, Any]:
        """Keep the row in order and of a size."""
        said = super().clean() or {}
        first, last = said.get("first"), said.get("last")
        if first is not None and last is not None and not first <= last < first + MOST_PLACES:
            self.add_error("last", _("The last number follows the first, five hundred places at most."))
        return said

    def codes(self) -> list[str]:
        """Return the numbers as they stand on the places."""
        said = self.cleaned_data
        return [f"{said['prefix_']}{number}" for number in range(said["first"], said["last"] + 1)]


class RequestForm(forms.Form):
    """Who asks to see what, and for what."""

    key = forms.CharField(widget=forms.HiddenInput, initial=fresh_key, max_length=64, required=False)
    card = forms.CharField(label=_("Card number"), max_length=64)
    barcode = forms.CharField(label=_("Barcode"), max_length=40)
    purpose = forms.CharField(label=_("Purpose"), max_length=300)
    card.widget.attrs.update(autocomplete="off")
    barcode.widget.attrs.update(autocomplete="off")
