"""The form of a day's counts: one number for each gate and each reading room."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.facilities.types import CountView, Direction, GateView
from wenlan.network.types import DepartmentView
from wenlan.ui.widgets import DayInput

LARGEST_COUNT = 1_000_000


class DayForm(forms.Form):
    """Which day is entered."""

    day = forms.DateField(label=_("Day"), widget=DayInput(), required=False)


class CountsForm(forms.Form):
    """The numbers of a day; an empty place is left as it was."""

    def __init__(
        self,
        *args: Any,
        gates: Sequence[GateView],
        rooms: Sequence[DepartmentView],
        gate_counts: Mapping[int, CountView],
        room_counts: Mapping[int, CountView],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.gates = {f"gate-{gate.id}": gate for gate in gates}
        self.rooms = {f"room-{room.id}": room for room in rooms}
        for name, gate in self.gates.items():
            self.fields[name] = number(gate.name, shown(gate, gate_counts.get(gate.id)))
        for name, room in self.rooms.items():
            standing = room_counts.get(room.id)
            self.fields[name] = number(room.name, standing.persons if standing else None)

    def readings(self) -> dict[str, int]:
        """Return what was typed for gates, by gate code."""
        said = self.cleaned_data
        return {gate.code: said[name] for name, gate in self.gates.items() if said.get(name) is not None}

    def room_persons(self) -> dict[int, int]:
        """Return what was typed for rooms, by department id."""
        said = self.cleaned_data
        return {room.id: said[name] for name, room in self.rooms.items() if said.get(name) is not None}


def shown(gate: GateView, standing: CountView | None) -> int | None:
    """Return what the gate's counter showed for a standing count."""
    if standing is None:
        return None
    if gate.direction is Direction.TWO_WAY:
        return standing.passages if standing.passages is not None else standing.persons * 2
    return standing.persons


def number(label: str, initial: int | None) -> forms.IntegerField:
    """Return the place for one number."""
    widget = forms.TextInput(attrs={"class": "number", "inputmode": "numeric", "autocomplete": "off", "size": "7"})
    return forms.IntegerField(
        label=label, min_value=0, max_value=LARGEST_COUNT, required=False, initial=initial, widget=widget
    )
