"""Writes of trips: opened, kept while they are under way, closed, put right, dropped. Each is one line of a book.

What was done on a trip is never typed: it is read from the acts of the ledger, and the line in the record book is
filled from it when the trip is closed. A person may put the line right there; what they changed is not filled again.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from wenlan.facilities.machines import operations as register
from wenlan.facilities.machines import queries as machines
from wenlan.facilities.machines.kinds import BOOK_BUS
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import NotFound
from wenlan.network import queries as network
from wenlan.network.types import DepartmentKind
from wenlan.outreach.books import BUS_TRIPS, SERVICE_TRIPS
from wenlan.outreach.bus import policies, queries
from wenlan.outreach.bus.errors import (
    NoStopServed,
    NoVehicle,
    ReasonNeeded,
    TripIsClosed,
    TripTimesWrong,
    VehicleOut,
)
from wenlan.outreach.bus.models import BusStop, Trip, TripStop
from wenlan.outreach.bus.types import NewTrip, Purpose, TripState, TripTimes, TripView
from wenlan.registers import operations as registers
from wenlan.registers import queries as entries
from wenlan.registers.types import EntryStatus
from wenlan.staff import queries as staff
from wenlan.staff.operations import audit

LONGEST_HOURS = 96  # the bus in the mountains stays out for days
REFILLED_DAYS = 45  # how long acts that are told late still reach the line in the book


@transaction.atomic
def open_trip(act: Act, *, trip: NewTrip) -> TripView:
    """Open a trip, or write down one that has been made (`trip.ended_at`); the stops of a line come with its times.

    Raises NoVehicle, VehicleOut, TripTimesWrong, NotFound. Repeating `act.key` returns the trip opened first. Locks the
    vehicle, so that it is not sent out twice.
    """
    register.lock(trip.vehicle)
    if done := Trip.objects.filter(key=act.key).first():
        return queries.trip(done.pk)
    refuse_times(act, trip.started_at, trip.ended_at)
    vehicle = machines.machine(trip.vehicle)
    if not (vehicle.type.is_vehicle and vehicle.is_held):
        raise NoVehicle()
    refuse_overlap(trip.vehicle, trip.started_at, trip.ended_at)
    row = Trip.objects.create(
        vehicle_id=trip.vehicle,
        node_id=trip.node,
        department_id=department_of(act, trip.node),
        line_id=trip.line,
        purpose=trip.purpose,
        title=trip.title.strip()[:120],
        day=timezone.localdate(trip.started_at),
        started_at=trip.started_at,
        ended_at=trip.ended_at,
        drivers=list(trip.drivers),
        crew=list(trip.crew),
        others=list(trip.others),
        note=trip.note.strip()[:300],
        opened_by=act.operator,
        key=act.key,
    )
    plan_stops(row, trip)
    audit(act, "outreach.trip", f"trip:{row.pk}", after={"vehicle": vehicle.number, "purpose": str(trip.purpose)})
    return queries.trip(row.pk)


@transaction.atomic
def arrive(act: Act, *, trip: int, stop: int, at: datetime | None = None) -> TripView:
    """Say that the bus has come to a stop (default: now). Twice is as once. Locks the trip's row.

    Raises NotFound, TripIsClosed, TripTimesWrong for a moment outside the trip (one that is over already).
    """
    row = under_way(trip)
    found = stop_of(row, stop)
    if found.arrived_at is None:
        found.arrived_at, found.is_left_out = at or act.at, False
        refuse_stop(row, found, row.ended_at or act.at)
        found.save()
    return queries.trip(trip)


@transaction.atomic
def leave(act: Act, *, trip: int, stop: int, at: datetime | None = None) -> TripView:
    """Say that the bus leaves a stop at which it stands (default: now); any other stays as it is. Twice is as once.

    Raises NotFound, TripIsClosed, TripTimesWrong for a moment outside the trip.
    """
    row = under_way(trip)
    found = stop_of(row, stop)
    if found.left_at is None and found.arrived_at is not None:
        found.left_at = max(at or act.at, found.arrived_at + timedelta(seconds=1))
        refuse_stop(row, found, row.ended_at or max(act.at, found.left_at))
        found.save()
    return queries.trip(trip)


@transaction.atomic
def leave_out(act: Act, *, trip: int, stop: int) -> TripView:
    """Say that a planned stop is not served this time. Twice is as once. Raises NotFound, TripIsClosed."""
    row = under_way(trip)
    found = stop_of(row, stop)
    if found.arrived_at is None and not found.is_left_out:
        found.is_left_out = True
        found.save()
        audit(act, "outreach.stop_left_out", f"trip:{trip}", after={"stop": found.name})
    return queries.trip(trip)


@transaction.atomic
def add_stop(act: Act, *, trip: int, stop: int | None = None, name: str = "") -> TripView:
    """Add a stop to a trip under way: one that is kept, or a place by its name; a stop stands in it once.

    Raises NotFound, TripIsClosed, ReasonNeeded without either.
    """
    row = under_way(trip)
    add_to(row, stop, name)
    audit(act, "outreach.stop_added", f"trip:{trip}", after={"stop": stop, "name": name})
    return queries.trip(trip)


@transaction.atomic
def put_right(act: Act, *, trip: int, times: TripTimes) -> TripView:
    """Put the times of a trip right; of a closed one the line in the book is filled anew.

    Raises NotFound, TripIsClosed for one that was dropped, TripTimesWrong, VehicleOut, NoStopServed.
    """
    row = locked(trip)
    if row.state == TripState.DROPPED:
        raise TripIsClosed()
    end = times.ended_at or row.ended_at
    refuse_times(act, times.started_at, end)
    refuse_overlap(row.vehicle_id, times.started_at, end, but=row.pk)
    before = {"started_at": row.started_at.isoformat(), "ended_at": row.ended_at and row.ended_at.isoformat()}
    row.started_at, row.ended_at, row.day = times.started_at, end, timezone.localdate(times.started_at)
    row.save()
    for stop in TripStop.objects.filter(trip=row):
        if stop.pk in times.stops:
            stop.arrived_at, stop.left_at = times.stops[stop.pk]
            stop.is_left_out = stop.is_left_out and stop.arrived_at is None
            refuse_stop(row, stop, end or act.at)
            stop.save()
    audit(act, "outreach.trip_times", f"trip:{trip}", before=before)
    if row.state == TripState.CLOSED:
        refuse_unserved(queries.trip(trip))
        fill(act, row)
    return queries.trip(trip)


@transaction.atomic
def close_trip(act: Act, *, trip: int, at: datetime | None = None) -> TripView:
    """Close a trip (default: now, or when it was written to have ended), and enter it in its record book.

    A stop at which the bus still stands is left with the trip. Raises NotFound, TripTimesWrong, NoStopServed for a trip
    that served none (an event counts as served), TripIsClosed for a dropped one. Twice is as once.
    """
    row = locked(trip)
    if row.state == TripState.CLOSED:
        return queries.trip(trip)
    if row.state == TripState.DROPPED:
        raise TripIsClosed()
    end = at or row.ended_at or act.at
    refuse_times(act, row.started_at, end)
    refuse_overlap(row.vehicle_id, row.started_at, end, but=row.pk)
    row.ended_at = end
    row.save()
    refuse_unserved(queries.trip(trip))
    row.state = TripState.CLOSED
    row.save()
    fill(act, row)
    audit(act, "outreach.trip_closed", f"trip:{trip}")
    return queries.trip(trip)


@transaction.atomic
def fill_anew(act: Act, *, trip: int) -> TripView:
    """Fill the line in the book anew, for acts that were told late. Raises NotFound; a trip not closed stays so."""
    row = locked(trip)
    if row.state == TripState.CLOSED:
        fill(act, row)
    return queries.trip(trip)


@transaction.atomic
def set_crew(act: Act, *, trip: int, drivers: list[str], crew: list[int], others: list[str]) -> TripView:
    """Say who is on a trip; of a closed one the line in the book is filled anew. Raises NotFound, TripIsClosed."""
    row = locked(trip)
    if row.state == TripState.DROPPED:
        raise TripIsClosed()
    row.drivers, row.crew, row.others = list(drivers), list(crew), list(others)
    row.save()
    audit(act, "outreach.trip_crew", f"trip:{trip}", after={"crew": list(crew)})
    if row.state == TripState.CLOSED:
        fill(act, row)
    return queries.trip(trip)


@transaction.atomic
def drop(act: Act, *, trip: int, reason: str) -> TripView:
    """Drop a trip that was not made; its line in the book is struck out. Raises NotFound, ReasonNeeded."""
    row = locked(trip)
    if not reason.strip():
        raise ReasonNeeded()
    if row.state != TripState.DROPPED:
        if row.entry is not None:
            registers.strike(act, entry=row.entry, reason=reason[:200])
        row.state, row.note = TripState.DROPPED, reason.strip()[:300]
        row.save()
        audit(act, "outreach.trip_dropped", f"trip:{trip}", reason=reason)
    return queries.trip(trip)


def refill_late(act: Act) -> int:
    """Fill the lines of the trips of the last weeks anew where acts were told late; return how many have changed."""
    since = act.day - timedelta(days=REFILLED_DAYS)
    changed = 0
    for row in Trip.objects.filter(state=TripState.CLOSED, day__gte=since).order_by("pk"):
        with transaction.atomic():
            changed += fill(act, locked(row.pk))
    return changed


def fill(act: Act, row: Trip) -> bool:
    """Enter a closed trip in its book, or amend its line; return whether the line was changed.

    A line that was struck in the book stays struck.
    """
    found = queries.trip(row.pk)
    book, now = book_of(found), values_of(found, act.at)
    if row.entry is None:
        entry = registers.enter(
            act,
            book=book,
            day=found.day,
            values=now,
            key=f"trip:{found.uid}",
            node=found.node,
            department=found.department,
        )
        row.entry, row.filled = entry.uid, dict(entry.values)
        row.save()
        return True
    line = entries.entry(row.entry)
    if line.status == EntryStatus.STRUCK:
        return False
    wanted = {name: value for name, value in now.items() if value is not None}
    values = policies.refilled(line.values, row.filled, {name: wanted.get(name) for name in {*wanted, *row.filled}})
    values = {name: value for name, value in values.items() if value is not None}
    if values == dict(line.values) and line.day == found.day:
        return False
    registers.amend(act, entry=row.entry, values=values, day=found.day, reason="trip")
    row.filled = wanted
    row.save()
    return True


def book_of(found: TripView) -> str:
    """Return the record book of a trip: a book bus has its own, whatever it is sent out for."""
    return BUS_TRIPS.code if machines.machine(found.vehicle).type.code == BOOK_BUS.code else SERVICE_TRIPS.code


def values_of(found: TripView, until: datetime) -> dict[str, Any]:
    """Return what the line in the book says of a trip, from its stops, its crew and its acts."""
    totals = queries.composition(found, until).totals
    names = [stop.name for stop in found.served]
    line = queries.line(found.line).words["zh"] if found.line else found.title
    route = "：".join(part for part in (line, "、".join(names)) if part)
    crew = staff.names(found.crew)
    people = [*found.drivers, *(crew[member] for member in found.crew if member in crew), *found.others]
    vehicle = machines.machine(found.vehicle)
    values: dict[str, Any] = {
        "vehicle": vehicle.title,
        "cards": totals["cards"] or None,
        "loans": totals["loans"] or None,
        "returns": totals["returns"] or None,
        "visitors": totals["visitors"] or None,
        "crew": people or None,
        "note": found.note or None,
    }
    if book_of(found) == SERVICE_TRIPS.code:
        return values | {"event": found.title or line or route, "place": "、".join(names) or None}
    return values | {"route": route or found.title, "stops": len(names) or None}


def plan_stops(row: Trip, trip: NewTrip) -> None:
    """Write the stops of a trip: those of its line with their times, then those that were chosen."""
    if trip.line is not None:
        for call in queries.line(trip.line).calls:
            TripStop.objects.create(trip=row, stop_id=call.stop.id, name=call.stop.words["zh"], planned=call.arrives)
    for stop in trip.stops:
        add_to(row, stop, "")
    for name in trip.more:
        add_to(row, None, name)


def add_to(row: Trip, stop: int | None, name: str) -> None:
    """Add a stop to a trip, unless it stands in it. Raises NotFound, ReasonNeeded."""
    if stop is not None:
        kept = BusStop.objects.filter(pk=stop).first()
        if kept is None:
            raise NotFound(what=str(stop))
        TripStop.objects.get_or_create(trip=row, stop=kept, defaults={"name": kept.words["zh"]})
    elif name.strip():
        TripStop.objects.get_or_create(trip=row, stop=None, name=name.strip()[:120])
    else:
        raise ReasonNeeded()


def locked(trip: int) -> Trip:
    """Return a trip's row, locked until the transaction ends. Raises NotFound."""
    row = Trip.objects.select_for_update().filter(pk=trip).first()
    if row is None:
        raise NotFound(what=str(trip))
    return row


def under_way(trip: int) -> Trip:
    """Return a trip's row, locked. Raises NotFound, TripIsClosed."""
    row = locked(trip)
    if row.state != TripState.UNDER_WAY:
        raise TripIsClosed()
    return row


def stop_of(row: Trip, stop: int) -> TripStop:
    """Return a stop of a trip. Raises NotFound."""
    found = TripStop.objects.filter(trip=row, pk=stop).first()
    if found is None:
        raise NotFound(what=str(stop))
    return found


def department_of(act: Act, node: int) -> int | None:
    """Return the department whose trip it is: the bus crew of the place, or whoever writes it there."""
    crew = (one.id for one in network.departments(node) if one.kind == DepartmentKind.BUS)
    return next(crew, act.department if act.node == node else None)


def refuse_times(act: Act, start: datetime, end: datetime | None) -> None:
    """Raise TripTimesWrong for a span that cannot be."""
    is_begun = start <= act.at
    if not is_begun or (end is not None and not start < end <= min(act.at, start + timedelta(hours=LONGEST_HOURS))):
        raise TripTimesWrong(hours=LONGEST_HOURS)


def refuse_stop(row: Trip, stop: TripStop, end: datetime) -> None:
    """Raise TripTimesWrong for a stop outside its trip, or left before it was reached."""
    known = [moment for moment in (row.started_at, stop.arrived_at, stop.left_at, end) if moment is not None]
    if known != sorted(known) or (stop.left_at is not None and stop.left_at == stop.arrived_at):
        raise TripTimesWrong(hours=LONGEST_HOURS)
    if stop.left_at is not None and stop.arrived_at is None:
        raise TripTimesWrong(hours=LONGEST_HOURS)


def refuse_overlap(vehicle: int, start: datetime, end: datetime | None, but: int = 0) -> None:
    """Raise VehicleOut when a vehicle is on another trip at that time."""
    rows = Trip.objects.filter(vehicle=vehicle).exclude(pk=but).exclude(state=TripState.DROPPED)
    rows = rows.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=start))
    if end is not None:
        rows = rows.filter(started_at__lt=end)
    if row := rows.order_by("started_at").first():
        raise VehicleOut(trip=f"{row.day:%Y-%m-%d} {row.title}".strip())


def refuse_unserved(found: TripView) -> None:
    """Raise NoStopServed for a trip to nowhere; what an event is, its title says."""
    if not found.served and not (found.purpose == Purpose.EVENT and found.title):
        raise NoStopServed()
