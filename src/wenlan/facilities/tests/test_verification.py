"""What `wenlan verify` proves of counts: what gates and rooms counted is what the ledger has."""

from datetime import date

import pytest

from wenlan.facilities import operations
from wenlan.facilities.models import GateCount, RoomCount
from wenlan.facilities.testing import make_act, make_gate, make_library, make_room
from wenlan.facilities.verification import differences

pytestmark = pytest.mark.django_db
DAY = date(2019, 3, 4)


def test_what_gates_and_rooms_counted_is_in_the_ledger():
    library = make_library()
    make_gate(library, "EAST")
    room = make_room(library, "R1")
    operations.count_visits(make_act(library), gate="EAST", persons=1214, day=DAY)
    operations.correct_visits(make_act(library), gate="EAST", persons=1241, day=DAY)
    operations.count_reading_room(make_act(library), department=room, persons=40, day=DAY)
    assert differences() == []

    GateCount.objects.filter(replaced_at=None).update(persons=1000)
    RoomCount.objects.update(persons=50)

    assert [(one.check, one.place, one.expected, one.found) for one in differences()] == [
        ("facilities.gates_in_ledger", "day 2019-03-04", 1000, 1241),
        ("facilities.rooms_in_ledger", "day 2019-03-04", 50, 40),
    ]
