from datetime import date

import pytest

from wenlan.facilities.testing import counted, make_act, make_library
from wenlan.ledger.declarations import declared_measures
from wenlan.ledger.kinds import Kind
from wenlan.registers import operations as registers

pytestmark = pytest.mark.django_db

DAY = date(2019, 3, 4)


def test_hours_served_are_kept_in_minutes_and_shown_in_hours_with_one_decimal():
    library = make_library()
    registers.declare_shipped()
    service = {"team": "学雷锋志愿服务队", "job": "shelving", "people": 3, "hours": "7.5"}

    registers.enter(make_act(library), book="volunteer_service", day=DAY, values=service, key="a")
    registers.enter(make_act(library), book="volunteer_service", day=DAY, values=service | {"hours": "1.2"}, key="b")

    minutes = counted(Kind.VOLUNTEER_SERVED, subject="shelving")
    hours = next(measure for measure in declared_measures() if measure.code == "volunteer_hours")
    assert minutes == 522
    assert str(hours.shown(minutes)) == "8.7"
    assert counted(Kind.RECORD_ENTERED, subject="volunteer_service.people") == 6


@pytest.mark.capability("M02")
def test_the_roll_is_those_who_joined_less_those_who_left():
    library = make_library()
    registers.declare_shipped()

    for values in (
        {"members": 108, "registered": 65},
        {"members": -3},
        {"project": "project.blind_aid", "project_members": 7},
    ):
        registers.enter(make_act(library), book="volunteer_roll", day=DAY, values=values)

    assert counted(Kind.RECORD_ENTERED, subject="volunteer_roll.members") == 105
    assert counted(Kind.RECORD_ENTERED, subject="volunteer_roll.registered") == 65
    assert counted(Kind.RECORD_ENTERED, subject="project.blind_aid") == 7
