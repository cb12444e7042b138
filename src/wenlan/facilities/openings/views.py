"""The page that shows who opened which room, how long, and from where: for branch librarians and the office."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wenlan.facilities.openings import queries
from wenlan.facilities.openings.types import OpeningSums
from wenlan.network import queries as network
from wenlan.network.types import NodeKind
from wenlan.staff.access import needs
from wenlan.staff.types import Right
from wenlan.ui import clock

ROOMS = (NodeKind.VILLAGE_ROOM, NodeKind.POINT)
SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomLine:
    """A room and what its openings of the month come to; `open_since` is set while it is open."""

    name: str
    sums: OpeningSums
    hours_a_week: float
    is_open: bool


@needs(Right.COUNT)
def openings(request: HttpRequest) -> HttpResponse:
    """Show the openings of a month: each room of this desk, those that never opened too, and the latest openings."""
    start, end = month_asked(request)
    today = clock.today()
    rooms = [one for one in network.nodes(today) if one.kind in ROOMS and one.id in request.desk.visible]
    nodes = {room.id for room in rooms}
    found = queries.sums(request.desk.visible, start=start, end=end)
    latest = queries.of_places(request.desk.visible, start=start, end=end)
    weeks = max((min(end, today + timedelta(days=1)) - start).days / 7, 1 / 7)
    open_now = {one.node for one in latest if one.closed_at is None}
    shown = rooms + [network.node(node) for node in sorted(found.keys() - nodes)]
    none = {room.id: OpeningSums(node=room.id) for room in shown}
    sums = [(room, found.get(room.id, none[room.id])) for room in shown]
    context = {
        "month": start,
        "previous": (start - timedelta(days=1)).replace(day=1),
        "following": end if end <= today else None,
        "rooms": [
            RoomLine(name=room.name, sums=of, hours_a_week=round(of.hours / weeks, 1), is_open=room.id in open_now)
            for room, of in sums
        ],
        "openings": [{"one": one, "place": network.node(one.node).name} for one in latest[:SHOWN]],
        "unopened": sum(of.days == 0 for _, of in sums),
    }
    return render(request, "facilities/openings.html", context)


def month_asked(request: HttpRequest) -> tuple[date, date]:
    """Return the month asked for, half-open; this one for none or a later one."""
    this = clock.today().replace(day=1)
    try:
        start = min(date.fromisoformat(f"{request.GET.get('month', '')[:7]}-01"), this)
    except ValueError:
        start = this
    return start, (start + timedelta(days=31)).replace(day=1)
