"""Reads of stops, lines, the days on which they run, and trips with what was done on them."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from wenlan.facilities.machines import queries as machines
from wenlan.facilities.machines.types import LinkView
from wenlan.kernel.errors import NotFound
from wenlan.kernel.periods import Period
from wenlan.kernel.words import say
from wenlan.network import queries as network
from wenlan.network.types import NodeKind
from wenlan.outreach.bus import policies, statements
from wenlan.outreach.bus.models import BusLine, BusStop, LineCall, LineException, Trip, TripStop
from wenlan.outreach.bus.types import (
    Call,
    Composition,
    LineView,
    Pattern,
    Purpose,
    RunDay,
    StopView,
    TripState,
    TripStopView,
    TripView,
)
from wenlan.registers import queries as registers

ON_THE_BUS = {NodeKind.BUS, NodeKind.BUS_STOP}
MOST_TRIPS = 200
MOST_ENTRIES = 500


def stops(homes: Collection[int] | None = None, *, on: date | None = None) -> tuple[StopView, ...]:
    """Return the stops that some places keep (default: any), by id (one statement); `on`: those kept on that day."""
    rows = BusStop.objects.order_by("id")
    if homes is not None:
        rows = rows.filter(home__in=homes)
    if on is not None:
        rows = rows.filter(_holding(on))
    return tuple(map(stop_of, rows))


def stop(stop_id: int) -> StopView:
    """Return a stop. Raises NotFound."""
    row = BusStop.objects.filter(pk=stop_id).first()
    if row is None:
        raise NotFound(what=str(stop_id))
    return stop_of(row)


def in_the_book(homes: Collection[int]) -> tuple[tuple[str, str, int], ...]:
    """Return the stops that stand in the record book and on no list yet: the entry's uid, its name, its place."""
    known = set(BusStop.objects.exclude(entry=None).values_list("entry", flat=True))
    page = registers.entries("bus_stop", nodes=homes, status="stands", limit=MOST_ENTRIES)
    given_up = [str(entry.values.get("name")) for entry in page.rows if entry.values.get("change") == -1]
    found = []
    for entry in page.rows:
        name = str(entry.values.get("name", ""))
        if entry.values.get("change") != 1 or entry.uid in known:
            continue
        if name in given_up:
            given_up.remove(name)
            continue
        found.append((str(entry.uid), name, entry.node))
    return tuple(found)


def lines(nodes: Collection[int] | None = None, *, on: date | None = None) -> tuple[LineView, ...]:
    """Return the lines of some buses (default: all) with their stops in order (two statements); `on`: kept then."""
    rows = BusLine.objects.order_by("weekday", "id")
    if nodes is not None:
        rows = rows.filter(node__in=nodes)
    if on is not None:
        rows = rows.filter(Q(until_day__isnull=True) | Q(until_day__gt=on))
    found = list(rows)
    calls: dict[int, list[Call]] = {}
    for row in LineCall.objects.filter(line__in=found).select_related("stop").order_by("arrives", "id"):
        calls.setdefault(row.line_id, []).append(Call(stop=stop_of(row.stop), arrives=row.arrives, leaves=row.leaves))
    return tuple(line_of(row, calls.get(row.pk, ())) for row in found)


def line(line_id: int) -> LineView:
    """Return a line with its stops. Raises NotFound."""
    row = BusLine.objects.filter(pk=line_id).first()
    if row is None:
        raise NotFound(what=str(line_id))
    calls = LineCall.objects.filter(line=row).select_related("stop").order_by("arrives", "id")
    return line_of(row, [Call(stop=stop_of(one.stop), arrives=one.arrives, leaves=one.leaves) for one in calls])


def exceptions(line_id: int, since: date) -> tuple[tuple[date, bool, str], ...]:
    """Return the exceptions of a line from a day on: day, whether it runs, why."""
    rows = LineException.objects.filter(line=line_id, day__gte=since).order_by("day")
    return tuple(rows.values_list("day", "runs", "reason"))


def runs(lines: Iterable[LineView], period: Period) -> tuple[RunDay, ...]:
    """Return the days of a period on which lines run, or do not though their timetable says so (one statement).

    A closure of the bus's place or of any above it (holidays, an epidemic) takes a day out, and so does an exception of
    the line; an exception may also put one in. The weekly hours of the library do not matter: the timetable is the
    bus's own. In order of day, then of the first stop.
    """
    known = list(lines)
    rows = LineException.objects.filter(
        line__in=[one.id for one in known], day__gte=period.start, day__lt=period.end
    ).values_list("line", "day", "runs", "reason")
    said = {(line, day): (runs, reason) for line, day, runs, reason in rows}
    closed = {one.node: network.closures(one.node, period.start, period.end) for one in known}
    found = [
        run
        for one in known
        for day in period
        if (run := run_of(one, day, said.get((one.id, day)), closed[one.node])) is not None
    ]
    return tuple(sorted(found, key=lambda run: (run.day, first_call(run.line), run.line.id)))


def run_of(
    line: LineView, day: date, said: tuple[bool, str] | None, closed: Iterable[tuple[date, date, Mapping[str, str]]]
) -> RunDay | None:
    """Return how a line stands on a day, None when it has nothing to do with it."""
    if day < line.from_day or (line.until_day is not None and day >= line.until_day):
        return None
    if said is not None:
        return RunDay(line=line, day=day, is_off=not said[0], reason=said[1])
    if not policies.is_in_timetable(day, weekday=line.weekday, pattern=line.pattern, since=line.from_day):
        return None
    reason = next((say(words) for start, end, words in closed if start <= day < end), None)
    return RunDay(line=line, day=day, is_off=reason is not None, reason=reason or "")


def first_call(line: LineView) -> str:
    """Return the time of a line's first stop, for sorting."""
    return f"{line.calls[0].arrives:%H:%M}" if line.calls else "99"


def trip(trip_id: int) -> TripView:
    """Return a trip with its stops (two statements). Raises NotFound."""
    row = Trip.objects.filter(pk=trip_id).first()
    if row is None:
        raise NotFound(what=str(trip_id))
    return _with_stops([row])[0]


def trips(
    nodes: Collection[int],
    period: Period,
    *,
    states: Collection[str] = (),
    after: tuple[date, int] | None = None,
    limit: int = MOST_TRIPS,
) -> tuple[TripView, ...]:
    """Return the trips of some places and days, the latest first, with their stops (two statements).

    `after` is the day and the id of the trip with which the page before ended.
    """
    rows = Trip.objects.filter(node__in=nodes, day__gte=period.start, day__lt=period.end)
    if states:
        rows = rows.filter(state__in=states)
    if after is not None:
        day, last = after
        rows = rows.filter(Q(day__lt=day) | Q(day=day, pk__lt=last))
    return _with_stops(list(rows.order_by("-day", "-id")[:limit]))


def trips_of(vehicle: int, limit: int = 20) -> tuple[TripView, ...]:
    """Return the last trips of a vehicle, the latest first, with their stops (two statements)."""
    rows = Trip.objects.filter(vehicle=vehicle).exclude(state=TripState.DROPPED)
    return _with_stops(list(rows.order_by("-started_at", "-id")[:limit]))


def under_way(nodes: Collection[int]) -> tuple[TripView, ...]:
    """Return the trips that are under way from some places (two statements)."""
    return _with_stops(list(Trip.objects.filter(node__in=nodes, state=TripState.UNDER_WAY).order_by("started_at")))


def last_crew(line_id: int) -> TripView | None:
    """Return the last trip of a line: the next one is made by the same people as a rule."""
    row = Trip.objects.filter(line=line_id).exclude(state=TripState.DROPPED).order_by("-started_at").first()
    return _with_stops([row])[0] if row else None


def composition(found: TripView, until: datetime) -> Composition:
    """Return what was done on a trip so far (four statements, whatever was done beside it): see `policies.is_of`.

    `until` is the moment up to which a trip under way is looked at.
    """
    end = found.ended_at or max(until, found.started_at + timedelta(seconds=1))
    nodes = nodes_of(found)
    beside = list(_beside(found, end))
    links = machines.links({found.vehicle, *(row.vehicle_id for row in beside)})
    others = [_span(row.pk, (row.started_at, row.ended_at or end), row.vehicle_id, row.crew, links) for row in beside]
    on_the_bus = {node for node in nodes if network.node(node).kind in ON_THE_BUS}
    own = _span(found.id, (found.started_at, end), found.vehicle, found.crew, links)
    deeds = statements.acts_between(nodes, list(policies.COMPOSED), found.started_at, end)
    mine = [deed for deed in deeds if policies.is_of(deed, own, others, on_the_bus=bool(on_the_bus))]
    calls = [(stop.id, stop.arrived_at, _left(found, stop, end)) for stop in found.served if stop.arrived_at]
    return policies.composed(mine, calls)


def nodes_of(found: TripView) -> frozenset[int]:
    """Return the places at which a trip's acts are done: the bus's, and those of stops that have one."""
    ids = [stop.stop for stop in found.stops if stop.stop is not None]
    own = BusStop.objects.filter(pk__in=ids).exclude(node=None).values_list("node", flat=True)
    return frozenset({found.node, *own})


def serving(day: date) -> tuple[TripView, ...]:
    """Return the trips of a day that are under way or closed (two statements)."""
    rows = Trip.objects.filter(day=day).exclude(state=TripState.DROPPED)
    return _with_stops(list(rows.order_by("started_at")))


def _left(found: TripView, stop: TripStopView, end: datetime) -> datetime:
    """When the bus left a stop: as written down, else when it came to the next one, else when the trip ended."""
    if stop.left_at is not None:
        return stop.left_at
    later = [
        one.arrived_at
        for one in found.served
        if one.arrived_at and stop.arrived_at and one.arrived_at > stop.arrived_at
    ]
    return min([*later, end])


def _beside(found: TripView, end: datetime) -> QuerySet[Trip]:
    """The other trips from the same place that were out at the same time."""
    rows = Trip.objects.filter(node=found.node, started_at__lt=end).exclude(pk=found.id)
    rows = rows.exclude(state=TripState.DROPPED)
    return rows.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=found.started_at))


def _span(
    trip: int, out: tuple[datetime, datetime], vehicle: int, crew: Iterable[int], links: Iterable[LinkView]
) -> policies.Span:
    """A trip with who was aboard: its crew, and the devices that its vehicle was on the days on which it was out."""
    first, last = (timezone.localdate(moment) for moment in out)
    devices = {
        f"device:{link.device}"
        for link in links
        if link.machine == vehicle and link.from_day <= last and (link.until_day is None or link.until_day > first)
    }
    return policies.Span(
        id=trip, start=out[0], end=out[1], aboard=frozenset({*(f"staff:{member}" for member in crew), *devices})
    )


def _holding(on: date) -> Q:
    return Q(from_day__lte=on) & (Q(until_day__isnull=True) | Q(until_day__gt=on))


def stop_of(row: BusStop) -> StopView:
    """Return a stop as others see it."""
    names = ("id", "uid", "words", "host", "address", "from_day", "until_day", "entry")
    return StopView(home=row.home_id, node=row.node_id, **{name: getattr(row, name) for name in names})


def line_of(row: BusLine, calls: Iterable[Call]) -> LineView:
    """Return a line as others see it."""
    return LineView(
        id=row.pk,
        words=row.words,
        node=row.node_id,
        vehicle=row.vehicle_id,
        weekday=row.weekday,
        pattern=Pattern(row.pattern),
        from_day=row.from_day,
        until_day=row.until_day,
        calls=tuple(calls),
    )


def _with_stops(rows: list[Trip]) -> tuple[TripView, ...]:
    stops: dict[int, list[TripStopView]] = {}
    for row in TripStop.objects.filter(trip__in=rows).order_by("id"):
        names = ("id", "name", "planned", "arrived_at", "left_at", "is_left_out")
        view = TripStopView(stop=row.stop_id, **{name: getattr(row, name) for name in names})
        stops.setdefault(row.trip_id, []).append(view)
    return tuple(_trip_of(row, stops.get(row.pk, [])) for row in rows)


def _trip_of(row: Trip, stops: list[TripStopView]) -> TripView:
    names = ("id", "uid", "title", "day", "started_at", "ended_at", "note", "entry")
    plain: dict[str, Any] = {name: getattr(row, name) for name in names}
    return TripView(
        vehicle=row.vehicle_id,
        node=row.node_id,
        department=row.department_id,
        line=row.line_id,
        purpose=Purpose(row.purpose),
        state=TripState(row.state),
        drivers=tuple(row.drivers),
        crew=tuple(row.crew),
        others=tuple(row.others),
        stops=tuple(stops),
        **plain,
    )
