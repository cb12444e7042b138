"""Booking a seat or a computer ahead (座位预约), for a slot of the day."""

from collections import Counter
from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from wenlan.circulation.reading import policies, queries, statements
from wenlan.circulation.reading.errors import BookingRefused
from wenlan.circulation.reading.models import PlaceBooking, ReadingPlace, ReadingRoom, ReadingSession
from wenlan.circulation.reading.policies import BookingFacts
from wenlan.circulation.reading.types import BookingState, BookingView, PlaceKind, RoomView, Slot
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import NotFound
from wenlan.network import queries as network
from wenlan.patrons import queries as patrons
from wenlan.patrons.policies import completed_years
from wenlan.patrons.types import PatronStatus, PatronView

GRACE = timedelta(minutes=15)  # so early a reader may come, and so long a booked place waits
STANDING = (BookingState.BOOKED, BookingState.USED)
MOST = 200


def slots(room: RoomView, day: date) -> tuple[Slot, ...]:
    """Return the times of a day that may be booked, from each opening on (two statements)."""
    places = ReadingPlace.objects.filter(room=room.id, is_out_of_order=False).count()
    booked = PlaceBooking.objects.filter(room=room.id, day=day, state__in=STANDING)
    taken = Counter(booked.filter(place__is_out_of_order=False).values_list("starts", flat=True))
    found = []
    length = timedelta(minutes=room.rule.slot_minutes)
    for opens, closes in network.opening_on(room.node, day) if length else ():
        starts, end = (timezone.make_aware(datetime.combine(day, at)) for at in (opens, closes))
        while starts < end:
            ends = min(starts + length, end)
            found.append(Slot(starts=starts, ends=ends, free=max(places - taken[starts], 0)))
            starts = ends
    return tuple(found)


def of_reader(patron: int, since: date) -> tuple[BookingView, ...]:
    """Return a reader's bookings from a day on, the next first (one statement)."""
    rows = PlaceBooking.objects.filter(patron=patron, day__gte=since).select_related("place")
    return tuple(view(row) for row in rows.order_by("starts")[:MOST])


def expected(room: int, day: date) -> tuple[BookingView, ...]:
    """Return who is expected in a room on a day, the next first (one statement)."""
    rows = PlaceBooking.objects.filter(room=room, day=day, state=BookingState.BOOKED).select_related("place")
    return tuple(view(row) for row in rows.order_by("starts", "id")[:MOST])


def view(row: PlaceBooking) -> BookingView:
    """Return the public side of a booking."""
    return BookingView(
        id=row.pk,
        room=row.room_id,
        patron=row.patron_id,
        place=row.place.code,
        place_kind=row.place.kind,
        starts=row.starts,
        ends=row.ends,
        state=row.state,
    )


@transaction.atomic
def book(act: Act, *, room: int, patron: int, starts: datetime) -> BookingView:
    """Keep a place for a reader from an instant on, for one slot of the room.

    Locks the room, then the reader. Raises BookingRefused with every reason, NotFound, PatronUnknown. Repeating
    `act.key` returns the first booking.
    """
    if done := PlaceBooking.objects.select_related("place").filter(key=act.key).first():
        return view(done)
    if not ReadingRoom.objects.select_for_update().filter(pk=room).exists():
        raise NotFound(what=str(room))
    found = queries.room(room)
    statements.lock_reader(patron)
    reader, day = patrons.patron(patron), timezone.localdate(starts)
    slot = next((one for one in slots(found, day) if one.starts == starts), None)
    place = _free(room, starts) if slot else None
    facts = _facts(act, found, reader, slot or Slot(starts=starts, ends=starts, free=0), place)
    if refusals := policies.booking_refusals(facts):
        raise BookingRefused(refusals)
    assert slot is not None
    assert place is not None
    made = PlaceBooking.objects.create(
        room_id=room,
        place=place,
        patron_id=patron,
        day=day,
        starts=slot.starts,
        ends=slot.ends,
        made_at=act.at,
        by=act.operator,
        key=act.key,
    )
    return view(made)


def _free(room: int, starts: datetime) -> ReadingPlace | None:
    booked = PlaceBooking.objects.filter(starts=starts, state__in=STANDING).values("place")
    free = ReadingPlace.objects.filter(room=room, is_out_of_order=False).exclude(pk__in=booked)
    return min(free, key=lambda place: (len(place.code), place.code), default=None)


def _facts(act: Act, room: RoomView, reader: PatronView, slot: Slot, place: ReadingPlace | None) -> BookingFacts:
    """Return what the rules look at; a slot without an end is none."""
    starts = timezone.localtime(slot.starts)
    waits = PlaceBooking.objects.filter(room=room.id, patron=reader.id, day=starts.date(), state=BookingState.BOOKED)
    return BookingFacts(
        now=timezone.localtime(act.at),
        starts=starts,
        ends=timezone.localtime(slot.ends),
        rule=room.rule,
        is_slot=slot.ends > slot.starts,
        free=1 if place else 0,
        age=completed_years(reader.birth_date, starts.date()),
        has_booking=waits.exists(),
        is_reader_gone=reader.status == PatronStatus.DEREGISTERED,
        for_computer=place is not None and place.kind == PlaceKind.COMPUTER,
    )


@transaction.atomic
def cancel(act: Act, *, booking: int) -> BookingView:
    """Give a booked place back. Twice is as once; what was used or missed stays as it is. Raises NotFound."""
    row = PlaceBooking.objects.select_for_update(of=("self",)).select_related("place").filter(pk=booking).first()
    if row is None:
        raise NotFound(what=str(booking))
    if row.state == BookingState.BOOKED:
        row.state = BookingState.CANCELLED
        row.save(update_fields=["state"])
    return view(row)


def cancel_of(patrons: Collection[int]) -> None:
    """Give the places back that readers booked whose accounts are closed, in the caller's transaction."""
    booked = PlaceBooking.objects.filter(patron__in=patrons, state=BookingState.BOOKED)
    booked.update(state=BookingState.CANCELLED)


def kept_for(room: int, patron: int, at: datetime) -> PlaceBooking | None:
    """Return the booking under which a reader sits down now, a little early allowed."""
    rows = PlaceBooking.objects.filter(room=room, patron=patron, state=BookingState.BOOKED)
    return rows.select_related("place").filter(starts__lte=at + GRACE, ends__gt=at).order_by("starts").first()


def waiting_places(room: int, at: datetime, *, but: int | None = None) -> frozenset[int]:
    """Return the places that wait for who booked them, so that nobody else is given them now (one statement).

    What the reader `but` booked is left out.
    """
    rows = PlaceBooking.objects.filter(room=room, state=BookingState.BOOKED)
    if but is not None:
        rows = rows.exclude(patron=but)
    return frozenset(rows.filter(starts__lte=at + GRACE, starts__gt=at - GRACE).values_list("place_id", flat=True))


def use(booking: PlaceBooking, session: ReadingSession) -> None:
    """Write down that the reader came."""
    PlaceBooking.objects.filter(pk=booking.pk).update(state=BookingState.USED, session=session)


def lapse(at: datetime) -> int:
    """Let bookings lapse whose readers did not come in time; return how many did."""
    late = PlaceBooking.objects.filter(state=BookingState.BOOKED, starts__lte=at - GRACE)
    return late.update(state=BookingState.MISSED)


def forget_old(*, before: date, limit: int = 200) -> int:
    """Let bookings before a day forget their reader, at most `limit`; return how many did."""
    old = PlaceBooking.objects.filter(day__lt=before, patron__isnull=False).exclude(state=BookingState.BOOKED)
    return PlaceBooking.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:limit])).update(patron=None)
