"""The first page of the desk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wenlan.network import queries as network
from wenlan.staff.access import needs
from wenlan.ui import clock


@needs(None)
def home(request: HttpRequest) -> HttpResponse:
    """Show where one sits, what one may do there, and the places to choose from."""
    today = clock.today()
    visible = request.desk.visible
    places = [view for view in network.nodes(today) if view.id in visible]
    departments = [view for view in network.departments() if view.node in visible]
    context = {
        "places": [(place, [view for view in departments if view.node == place.id]) for place in places],
        "desk": request.desk,
        "openings": network.opening_on(request.desk.node, today),
    }
    return render(request, "web/desk_home.html", context)
