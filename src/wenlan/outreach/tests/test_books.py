from datetime import date

import pytest

from wenlan.facilities.testing import counted, make_act, make_library
from wenlan.ledger.kinds import Kind
from wenlan.registers import operations as registers

pytestmark = pytest.mark.django_db

DAY = date(2019, 3, 4)


def test_a_trip_of_the_bus_counts_once_and_its_stops_and_persons_apart():
    library = make_library()
    registers.declare_shipped()
    trip = {"vehicle": "1号车", "route": "惠丰社区、清华社区", "stops": 2, "persons": 61, "crew": ["王一", "李二"]}

    for key in ("a", "b"):
        registers.enter(make_act(library), book="bus_trip", day=DAY, values=trip, key=key)

    assert counted(Kind.TRIP_MADE, day=DAY) == 2
    assert counted(Kind.STOP_SERVED, day=DAY) == 4
    assert counted(Kind.RECORD_ENTERED, subject="bus_trip.persons") == 122


def test_a_struck_trip_counts_no_more():
    library = make_library()
    registers.declare_shipped()
    entry = registers.enter(
        make_act(library), book="bus_trip", day=DAY, values={"vehicle": "1", "route": "x", "stops": 3}
    )

    registers.strike(make_act(library), entry=entry.uid, reason="twice in the paper book")

    assert (counted(Kind.TRIP_MADE), counted(Kind.STOP_SERVED)) == (0, 0)


@pytest.mark.capability("H03")
def test_stops_kept_are_those_set_up_less_those_given_up():
    library = make_library()
    registers.declare_shipped()

    for name, change in (("惠丰社区", 1), ("清华社区", 1), ("惠丰社区", -1)):
        registers.enter(make_act(library), book="bus_stop", day=DAY, values={"name": name, "change": change})

    assert counted(Kind.RECORD_ENTERED, subject="bus_stop.change") == 1


@pytest.mark.capability("H07")
def test_volumes_brought_to_a_target_are_distributed_not_lent():
    library = make_library()
    registers.declare_shipped()
    delivery = {"target": "school", "place": "市十二中", "volumes": 300, "persons": 120}

    registers.enter(make_act(library), book="delivery", day=DAY, values=delivery)

    assert counted(Kind.ITEM_DISTRIBUTED, subject="school") == 300
    assert counted(Kind.RECORD_ENTERED, subject="delivery:school") == 1
    assert counted(Kind.LOAN_MADE) == 0
