"""The page where a day's visits are entered, by gate and by reading room."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wenlan.facilities import operations, queries
from wenlan.facilities.forms import CountsForm, DayForm, shown
from wenlan.facilities.signing.queries import signing_rooms
from wenlan.facilities.types import DayEntered, Direction
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.network.types import DepartmentKind
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class CountLine:
    """One place to count: where, what stood there the day and the week before, and the number to type."""

    place: str
    name: str
    halved: bool
    day_before: int | None
    week_before: int | None
    is_estimated: bool
    field: BoundField


@needs(Right.COUNT)
def visits(request: HttpRequest) -> HttpResponse:
    """Show and enter the counts of a day for the gates and rooms this desk may count."""
    day = asked_day(request)
    places = request.desk.nodes_with(Right.COUNT)
    order = list(network.node_names(day))
    gates = sorted(queries.gates(places, day), key=lambda gate: (order.index(gate.node), gate.code))
    rooms = [r for r in network.departments() if r.node in places and r.kind == DepartmentKind.READING_ROOM]
    signing = signing_rooms([room.id for room in rooms], day)
    rooms = [room for room in rooms if room.id not in signing]
    standing = counts_of(day, gates, rooms)
    form = CountsForm(request.POST or None, gates=gates, rooms=rooms, **standing)
    if request.method == "POST" and form.is_valid():
        try:
            entered = operations.enter_day(
                request.desk.act(), day=day, readings=form.readings(), rooms=form.room_persons()
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, said_of(entered))
            return redirect(f"{reverse('facilities:visits')}?day={day.isoformat()}")
    context = page(day, form, gates, rooms, standing)
    return render(request, "facilities/visits.html", context, status=422 if form.is_bound else 200)


def asked_day(request: HttpRequest) -> date:
    """Return the day asked for; today for none or a later one."""
    today = clock.today()
    form = DayForm(request.GET)
    asked = form.cleaned_data["day"] if form.is_valid() else None
    return min(asked or today, today)


def counts_of(day: date, gates: Any, rooms: Any) -> dict[str, Any]:
    """Return the standing counts of a day (two statements)."""
    return {
        "gate_counts": queries.gate_counts_on(day, [gate.id for gate in gates]),
        "room_counts": queries.room_counts_on(day, [room.id for room in rooms]),
    }


def page(day: date, form: CountsForm, gates: Any, rooms: Any, standing: dict[str, Any]) -> dict[str, Any]:
    """Return what the page shows."""
    before = counts_of(day - timedelta(days=1), gates, rooms)
    week = counts_of(day - timedelta(days=7), gates, rooms)
    names = network.node_names()
    gate_lines = [
        CountLine(
            place=names.get(gate.node, ""),
            name=gate.name,
            halved=gate.direction is Direction.TWO_WAY,
            day_before=shown(gate, before["gate_counts"].get(gate.id)),
            week_before=shown(gate, week["gate_counts"].get(gate.id)),
            is_estimated=gate.id in standing["gate_counts"] and standing["gate_counts"][gate.id].is_estimated,
            field=form[f"gate-{gate.id}"],
        )
        for gate in gates
    ]
    room_lines = [
        CountLine(
            place=names.get(room.node, ""),
            name=room.name,
            halved=False,
            day_before=persons(before["room_counts"].get(room.id)),
            week_before=persons(week["room_counts"].get(room.id)),
            is_estimated=room.id in standing["room_counts"] and standing["room_counts"][room.id].is_estimated,
            field=form[f"room-{room.id}"],
        )
        for room in rooms
    ]
    return {
        "day": day,
        "is_today": day == clock.today(),
        "previous": day - timedelta(days=1),
        "following": day + timedelta(days=1) if day < clock.today() else None,
        "day_form": DayForm(initial={"day": day}),
        "form": form,
        "gate_lines": gate_lines,
        "room_lines": room_lines,
        "visits": sum(count.persons for count in standing["gate_counts"].values()),
        "room_visits": sum(count.persons for count in standing["room_counts"].values()),
    }


def persons(standing: Any) -> int | None:
    """Return the people of a standing count."""
    return standing.persons if standing else None


def said_of(entered: DayEntered) -> str:
    """Return what entering the day did, in a sentence."""
    if entered.corrected:
        return ngettext(
            "Entered. %(corrected)s number was corrected.",
            "Entered. %(corrected)s numbers were corrected.",
            entered.corrected,
        ) % {"corrected": entered.corrected}
    if entered.new:
        return _("Entered.")
    return _("Nothing was changed.")
