"""Reserving on line: a title from its page, and what a reader does with their reservations."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenlan.catalogue import queries as catalogue
from wenlan.circulation.reserving import operations, queries
from wenlan.circulation.reserving.types import ReservationState, ReservationView, Wish
from wenlan.kernel.acts import Act, Channel
from wenlan.kernel.errors import DomainError
from wenlan.kernel.ids import new_uid
from wenlan.network import queries as network
from wenlan.network.types import NodeKind, NodeStatus, NodeView
from wenlan.patrons.types import PatronView
from wenlan.ui import clock
from wenlan.ui.addresses import whole_number
from wenlan.web.portal.reading import reader_of

LONGEST_KEY = 80
MOST_PLACES = 30
SERVED = frozenset({NodeKind.LIBRARY, NodeKind.BUILDING, NodeKind.BRANCH, NodeKind.STUDY_ROOM})


def pickup_points(reader: PatronView) -> list[NodeView]:
    """Return where a reader may fetch: the home library first, then the libraries around it, at most MOST_PLACES."""
    home = network.node(reader.home_node)
    above = home.parent if home.parent is not None else home.id
    places = [home, *network.children(above), network.node(above), *network.children(network.root().id)]
    found = {place.id: place for place in places if place.status == NodeStatus.OPEN and place.kind in SERVED}
    return list(({home.id: home} | found).values())[:MOST_PLACES]


def lines_of(reader: PatronView) -> list[dict[str, Any]]:
    """Return a reader's reservations as their page shows them."""
    return [
        {"one": one, "place": network.node(one.pickup).name, "state": ReservationState(one.state).label}
        for one in queries.of_reader(reader.id)
    ]


def act_of(request: HttpRequest, reader: PatronView) -> Act:
    """Return the act of a reader on line; the page's key makes it safe to send twice."""
    key = f"my:{reader.id}:{request.POST.get('key') or new_uid()}"[:LONGEST_KEY]
    return Act(at=clock.now(), node=reader.home_node, channel=Channel.WEB, key=key)


@require_POST
def reserve(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Reserve a title, or say every reason why not."""
    reader = reader_of(request)
    if reader is None:
        return redirect("portal:sign_in")
    record = catalogue.shown_record(uid)
    asked = whole_number(request.POST.get("pickup"))
    pickup = asked if asked in {place.id for place in pickup_points(reader)} else reader.home_node
    try:
        made = operations.reserve(
            act_of(request, reader), wish=Wish(patron=reader.id, record=record.id, pickup=pickup or reader.home_node)
        )
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("portal:record", uid=uid)
    messages.success(request, said_of(made))
    return redirect("portal:my")


def said_of(made: ReservationView) -> str:
    """Return what becomes of a reservation that was just made."""
    if made.place_in_queue:
        return _("Reserved; place %(place)d in the queue. We let you know.") % {"place": made.place_in_queue}
    return _("A copy is fetched from its shelf for you. We let you know when it is there.")


@require_POST
def cancel(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Cancel one of one's own reservations; of others nothing is said."""
    reader = reader_of(request)
    if reader is None:
        return redirect("portal:sign_in")
    try:
        one = queries.by_uid(uid)
        if one.patron == reader.id:
            operations.cancel(act_of(request, reader), reservation=one.id)
            messages.success(request, _("The reservation was cancelled."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("portal:my")
