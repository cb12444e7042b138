"""The first page of the desk."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wenlan.activities import queries as activities
from wenlan.activities.types import SessionView
from wenlan.network import queries as network
from wenlan.staff.access import needs
from wenlan.ui import clock
from wenlan.web.portal.views import dated, timetable

SESSIONS, DAYS_AHEAD = 5, 14


@needs(None)
def home(request: HttpRequest) -> HttpResponse:
    """Show what one may do where one sits, the day there, and the places to choose from."""
    today = clock.today()
    visible = request.desk.visible
    places = [view for view in network.nodes(today) if view.id in visible]
    departments = [view for view in network.departments() if view.node in visible]
    context = {
        "places": [(place, [view for view in departments if view.node == place.id]) for place in places],
        "desk": request.desk,
        "openings": network.opening_on(request.desk.node, today),
        "sessions": dated(timetable(coming(request.desk.node, today))),
    }
    return render(request, "web/desk_home.html", context)


def coming(node: int, today: date) -> Sequence[SessionView]:
    """Return the next activities at a place and under it."""
    return activities.upcoming(network.subtree(node, today), today, today + timedelta(days=DAYS_AHEAD))[:SESSIONS]
