"""Reserving on line: a title from its page, and what a reader does with their reservations."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenlan.catalogue import queries as catalogue
from wenlan.circulation.reserving import operations, queries
from wenlan.circulation.reserving.types import ReservationKind, ReservationState, ReservationView, Wish
from wenlan.holdings import queries as holdings
from wenlan.holdings.types import Availability, Lending
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
MAY_REST = frozenset({ReservationState.WAITING, ReservationState.TO_PICK})
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
        {
            "one": one,
            "place": network.node(one.pickup).name,
            "state": ReservationState(one.state).label,
            "may_rest": one.state in MAY_REST,
        }
        for one in queries.of_reader(reader.id)
        if one.kind != ReservationKind.ORDER
    ]


def act_of(request: HttpRequest, reader: PatronView) -> Act:
    """Return the act of a reader on line; the page's key makes it safe to send twice."""
    key = f"my:{reader.id}:{request.POST.get('key') or new_uid()}"[:LONGEST_KEY]
    return Act(at=clock.now(), node=reader.home_node, channel=Channel.WEB, key=key)


def copy_choices(record: int, places: Sequence[Availability]) -> list[tuple[str, str]]:
    """Return which copies a reader may ask for: any, those of one place, or one volume of a set; () where all is one.

    The values are read again by `narrowed`.
    """
    names = network.node_names()
    volumes = [one for one in holdings.items_of(record) if one.volume and one.lending == Lending.LENDABLE]
    found = [
        (f"at.{place.node}", _("only a copy of %(place)s") % {"place": names.get(place.node, "")}) for place in places
    ]
    found = found[:MOST_PLACES] if len(places) > 1 else []
    found += [(f"item.{one.id}", f"{one.volume} · {names.get(one.shelved_at, '')}") for one in volumes[:MOST_PLACES]]
    return [("", _("any copy")), *found] if found else []


def narrowed(wish: Wish, said: str) -> Wish:
    """Return the wish as a choice of `copy_choices` narrows it; as it is for what is no copy of the record."""
    kind, _dot, text = said.partition(".")
    number = whole_number(text)
    copies = holdings.items_of(wish.record) if number else ()
    if kind == "at" and number in {copy.shelved_at for copy in copies}:
        return replace(wish, within=number)
    if kind == "item" and number in {copy.id for copy in copies}:
        return replace(wish, item=number)
    return wish


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
        wish = Wish(patron=reader.id, record=record.id, pickup=pickup or reader.home_node)
        made = operations.reserve(act_of(request, reader), wish=narrowed(wish, request.POST.get("copy", "")))
    except DomainError as refusal:
        messages.error(request, " ".join(refusal.sentences))
        return redirect("portal:record", uid=uid)
    messages.success(request, said_of(made))
    return redirect("portal:my")


def said_of(made: ReservationView) -> str:
    """Return what becomes of a reservation that was just made."""
    if made.place_in_queue:
        return _("Reserved; place %(place)d in the queue. We let you know.") % {"place": made.place_in_queue}
    return _("A copy is fetched from its shelf for you. We let you know when it is there.")


@require_POST
def rest(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let one of one's own reservations rest until a day, or wait again without one; of others nothing is said."""
    reader = reader_of(request)
    if reader is None:
        return redirect("portal:sign_in")
    until = day_of(request.POST.get("until", ""))
    if until is not None and until < clock.today():
        messages.error(request, _("A reservation rests until a day to come."))
        return redirect("portal:my")
    try:
        one = queries.by_uid(uid)
        if one.patron == reader.id:
            operations.suspend(act_of(request, reader), reservation=one.id, until=until)
            said = _("The reservation rests; it keeps its place.") if until else _("The reservation waits again.")
            messages.success(request, said)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("portal:my")


def day_of(text: str) -> date | None:
    """Return the day that was entered, None for none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


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
