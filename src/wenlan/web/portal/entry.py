"""Booking an admission on days when so many people only may come in, by the reader."""

from datetime import date, datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from wenlan.facilities.admission import operations, queries
from wenlan.facilities.admission.types import EntryState
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.network.almanac.queries import caps_on
from wenlan.network.types import NodeKind
from wenlan.ui import clock
from wenlan.ui.addresses import whole_number
from wenlan.web.portal.reading import reader_of
from wenlan.web.portal.reserving import act_of

DAYS_AHEAD = 3
WITHOUT_DOOR = (NodeKind.NETWORK, NodeKind.BUS, NodeKind.BUS_STOP)


@never_cache
def entry(request: HttpRequest) -> HttpResponse:
    """Show the places where admission is capped, the slots of a day at one of them, and what the reader has booked."""
    reader = reader_of(request)
    if reader is None:
        return redirect("portal:sign_in")
    day, names = asked_day(request.GET.get("day", "")), network.node_names()
    open_and_capped = capped(day)
    places = [view.id for view in network.nodes(day) if view.id in open_and_capped]
    chosen = whole_number(request.GET.get("place"))
    node = chosen if chosen in places else (places[0] if places else None)
    context = {
        "reader_name": reader.masked().name,
        "places": [{"id": one, "name": names[one], "chosen": one == node} for one in places],
        "node": node,
        "day": day,
        "days": days(),
        "slots": [slot for slot in queries.slots(node, day) if slot.ends > clock.now()] if node else [],
        "mine": [
            {"one": one, "place": names.get(one.node, ""), "may_cancel": one.state == EntryState.BOOKED}
            for one in queries.of_reader(reader.id, clock.today())
        ],
    }
    return render(request, "web/portal/entry.html", context)


def capped(day: date) -> frozenset[int]:
    """Return the places with a door at which admission is capped on a day and that are open then (one statement)."""
    found = (network.node(node, day) for node in caps_on(day) if network.opening_on(node, day))
    return frozenset(place.id for place in found if place.kind not in WITHOUT_DOOR)


def days() -> list[date]:
    """Return the days that may be booked."""
    return [clock.today() + timedelta(days=ahead) for ahead in range(DAYS_AHEAD + 1)]


def asked_day(text: str) -> date:
    """Return the day asked for, today for none or one that cannot be booked."""
    try:
        asked = date.fromisoformat(text)
    except ValueError:
        return clock.today()
    return asked if asked in days() else clock.today()


@require_POST
def book(request: HttpRequest) -> HttpResponse:
    """Book a slot, or say why not."""
    reader = reader_of(request)
    if reader is None:
        return redirect("portal:sign_in")
    node, persons = whole_number(request.POST.get("place")) or 0, whole_number(request.POST.get("persons")) or 1
    try:
        starts = timezone.make_aware(datetime.fromisoformat(request.POST.get("starts", "")))
        if timezone.localdate(starts) not in days() or node not in capped(timezone.localdate(starts)):
            raise ValueError
        operations.book(act_of(request, reader), node=node, patron=reader.id, starts=starts, persons=persons)
    except ValueError:
        messages.error(request, _("Please choose a time."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        said = {"place": network.node(node).name, "time": f"{timezone.localtime(starts):%Y-%m-%d %H:%M}"}
        messages.success(request, _("Booked: %(place)s, %(time)s. Show your card at the door.") % said)
    return redirect(f"{reverse('portal:entry')}?place={node}")


@require_POST
def cancel(request: HttpRequest, booking_id: int) -> HttpResponse:
    """Give one of one's own admissions back; of others nothing is said."""
    reader = reader_of(request)
    if reader is None:
        return redirect("portal:sign_in")
    if any(one.id == booking_id for one in queries.of_reader(reader.id, clock.today())):
        operations.cancel(act_of(request, reader), booking=booking_id)
        messages.success(request, _("The place was given back."))
    return redirect("portal:entry")
