"""Trips of the book bus in the year's last weeks, kept stop by stop: what was done on them is read from the acts."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from random import Random

from wenlan.demo.plan import evenly
from wenlan.demo.stage import BUS_POOL, Deed, Stage
from wenlan.facilities.machines import queries as machines
from wenlan.facilities.tallies import operations as visits
from wenlan.kernel.acts import Act
from wenlan.outreach.bus import operations as trips
from wenlan.outreach.bus import planning, queries
from wenlan.outreach.bus.types import LineView, NewTrip, Purpose, TripView

KEPT = 12  # open days before the end of the year since when trips are opened and closed on the spot
SKIPPED = 6  # on that of them snow keeps the bus from its last stop
OUT, HOME, WRITTEN = 8 * 3600 + 1200, 18 * 3600 + 600, 18 * 3600 + 1200
STAYS = ((31_200, 40_500), (41_100, 51_300), (51_900, 62_400))  # 08:40 to 11:15, 11:25 to 14:15, 14:25 to 17:20
SCHOOL_OUT, SCHOOL_STAY, SCHOOL_HOME = 9 * 3600, (34_200, 39_600), 11 * 3600 + 1800
ABOARD, AT_SCHOOL = (3, 9), (24, 46)  # the fewest and the most who come
HALF_HOUR = 1800
DRIVERS = ("示例驾驶员甲", "示例驾驶员乙")
SCHOOL, TITLE = "示例小学", "流动书香进校园"
INSPECTED, INSPECTION = timedelta(days=9), "车辆年检"


def outings(stage: Stage) -> dict[date, int]:
    """Return how often a vehicle goes out on each day on which one does."""
    days = evenly(stage.plan.figures["trips"]["bus"], stage.calendar.open_days)
    return {day: days.count(day) for day in dict.fromkeys(days)}


def is_kept(stage: Stage, day: date) -> bool:
    """Return whether the trips of a day are opened and closed on the spot, not written into the book at night."""
    return day >= stage.last(KEPT)


def deeds(stage: Stage) -> Iterator[tuple[date, Deed]]:
    """Yield the trips that are kept stop by stop, and a day on which a line will not run."""
    for day, count in outings(stage).items():
        if is_kept(stage, day):
            yield day, partial(go_round, stage)
        if is_kept(stage, day) and count > 1:
            yield day, partial(go_to_school, stage)
    yield stage.last(), partial(call_off, stage)


def crew_act(stage: Stage, day: date, second: int, key: str, by: str = "bus") -> Act:
    """Return what somebody aboard does."""
    return stage.act(day, second, f"trip:{day}:{key}", by=by, place=BUS_POOL)


def line_of(stage: Stage, day: date) -> LineView | None:
    """Return the line that runs on a day."""
    node = stage.node_of(BUS_POOL)
    return next((line for line in queries.lines([node]) if line.weekday == day.weekday()), None)


def vehicle(stage: Stage, which: int) -> int:
    """Return a vehicle of the book bus."""
    held = machines.vehicles([stage.library])
    return held[which % len(held)].id


def open_round(stage: Stage, day: date) -> TripView:
    """Open the day's trip: on its line, and on a Sunday to stops in their turn."""
    line = line_of(stage, day)
    stops = [stop.id for stop in queries.stops([stage.node_of(BUS_POOL)])]
    turn = day.toordinal() // 7 * len(STAYS) % len(stops)
    trip = NewTrip(
        vehicle=vehicle(stage, 0),
        node=stage.node_of(BUS_POOL),
        started_at=stage.at(day, OUT),
        purpose=Purpose.LINE if line else Purpose.AD_HOC,
        line=line.id if line else None,
        title="" if line else "周末巡回",
        stops=() if line else tuple((stops + stops)[turn : turn + len(STAYS)]),
        drivers=DRIVERS[:1],
        crew=(stage.staff["bus"],),
    )
    return trips.open_trip(crew_act(stage, day, OUT, "out"), trip=trip)


def go_round(stage: Stage, day: date) -> None:
    """Make the day's trip, stop by stop."""
    trip = open_round(stage, day)
    is_snowed_in = day == stage.last(SKIPPED)
    for at, (stop, (comes, leaves)) in enumerate(zip(trip.stops, STAYS, strict=False)):
        if is_snowed_in and stop == trip.stops[-1]:
            trips.leave_out(crew_act(stage, day, comes, f"{at}:snow"), trip=trip.id, stop=stop.id)
            continue
        stay(stage, day, trip, at, comes)
        trips.leave(crew_act(stage, day, leaves, f"{at}:left"), trip=trip.id, stop=stop.id)
    trips.close_trip(crew_act(stage, day, WRITTEN, "home"), trip=trip.id, at=stage.at(day, HOME))


def stay(stage: Stage, day: date, trip: TripView, at: int, comes: int) -> None:
    """Come to a stop of a trip, and count who climbs aboard."""
    trips.arrive(crew_act(stage, day, comes, f"{at}:come"), trip=trip.id, stop=trip.stops[at].id)
    persons = Random(f"{stage.seed}:aboard:{day}:{at}").randint(*ABOARD)
    visits.tally(crew_act(stage, day, comes + HALF_HOUR, f"{at}:aboard"), persons=persons)


def go_to_school(stage: Stage, day: date) -> None:
    """Send the second vehicle to a school for a morning."""
    trip = NewTrip(
        vehicle=vehicle(stage, 1),
        node=stage.node_of(BUS_POOL),
        started_at=stage.at(day, SCHOOL_OUT),
        purpose=Purpose.EVENT,
        title=TITLE,
        more=(SCHOOL,),
        drivers=DRIVERS[1:],
        crew=(stage.staff["activities"],),
    )
    by = "activities"
    made = trips.open_trip(crew_act(stage, day, SCHOOL_OUT, "school", by), trip=trip)
    comes, leaves = SCHOOL_STAY
    (stop,) = made.stops
    trips.arrive(crew_act(stage, day, comes, "school:come", by), trip=made.id, stop=stop.id)
    persons = Random(f"{stage.seed}:at school:{day}").randint(*AT_SCHOOL)
    visits.tally(crew_act(stage, day, comes + HALF_HOUR, "school:aboard", by), persons=persons)
    trips.leave(crew_act(stage, day, leaves, "school:left", by), trip=made.id, stop=stop.id)
    home = crew_act(stage, day, SCHOOL_HOME, "school:home", by)
    trips.close_trip(home, trip=made.id)


def call_off(stage: Stage, day: date) -> None:
    """Say that a line does not run on a day of the new year: the vehicle is inspected."""
    off = stage.calendar.next_open(day + INSPECTED)
    if line := line_of(stage, off):
        act = crew_act(stage, day, WRITTEN, "inspection")
        planning.set_exception(act, line=line.id, day=off, runs=False, reason=INSPECTION)


def go_out_this_morning(stage: Stage, day: date) -> None:
    """Open the trip of the morning after the year: the bus stands at its first stop."""
    trip = open_round(stage, day)
    stay(stage, day, trip, 0, STAYS[0][0])
