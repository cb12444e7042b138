"""The desk's and the portal's pages of the book bus."""

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
from wenlan.network import queries as network
from wenlan.network.testing import make_network, make_node
from wenlan.network.types import NodeKind
from wenlan.outreach.bus import operations, planning, queries
from wenlan.outreach.bus.types import NewTrip, TripState
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
