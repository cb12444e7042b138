"""The book bus: its stops and lines, a trip made of what was done on it, an event, and the year's figures."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest

from wenlan.circulation.journals.operations import replay
from wenlan.circulation.testing import lend, make_act, make_rule, take_back
from wenlan.facilities.machines import operations as register
from wenlan.facilities.machines.types import MachineFacts
from wenlan.facilities.tallies import operations as tallies
from wenlan.facilities.verification import differences as facilities_differ
from wenlan.holdings.testing import make_item
from wenlan.indicators import operations as cubes
from wenlan.indicators.queries import acts_of, breakdown, figures
from wenlan.kernel.acts import Channel
from wenlan.kernel.periods import Period
from wenlan.ledger import operations as ledger
from wenlan.network import operations as places
from wenlan.network.testing import make_department, make_network, make_node
from wenlan.network.types import DepartmentKind, NodeKind
from wenlan.outreach.bus import operations as bus
from wenlan.outreach.bus import planning, queries
from wenlan.outreach.bus.errors import NoStopServed, TripTimesWrong, VehicleOut
from wenlan.outreach.bus.types import NewTrip, Pattern, Purpose, TripState, TripTimes
from wenlan.patrons import operations as patrons
from wenlan.patrons.testing import make_category, make_patron
from wenlan.patrons.types import NewReader
from wenlan.registers import operations as registers
from wenlan.registers import queries as entries
from wenlan.registers.verification import differences as registers_differ
from wenlan.staff.testing import make_member

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY = date(2019, 3, 4), date(2019, 3, 5)
MARCH, YEAR = Period.month(2019, 3), Period.year(2019)
HUIFENG, QINGHUA = "惠丰社区", "清华社区"


def at(day: date, clock: str) -> datetime:
    """Return the instant of a time in China."""
    hour, minute = map(int, clock.split(":"))
    return datetime.combine(day, time(hour, minute), UTC) - timedelta(hours=8)


@pytest.fixture
def county() -> SimpleNamespace:
    """A county with one book bus, its crew, two stops and a line on Mondays."""
    ledger.load_measures()
    registers.declare_shipped()
    root, main = make_network("COUNTY")
    home = make_node("BUS", parent=main.id, kind=NodeKind.BUS)
    crew = make_department(home.id, "CREW", kind=DepartmentKind.BUS)
    make_rule(root.id)
    make_category()
    qian = make_member(home.id, "bus", username="qian", department=crew.id)
    made = SimpleNamespace(root=root.id, main=main.id, node=home.id, crew=crew.id, qian=qian)
    made.bus = vehicle(made, "book_bus", "一号车", "晋D·12345")
    stops = [planning.set_up_stop(did(made, MONDAY, "08:00"), words=said(name)) for name in (HUIFENG, QINGHUA)]
    line = planning.open_line(
        did(made, MONDAY, "08:00"), words=said("城东线"), weekday=0, since=MONDAY, vehicle=made.bus.id
    )
    calls = [(stops[0].id, time(9), time(10, 30)), (stops[1].id, time(11), time(12))]
    made.stops, made.line = stops, planning.set_timetable(did(made, MONDAY, "08:00"), line=line.id, calls=calls)
    return made


def said(name: str) -> dict[str, str]:
    """Return a name in both languages."""
    return {"zh": name, "en": name}


def vehicle(of: SimpleNamespace, kind: str, name: str, plate: str):
    """Enter a vehicle in the register."""
    facts = MachineFacts(type=kind, name=name, plate=plate, node=of.node, since=date(2013, 1, 9))
    return register.enter(make_act(of.node, MONDAY), facts=facts)


def did(of: SimpleNamespace, day: date, clock: str, key: str = ""):
    """Return an act of the bus's librarian at a time of day."""
    act = make_act(of.node, day, key=key, staff=of.qian.id, device="", channel=Channel.BUS)
    return replace(act, at=at(day, clock), department=of.crew)


def a_trip(of: SimpleNamespace, day: date, clock: str = "08:30", **more) -> NewTrip:
    """Return a trip of the line."""
    plain = {"vehicle": of.bus.id, "node": of.node, "line": of.line.id, "purpose": Purpose.LINE}
    people = {"drivers": ("老赵",), "crew": (of.qian.id,)}
    return NewTrip(**plain | people | {"started_at": at(day, clock)} | more)


def a_morning(of: SimpleNamespace, day: date) -> None:
    """Lend, take back, register and count visitors on the bus."""
    reader, books = make_patron(node=of.node), [make_item(node=of.node) for _ in range(3)]
    for number, book in enumerate(books):
        lend(book, reader, did(of, day, f"09:1{number}"))
    take_back(books[0], did(of, day, "11:20"))
    patrons.register(did(of, day, "11:30"), reader=NewReader(name="李", category="adult", card_number=f"B{day:%m%d}"))
    tallies.tally(did(of, day, "09:05"), persons=12)
    tallies.tally(did(of, day, "11:05"), persons=8)


def goes_round(of: SimpleNamespace, trip) -> None:
    """Stand at both stops of a trip, and serve there."""
    first, second = trip.stops
    bus.arrive(did(of, MONDAY, "08:58"), trip=trip.id, stop=first.id)
    a_morning(of, MONDAY)
    lend(make_item(node=of.main), make_patron(node=of.main), make_act(of.main, MONDAY))
    bus.leave(did(of, MONDAY, "10:30"), trip=trip.id, stop=first.id)
    bus.arrive(did(of, MONDAY, "11:00"), trip=trip.id, stop=second.id)


def value(of: SimpleNamespace, *codes: str):
    """Return figures of the year for the county."""
    cubes.fold()
    found = figures(codes, node=of.root, period=YEAR)
    return [found[code].value for code in codes]


@pytest.mark.capability("G14")
@pytest.mark.capability("H01")
@pytest.mark.capability("H02")
@pytest.mark.capability("H04")
def test_story_of_a_trip_that_is_made_of_what_was_done_on_it(county):
    # Qian opens Monday's trip from the timetable; pressed twice, it is one trip. The stops come with their times.
    opened = [bus.open_trip(did(county, MONDAY, "08:30", key="open"), trip=a_trip(county, MONDAY)) for _ in range(2)]
    trip = opened[1]
    first, second = trip.stops
    assert [(stop.name, f"{stop.planned:%H:%M}") for stop in trip.stops] == [(HUIFENG, "09:00"), (QINGHUA, "11:00")]
    assert opened[0].id == trip.id

    # The bus stands at both stops. A loan in the town that morning is none of the bus's. Closed twice is closed once.
    goes_round(county, trip)
    closed = [bus.close_trip(did(county, MONDAY, clock), trip=trip.id) for clock in ("12:30", "12:31")][1]

    # Nothing was typed: the line in the record book says it all, and each stop what was done there.
    made = queries.composition(closed, at(MONDAY, "12:31"))
    entry = entries.entry(closed.entry)
    assert made.by_stop[first.id] == {"loans": 3, "returns": 0, "renewals": 0, "cards": 0, "visitors": 12}
    assert made.by_stop[second.id] == {"loans": 0, "returns": 1, "renewals": 0, "cards": 1, "visitors": 8}
    assert entry.values == {
        "vehicle": "一号车 晋D·12345",
        "route": "城东线：惠丰社区、清华社区",
        "stops": 2,
        "visitors": 20,
        "loans": 3,
        "returns": 1,
        "cards": 1,
        "crew": ["老赵", "Qian"],
    }
    assert (entry.department, closed.state) == (county.crew, TripState.CLOSED)

    # The year's figures, each open to its acts; visitors aboard are no visits to a building and are served once.
    codes = ("bus_trips", "stops_served", "bus_loans", "bus_cards", "bus_stops", "bus_vehicles", "bus_persons")
    assert value(county, *codes) == [1, 2, 3, 1, 2, 1, 20]
    assert value(county, "loans", "visits", "persons_served") == [4, 0, 20]
    by_department = breakdown("loans", node=county.root, period=YEAR, by=("department",))
    assert {cell.keys[0]: cell.value for cell in by_department}[county.crew] == 3
    assert len(acts_of("bus_loans", node=county.root, period=YEAR).rows) == 3
    assert acts_of("bus_trips", node=county.root, period=YEAR).rows[0].source.startswith("register:")
    assert (registers_differ(), facilities_differ()) == ([], [])


def test_acts_told_late_reach_the_trip_and_what_a_person_put_right_stays(county):
    trip = bus.open_trip(did(county, MONDAY, "08:30"), trip=a_trip(county, MONDAY))
    bus.arrive(did(county, MONDAY, "09:00"), trip=trip.id, stop=trip.stops[0].id)
    closed = bus.close_trip(did(county, MONDAY, "12:30"), trip=trip.id)
    line = entries.entry(closed.entry)
    assert "loans" not in line.values

    # The office knows of twelve more people, and writes them into the line of the book.
    registers.amend(make_act(county.main, MONDAY), entry=line.uid, values=line.values | {"persons": 12, "stops": 2})
    # In the evening the journal of the bus arrives.
    item, reader = make_item(node=county.node), make_patron(node=county.node)
    uid = str(UUID(int=0x0190163D_8694_739B_AEA5_000000000001))
    told = {"uuid": uid, "act": "checkout", "at": at(MONDAY, "09:20").isoformat(), "offset": 0, "node": "BUS"}
    told |= {"by": "qian", "card": reader.cards[0].number, "item": item.barcode}
    replay(did(county, MONDAY, "20:00"), device="BUS-1", lines=[json.dumps(told)])

    assert [bus.refill_late(did(county, TUESDAY, "03:00")) for _ in range(2)] == [1, 0]

    values = entries.entry(closed.entry).values
    assert (values["loans"], values["persons"], values["stops"]) == (1, 12, 2)
    assert value(county, "bus_loans", "stops_served", "bus_persons") == [1, 2, 12]
    assert registers_differ() == []


def test_the_timetable_runs_in_its_weeks_and_not_on_closed_days(county):
    places.close_days(None, node=county.main, start=date(2019, 3, 18), end=date(2019, 3, 20), reason=said("检修"))
    planning.set_exception(
        did(county, MONDAY, "08:00"), line=county.line.id, day=date(2019, 3, 11), runs=False, reason="车检"
    )
    planning.set_exception(did(county, MONDAY, "08:00"), line=county.line.id, day=date(2019, 3, 12), runs=True)
    other = planning.open_line(
        did(county, MONDAY, "08:00"), words=said("山区线"), weekday=2, pattern=Pattern.FIRST_THIRD, since=MONDAY
    )

    runs = [(run.line.id, run.day.day, run.is_off, run.reason) for run in queries.runs(queries.lines(on=MONDAY), MARCH)]

    assert runs == [
        (county.line.id, 4, False, ""),
        (other.id, 6, False, ""),
        (county.line.id, 11, True, "车检"),
        (county.line.id, 12, False, ""),
        (county.line.id, 18, True, "检修"),
        (other.id, 20, False, ""),
        (county.line.id, 25, False, ""),
    ]


@pytest.mark.capability("G15")
def test_a_service_vehicle_at_an_event_is_a_trip_of_its_own_kind(county):
    van = vehicle(county, "service_vehicle", "阅读服务车", "晋D·66666")
    plan = a_trip(
        county,
        TUESDAY,
        "14:00",
        vehicle=van.id,
        line=None,
        purpose=Purpose.EVENT,
        title="世界读书日广场活动",
        more=("人民广场",),
    )

    trip = bus.open_trip(did(county, TUESDAY, "14:00"), trip=plan)
    bus.arrive(did(county, TUESDAY, "14:20"), trip=trip.id, stop=trip.stops[0].id)
    lend(make_item(node=county.node), make_patron(node=county.node), did(county, TUESDAY, "15:00"))
    closed = bus.close_trip(did(county, TUESDAY, "17:00"), trip=trip.id)

    entry = entries.entry(closed.entry)
    assert entry.book == "service_trip"
    assert entry.values == {
        "vehicle": "阅读服务车 晋D·66666",
        "event": "世界读书日广场活动",
        "place": "人民广场",
        "loans": 1,
        "crew": ["老赵", "Qian"],
    }
    assert value(county, "service_trips", "bus_trips", "service_vehicles") == [1, 0, 1]
    assert [one.id for one in queries.trips_of(van.id)] == [trip.id]


def test_two_vehicles_out_at_once_share_no_act(county):
    wang = make_member(county.node, "bus", username="wang")
    van = vehicle(county, "book_bus", "二号车", "晋D·54321")
    one = bus.open_trip(did(county, MONDAY, "08:30"), trip=a_trip(county, MONDAY))
    other = bus.open_trip(
        did(county, MONDAY, "08:40"),
        trip=a_trip(county, MONDAY, "08:40", vehicle=van.id, line=None, title="北线", crew=(wang.id,)),
    )
    a_morning(county, MONDAY)
    by_wang = replace(did(county, MONDAY, "09:30"), staff=wang.id)
    lend(make_item(node=county.node), make_patron(node=county.node), by_wang)

    sums = [queries.composition(queries.trip(trip.id), at(MONDAY, "12:00")).totals for trip in (one, other)]

    assert [found["loans"] for found in sums] == [3, 1]
    with pytest.raises(VehicleOut):
        bus.open_trip(did(county, MONDAY, "09:00"), trip=a_trip(county, MONDAY, "09:00"))


def test_a_trip_written_down_afterwards_put_right_and_dropped(county):
    plan = a_trip(county, MONDAY, ended_at=at(MONDAY, "12:30"))
    a_morning(county, MONDAY)
    trip = bus.open_trip(did(county, MONDAY, "18:00"), trip=plan)
    first = trip.stops[0]
    under_way = bus.open_trip(did(county, TUESDAY, "08:30"), trip=a_trip(county, TUESDAY))
    assert [one.id for one in queries.under_way([county.node])] == [trip.id, under_way.id]
    with pytest.raises(NoStopServed):
        bus.close_trip(did(county, MONDAY, "18:00"), trip=trip.id)
    late = TripTimes(started_at=at(MONDAY, "08:30"), ended_at=at(TUESDAY, "08:00"))
    with pytest.raises(TripTimesWrong):
        bus.put_right(did(county, MONDAY, "18:00"), trip=trip.id, times=late)

    spans = {first.id: (at(MONDAY, "09:00"), at(MONDAY, "10:30"))}
    times = TripTimes(started_at=at(MONDAY, "08:30"), ended_at=at(MONDAY, "11:00"), stops=spans)
    bus.put_right(did(county, MONDAY, "18:00"), trip=trip.id, times=times)
    closed = bus.close_trip(did(county, MONDAY, "18:00"), trip=trip.id)
    assert entries.entry(closed.entry).values["loans"] == 3
    assert "returns" not in entries.entry(closed.entry).values

    bus.drop(did(county, MONDAY, "19:00"), trip=trip.id, reason="记错了日子")
    assert value(county, "bus_trips", "stops_served", "bus_loans") == [0, 0, 3]
    assert bus.refill_late(did(county, TUESDAY, "03:00")) == 0
