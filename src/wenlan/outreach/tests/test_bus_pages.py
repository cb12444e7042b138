"""The desk's and the portal's pages of the book bus."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from wenlan.facilities.machines import operations as register
from wenlan.facilities.machines import queries as machines
from wenlan.facilities.machines.types import MachineFacts
from wenlan.facilities.testing import make_act
from wenlan.kernel.acts import Act, Channel
from wenlan.kernel.ids import new_uid
from wenlan.kernel.periods import Period
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.network import queries as network
from wenlan.network.testing import make_network, make_node
from wenlan.network.types import NodeKind
from wenlan.outreach.bus import operations, planning, queries
from wenlan.outreach.bus.errors import TripTimesWrong
from wenlan.outreach.bus.types import NewTrip, Purpose, TripState
from wenlan.outreach.bus.views import trips as trip_pages
from wenlan.registers import operations as registers
from wenlan.registers import queries as entries
from wenlan.staff.testing import signed_in
from wenlan.ui import clock

pytestmark = pytest.mark.django_db
NOW = datetime(2019, 3, 4, 1, 30, tzinfo=UTC)  # a Monday, half past nine in China
TODAY = date(2019, 3, 4)
PAGES = ("bus:trips", "bus:new_trip", "bus:plan", "bus:new_line")


@pytest.fixture
def bus(monkeypatch):
    """The place of a bus with one vehicle."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    registers.declare_shipped()
    root, _east = make_network("E")
    node = make_node("BUS", parent=root.id, kind=NodeKind.BUS).id
    facts = MachineFacts(type="book_bus", name="一号车", plate="晋D·12345", node=node, since=date(2018, 1, 1))
    register.enter(make_act(node, TODAY, staff=None), facts=facts)
    return node


def a_line(node, weekday=0, name="城东线"):
    act = make_act(node, TODAY, staff=None)
    line = planning.open_line(act, words={"zh": name, "en": name}, weekday=weekday, since=TODAY)
    stops = [
        planning.set_up_stop(make_act(node, TODAY, staff=None), words={"zh": one, "en": one}, address="东门旁")
        for one in (f"{name}一站", f"{name}二站")
    ]
    calls = [(stops[0].id, time(9), time(10)), (stops[1].id, time(11), time(12))]
    return planning.set_timetable(make_act(node, TODAY, staff=None), line=line.id, calls=calls)


def test_only_who_keeps_the_bus_plans_it_and_opens_trips(bus):
    line, west = a_line(bus), make_node("W", parent=network.root().id)

    assert [Client().get(reverse(name)).status_code for name in PAGES] == [302] * len(PAGES)
    assert signed_in(bus, "village_keeper").get(reverse("bus:trips")).status_code == 403
    elsewhere = signed_in(west.id, "branch_manager")
    assert elsewhere.get(reverse("bus:line", args=[line.id])).status_code == 404
    assert elsewhere.post(reverse("bus:end_line", args=[line.id])).status_code == 404
    here = signed_in(bus, "bus")
    assert [here.get(reverse(name)).status_code for name in PAGES] == [200] * len(PAGES)
    assert here.get(reverse("bus:line", args=[line.id])).status_code == 200


def test_stops_and_lines_are_planned_on_the_page_and_a_stop_of_the_book_is_not_counted_again(bus):
    old = {"name": "惠丰社区", "host": "community", "change": 1}
    entry = registers.enter(make_act(bus, TODAY), book="bus_stop", day=TODAY, values=old)
    client = signed_in(bus, "bus")

    for said in ({"entry": str(entry.uid)}, {"name": "清华社区", "host": "community"}):
        client.post(reverse("bus:set_up_stop"), {"key": said.get("name", "k"), "since": "2019-03-04"} | said)
    made = client.post(
        reverse("bus:new_line"),
        {"key": "l", "name": "城东线", "weekday": "0", "pattern": "every", "since": "2019-03-04"},
    )
    first, second = queries.stops([bus])
    calls = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0"}
    for place, (stop, arrives, leaves) in enumerate(((second, "11:00", "12:00"), (first, "09:00", "10:00"))):
        calls |= {f"form-{place}-stop": stop.id, f"form-{place}-arrives": arrives, f"form-{place}-leaves": leaves}
    client.post(f"{made.url}timetable", calls)
    client.post(f"{made.url}exceptions", {"day": "2019-03-11", "what": "off", "reason": "车检"})

    page = client.get(made.url)
    assert [call.stop.name for call in page.context["line"].calls] == ["惠丰社区", "清华社区"]
    assert [(run.day.day, run.is_off) for run in page.context["runs"][:3]] == [(4, False), (11, True), (18, False)]
    assert len(entries.entries("bus_stop", nodes=[bus]).rows) == 2
    refused = client.post(reverse("bus:give_up_stop", args=[first.id]), follow=True)
    assert "城东线" in refused.content.decode()
    assert queries.stop(first.id).until_day is None


def test_a_trip_is_opened_from_the_timetable_kept_and_closed_on_its_page(bus):
    line, client = a_line(bus), signed_in(bus, "bus")
    form = client.get(f"{reverse('bus:new_trip')}?line={line.id}").context["form"]
    said = {"key": "t", "purpose": "line", "line": line.id, "started_at": "2019-03-04T08:30", "drivers": "老赵"}
    vehicle = form.fields["vehicle"].choices[0][0]

    opened = client.post(reverse("bus:new_trip"), said | {"vehicle": vehicle, "crew": form.initial["crew"]})
    trip = queries.trip(int(opened.url.strip("/").split("/")[-1]))
    first, second = trip.stops
    client.post(reverse("bus:at_stop", args=[trip.id, first.id, "arrive"]))
    client.post(reverse("bus:at_stop", args=[trip.id, second.id, "leave-out"]))
    assert client.post(reverse("bus:at_stop", args=[trip.id, first.id, "vanish"])).status_code == 404
    client.post(reverse("bus:add_stop", args=[trip.id]), {"name": "赶集点"})
    refused = client.post(reverse("bus:times", args=[trip.id]), {"started_at": "2019-03-05T08:30"})
    client.post(reverse("bus:close", args=[trip.id]))
    page = client.get(reverse("bus:trip", args=[trip.id]))

    assert refused.status_code == 422
    assert page.context["trip"].state == TripState.CLOSED
    assert [stop["one"].name for stop in page.context["stops"]] == ["城东线一站", "城东线二站", "赶集点"]
    values = entries.entry(page.context["trip"].entry).values
    assert (values["stops"], values["crew"][0], values["route"]) == (1, "老赵", "城东线：城东线一站")
    assert client.get(reverse("bus:trips")).context["ahead"][0]["is_made"]


def test_readers_see_when_the_bus_comes_next_and_where_it_is_today(bus, django_assert_max_num_queries):
    line = a_line(bus)
    planning.set_exception(
        make_act(bus, TODAY, staff=None), line=line.id, day=TODAY + timedelta(days=7), runs=False, reason="车检"
    )
    client, page = Client(HTTP_ACCEPT_LANGUAGE="en"), reverse("portal:bus")
    before = client.get(page).context["stops"]
    assert [(stop["stop"].name, stop["next"]["day"].day) for stop in before] == [("城东线一站", 4), ("城东线二站", 4)]

    desk = signed_in(bus, "bus")
    said = {"key": "t", "purpose": "line", "line": line.id, "started_at": "2019-03-04T08:30"}
    vehicle = desk.get(reverse("bus:new_trip")).context["form"].fields["vehicle"].choices[0][0]
    opened = desk.post(reverse("bus:new_trip"), said | {"vehicle": vehicle})
    trip = queries.trip(int(opened.url.strip("/").split("/")[-1]))
    for what in ("arrive", "leave"):
        desk.post(reverse("bus:at_stop", args=[trip.id, trip.stops[0].id, what]))
    desk.post(reverse("bus:at_stop", args=[trip.id, trip.stops[1].id, "arrive"]))

    with django_assert_max_num_queries(12):
        after = client.get(page)
    stops = {stop["stop"].name: stop for stop in after.context["stops"]}
    assert stops["城东线一站"]["next"]["day"].day == 18  # today it has left, next week it does not come
    assert stops["城东线二站"]["next"]["at"].arrived_at == NOW
    assert "车检" in after.content.decode()
    assert [stop["stop"].name for stop in client.get(page, {"q": "二站"}).context["stops"]] == ["城东线二站"]
    assert client.get(page, {"q": "远方"}).context["stops"] == []


def test_a_trip_of_the_year_before_that_is_still_out_is_shown_and_the_list_goes_on(bus, monkeypatch):
    monkeypatch.setattr(trip_pages, "PAGE", 2)
    vehicle, client = machines.vehicles([bus])[0].id, signed_in(bus, "bus")
    days = (TODAY - timedelta(days=number) for number in range(3))
    for day in days:
        start = datetime.combine(day, time(0), UTC)
        made = NewTrip(
            vehicle=vehicle, node=bus, started_at=start, ended_at=start + timedelta(hours=1), title=f"{day:%d}",
            purpose=Purpose.EVENT,
        )  # fmt: skip
        operations.close_trip(an_act(bus), trip=operations.open_trip(an_act(bus), trip=made).id)
    monkeypatch.setattr(clock, "now", lambda: datetime(2020, 1, 1, 1, tzinfo=UTC))
    act = Act(at=clock.now(), node=bus, channel=Channel.BUS, key=str(new_uid()))
    out = NewTrip(vehicle=vehicle, node=bus, started_at=clock.now() - timedelta(hours=20), title="除夕夜")
    operations.open_trip(act, trip=out)

    page = client.get(reverse("bus:trips"), {"year": "2019"})
    more = client.get(reverse("bus:trips"), {"year": "2019", "after": page.context["next"]})

    assert [row["one"].title for row in page.context["under_way"]] == ["除夕夜"]
    assert [[row["one"].title for row in one.context["rows"]] for one in (page, more)] == [["04", "03"], ["02"]]
    for year in ("0", "9999", "99999", "x"):
        assert client.get(reverse("bus:trips"), {"year": year}).context["year"] == 2020


def test_a_trip_written_down_afterwards_gets_its_times_by_hand_only(bus):
    line, client, vehicle = a_line(bus), signed_in(bus, "bus"), machines.vehicles([bus])[0].id
    start = NOW - timedelta(days=1)
    plan = NewTrip(vehicle=vehicle, node=bus, line=line.id, started_at=start, ended_at=start + timedelta(hours=3))
    trip = operations.open_trip(an_act(bus), trip=plan)

    with pytest.raises(TripTimesWrong):
        operations.arrive(an_act(bus), trip=trip.id, stop=trip.stops[0].id)
    page = client.get(reverse("bus:trip", args=[trip.id])).content.decode()

    assert queries.trip(trip.id).served == ()
    assert ("/arrive" in page, "The trip is over" in page) == (False, True)


def test_times_that_are_saved_as_they_are_shown_keep_their_seconds(bus, monkeypatch):
    line, client, vehicle = a_line(bus), signed_in(bus, "bus"), machines.vehicles([bus])[0].id
    trip = operations.open_trip(an_act(bus), trip=NewTrip(vehicle=vehicle, node=bus, line=line.id, started_at=NOW))
    first, second = trip.stops
    for deed, seconds in ((operations.arrive, 10), (operations.leave, 50)):
        deed(replace(an_act(bus), at=NOW + timedelta(seconds=seconds)), trip=trip.id, stop=first.id)
    operations.leave_out(an_act(bus), trip=trip.id, stop=second.id)
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=1))
    page = client.get(reverse("bus:times", args=[trip.id])).context["form"]
    shown = {
        name: page[name].field.widget.format_value(page[name].value()) for name in page.fields if page[name].value()
    }

    answer = client.post(reverse("bus:times", args=[trip.id]), shown | {f"arrived-{second.id}": "2019-03-04T10:00"})

    assert answer.status_code == 302
    one, other = queries.trip(trip.id).stops
    assert (one.arrived_at, one.left_at) == (NOW + timedelta(seconds=10), NOW + timedelta(seconds=50))
    assert (other.is_left_out, other.arrived_at) == (False, NOW + timedelta(minutes=30))


def test_a_device_is_aboard_of_the_vehicle_that_it_belonged_to_then(bus, django_assert_num_queries):
    act = make_act(bus, TODAY, staff=None)
    facts = MachineFacts(type="book_bus", name="二号车", node=bus, since=date(2018, 1, 1))
    first, second = machines.vehicles([bus])[0].id, register.enter(act, facts=facts).id
    register.link(act, machine=first, device="K1", since=TODAY - timedelta(days=9))
    register.unlink(act, machine=first, link=machines.links([first])[0].id)
    register.link(act, machine=second, device="K1", since=TODAY)
    trips = [
        operations.open_trip(an_act(bus), trip=NewTrip(vehicle=one, node=bus, started_at=NOW, title="村里"))
        for one in (first, second)
    ]
    by_device = replace(an_act(bus), at=NOW + timedelta(minutes=5), device="K1")
    ledger.record(by_device, Kind.VISIT_COUNTED, quantity=4, source="visit:1")

    with django_assert_num_queries(2 * 3):  # one more where stops have places of their own
        found = [queries.composition(trip, NOW + timedelta(hours=1)) for trip in trips]
    assert [one.totals["visitors"] for one in found] == [0, 4]


def test_what_is_said_of_a_line_is_shown_and_what_cannot_be_is_refused(bus):
    line, client = a_line(bus), signed_in(bus, "bus")
    far = TODAY + timedelta(days=200)
    client.post(reverse("bus:exception", args=[line.id]), {"day": f"{far}", "what": "on", "reason": "赶集"})
    assert "赶集" in client.get(reverse("bus:line", args=[line.id])).content.decode()

    empty = client.post(reverse("bus:add_stop", args=[a_trip(bus).id]), {"stop": "", "name": ""})
    assert (empty.status_code, list(empty.context["add_form"].errors)) == (422, ["stop"])

    planning.end_line(make_act(bus, TODAY, staff=None), line=line.id)
    said = {"key": "k", "name": "城东线", "weekday": 0, "pattern": "every", "since": f"{far}"}
    refused = client.post(reverse("bus:line", args=[line.id]), said)
    assert (refused.status_code, queries.line(line.id).from_day) == (422, TODAY)


def a_trip(node):
    plan = NewTrip(vehicle=machines.vehicles([node])[0].id, node=node, started_at=NOW, title="村里")
    return operations.open_trip(an_act(node), trip=plan)


def test_a_line_that_has_not_begun_and_is_ended_never_runs(bus):
    act, since = make_act(bus, TODAY, staff=None), TODAY + timedelta(days=7)
    line = planning.open_line(act, words={"zh": "西线", "en": "West"}, weekday=0, since=since)

    planning.end_line(make_act(bus, TODAY, staff=None), line=line.id)

    assert queries.runs(queries.lines([bus]), Period(TODAY, TODAY + timedelta(days=30))) == ()


def test_a_moment_at_the_end_of_the_calendar_is_refused(bus):
    said = {"key": "t", "purpose": "event", "title": "x", "started_at": "9999-12-31T08:30"}
    vehicle = machines.vehicles([bus])[0].id

    assert signed_in(bus, "bus").post(reverse("bus:new_trip"), said | {"vehicle": vehicle}).status_code == 422


def test_lists_of_trips_and_lines_cost_the_same_statements_for_one_and_three(bus, django_assert_num_queries):
    vehicle = machines.vehicles([bus])[0].id
    for count in (1, 3):
        while len(queries.lines([bus])) < count:
            line = a_line(bus, name=f"{len(queries.lines([bus]))}号线")
            start = NOW - timedelta(days=line.id)
            plan = NewTrip(
                vehicle=vehicle, node=bus, line=line.id, started_at=start, ended_at=start + timedelta(hours=3)
            )
            operations.open_trip(an_act(bus), trip=plan)
        with django_assert_num_queries(2):
            assert len(queries.trips([bus], Period.year(2019))) == count
        with django_assert_num_queries(2):
            lines = queries.lines([bus])
        with django_assert_num_queries(1):
            assert len(queries.runs(lines, Period(TODAY, TODAY + timedelta(days=7)))) == count


def an_act(node):
    return Act(at=NOW, node=node, channel=Channel.BUS, key=str(new_uid()))
