"""Booking a seat or a computer in a reading room, by the reader."""

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from wenlan.circulation.reading import booking, queries
from wenlan.circulation.reading.types import BookingState, RoomView
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.ui import clock
from wenlan.ui.addresses import whole_number
from wenlan.web.portal.reading import reader_of
from wenlan.web.portal.reserving import act_of


@never_cache
def seats(request: HttpRequest) -> HttpResponse:
    """Show the rooms that take bookings, the times of a day in one of them, and what the reader has booked."""
    reader = reader_of(request)
    if reader is None:
        return redirect("portal:sign_in")
    rooms = bookable_rooms()
    room = next((one for one in rooms if one.id == whole_number(request.GET.get("room"))), rooms[0] if rooms else None)
    today, names = clock.today(), network.node_names()
    day = asked_day(request.GET.get("day", ""), room) if room else today
    of_rooms = {one.id: one.name for one in rooms}
    context = {
        "reader_name": reader.masked().name,
        "rooms": [{"one": one, "place": names.get(one.node, ""), "chosen": one == room} for one in rooms],
        "room": room,
        "day": day,
        "days": days_of(room) if room else [],
        "slots": [slot for slot in booking.slots(room, day) if slot.starts > clock.now()] if room else [],
        "mine": [
            {"one": one, "room": of_rooms.get(one.room, ""), "may_cancel": one.state == BookingState.BOOKED}
            for one in booking.of_reader(reader.id, today)
        ],
    }
    return render(request, "web/portal/seats.html", context)


def bookable_rooms() -> list[RoomView]:
    """Return the rooms of the network whose places may be booked ahead."""
    found = queries.rooms([node.id for node in network.nodes(clock.today())])
    return [room for room in found if room.rule.booking_days and room.rule.gives_places]


def days_of(room: RoomView) -> list[date]:
    """Return the days that may be booked in a room."""
    return [clock.today() + timedelta(days=ahead) for ahead in range(room.rule.booking_days + 1)]


def asked_day(text: str, room: RoomView) -> date:
    """Return the day asked for, today for none or one that cannot be booked."""
    try:
        asked = date.fromisoformat(text)
    except ValueError:
        return clock.today()
    return asked if asked in days_of(room) else clock.today()


@require_POST
def book(request: HttpRequest) -> HttpResponse:
    """Book a place, or say every reason why not."""
    reader = reader_of(request)
    if reader is None:
        return redirect("portal:sign_in")
    room = whole_number(request.POST.get("room")) or 0
    try:
        starts = timezone.make_aware(datetime.fromisoformat(request.POST.get("starts", "")))
        made = booking.book(act_of(request, reader), room=room, patron=reader.id, starts=starts)
    except ValueError:
        messages.error(request, _("Please choose a time."))
    except DomainError as refusal:
        messages.error(request, " ".join(refusal.sentences))
    else:
        said = {"place": made.place, "time": f"{timezone.localtime(made.starts):%Y-%m-%d %H:%M}"}
        messages.success(request, _("Booked: %(place)s, from %(time)s. It waits for fifteen minutes.") % said)
    return redirect(f"{reverse('portal:seats')}?room={room}")


@require_POST
def cancel(request: HttpRequest, booking_id: int) -> HttpResponse:
    """Give one of one's own places back; of others nothing is said."""
    reader = reader_of(request)
    if reader is None:
        return redirect("portal:sign_in")
    mine: list[Any] = [one for one in booking.of_reader(reader.id, clock.today()) if one.id == booking_id]
    if mine:
        booking.cancel(act_of(request, reader), booking=booking_id)
        messages.success(request, _("The place was given back."))
    return redirect("portal:seats")
