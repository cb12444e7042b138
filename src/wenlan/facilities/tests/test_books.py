from datetime import date

import pytest

from wenlan.facilities.testing import counted, make_act, make_library
from wenlan.ledger.kinds import Kind
from wenlan.registers import operations as registers

pytestmark = pytest.mark.django_db

DAY = date(2019, 3, 4)


def test_equipment_in_use_is_what_came_less_what_went_by_type():
    library = make_library()
    registers.declare_shipped()

    for change in (5, -1):
        values = {"type": "equipment.newspaper_screen", "name": "55寸阅报屏", "place": "一层大厅", "change": change}
        registers.enter(make_act(library), book="equipment", day=DAY, values=values)

    assert counted(Kind.RECORD_ENTERED, subject="equipment.newspaper_screen") == 4


def test_a_hall_lent_is_an_entry_with_the_persons_in_it():
    library = make_library()
    registers.declare_shipped()
    lent = {"venue": "多功能厅", "unit": "市妇联", "hours": "3", "persons": 80}

    registers.enter(make_act(library), book="venue_lending", day=DAY, values=lent)

    assert counted(Kind.RECORD_ENTERED, subject="venue_lending") == 1
    assert counted(Kind.RECORD_ENTERED, subject="venue_lending.persons") == 80
