"""Rooms with their places, who is in them, and the sums of a day."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from wenlan.circulation.reading.models import Handing, MaterialRequest, ReadingPlace, ReadingRoom, ReadingSession
from wenlan.circulation.reading.types import (
    DaySums,
    HandingView,
    PlaceView,
    RequestView,
    RoomRule,
    RoomView,
    SessionView,
)
from wenlan.holdings import queries as holdings
from wenlan.kernel.errors import NotFound
from wenlan.network import queries as network

PRESENT = Q(ended_at__isnull=True, cancelled_at__isnull=True)
MOST = 500


def rooms(nodes: Collection[int]) -> tuple[RoomView, ...]:
    """Return the rooms of the places that sign readers in, by name (one statement)."""
    of = {view.id for view in network.departments() if view.node in nodes}
    found = [room_view(row) for row in ReadingRoom.objects.filter(department__in=of)]
    return tuple(sorted(found, key=lambda room: (room.node, room.name)))


def room(room_id: int) -> RoomView:
    """Return a room. Raises NotFound."""
    row = ReadingRoom.objects.filter(pk=room_id).first()
    if row is None:
        raise NotFound(what=str(room_id))
    return room_view(row)


def room_view(row: ReadingRoom) -> RoomView:
    """Return the public side of a room."""
    department = network.department(row.department_id)
    return RoomView(
        id=row.pk,
        department=department.id,
        node=department.node,
        name=department.name,
        since=row.since,
        rule=RoomRule(
            kind=row.kind,
            takes_anonymous=row.takes_anonymous,
            gives_places=row.gives_places,
            minor_minutes=row.minor_minutes,
            school_from=row.school_from,
            school_until=row.school_until,
            school_days=tuple(row.school_days),
            vacations=tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in row.vacations),
            guardian_under=row.guardian_under,
            needs_approval=row.needs_approval,
            booking_days=row.booking_days,
            slot_minutes=row.slot_minutes,
        ),
    )


def places(room_id: int) -> tuple[PlaceView, ...]:
    """Return the places of a room by their number, with who has them (two statements)."""
    taken = dict(ReadingSession.objects.filter(PRESENT, place__room=room_id).values_list("place_id", "id"))
    rows = ReadingPlace.objects.filter(room=room_id)
    found = [
        PlaceView(
            id=row.pk, code=row.code, kind=row.kind, is_out_of_order=row.is_out_of_order, taken_by=taken.get(row.pk)
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda place: (len(place.code), place.code)))


def present(room_id: int) -> tuple[SessionView, ...]:
    """Return who is in a room, the longest there first, with what they have (two statements)."""
    return _views(ReadingSession.objects.filter(PRESENT, room=room_id).order_by("started_at", "id"))


def sessions_of_day(room_id: int, day: date) -> tuple[SessionView, ...]:
    """Return a day's sessions of a room, the latest first (two statements)."""
    rows = ReadingSession.objects.filter(room=room_id, day=day, cancelled_at=None)
    return _views(rows.order_by("-started_at", "-id"))


def session(session_id: int) -> SessionView:
    """Return a session. Raises NotFound."""
    found = _views(ReadingSession.objects.filter(pk=session_id))
    if not found:
        raise NotFound(what=str(session_id))
    return found[0]


def session_of(patron: int) -> SessionView | None:
    """Return where a reader is now, None when they are in no room."""
    found = _views(ReadingSession.objects.filter(PRESENT, patron=patron))
    return found[0] if found else None


def handing_of(item: int) -> HandingView | None:
    """Return the open handing of an item, None when it is not over a counter."""
    row = Handing.objects.filter(item=item, returned_at=None).first()
    return handing_view(row) if row else None


def minutes_used(patron: int, day: date) -> int:
    """Return the minutes that a reader sat at computers on a day (one statement)."""
    found = ReadingSession.objects.filter(patron=patron, day=day, cancelled_at=None).aggregate(n=Sum("minutes"))
    return int(found["n"] or 0)


def sums(room_ids: Collection[int], day: date) -> dict[int, DaySums]:
    """Return the sums of a day by room (two statements)."""
    rows = ReadingSession.objects.filter(room__in=room_ids, day=day, cancelled_at=None).values_list("room")
    found = {room: (persons, minutes) for room, persons, minutes in rows.annotate(Sum("persons"), Sum("minutes"))}
    of_day = Handing.objects.filter(session__room__in=room_ids, session__day=day)
    handed = dict(of_day.values_list("session__room").annotate(n=Count("id")))
    return {
        room: DaySums(persons=found.get(room, (0, 0))[0], items=handed.get(room, 0), minutes=found.get(room, (0, 0))[1])
        for room in room_ids
    }


def requests(room_ids: Collection[int], *, waiting: bool = False, limit: int = 100) -> tuple[RequestView, ...]:
    """Return the requests of rooms, the latest first; only those that wait when asked for (one statement)."""
    rows = MaterialRequest.objects.filter(room__in=room_ids)
    if waiting:
        rows = rows.filter(is_granted=None)
    return tuple(request_view(row) for row in rows.order_by("-id")[:limit])


def request(request_id: int) -> RequestView:
    """Return a request. Raises NotFound."""
    row = MaterialRequest.objects.filter(pk=request_id).first()
    if row is None:
        raise NotFound(what=str(request_id))
    return request_view(row)


def request_view(row: MaterialRequest) -> RequestView:
    """Return the public side of a request."""
    return RequestView(
        id=row.pk,
        room=row.room_id,
        patron=row.patron_id,
        item=row.item_id,
        purpose=row.purpose,
        asked_at=row.asked_at,
        asked_by=row.asked_by,
        is_granted=row.is_granted,
        decided_by=row.decided_by,
        answer=row.answer,
        valid_until=row.valid_until,
    )


def handing_view(row: Handing) -> HandingView:
    """Return the public side of a handing."""
    return HandingView(
        id=row.pk,
        session=row.session_id,
        item=row.item_id,
        handed_at=row.handed_at,
        returned_at=row.returned_at,
        note=row.note,
    )


def words_of(handings: Iterable[HandingView]) -> dict[int, str]:
    """Return the barcodes of what was handed over, by item (one statement)."""
    found = holdings.items_by_id({one.item for one in handings})
    return {item: view.barcode for item, view in found.items()}


def _views(found: QuerySet[ReadingSession]) -> tuple[SessionView, ...]:
    rows = list(found.select_related("place")[:MOST])
    out: dict[int, list[HandingView]] = defaultdict(list)
    for handing in Handing.objects.filter(session__in=rows, returned_at=None).order_by("id"):
        out[handing.session_id].append(handing_view(handing))
    return tuple(
        SessionView(
            id=row.pk,
            room=row.room_id,
            patron=row.patron_id,
            persons=row.persons,
            place=row.place.code if row.place else "",
            place_kind=row.place.kind if row.place else "",
            started_at=row.started_at,
            until_at=row.until_at,
            ended_at=row.ended_at,
            minutes=row.minutes,
            out=tuple(out[row.pk]),
        )
        for row in rows
    )
