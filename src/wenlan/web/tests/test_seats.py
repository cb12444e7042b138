"""A reader books a seat on the phone, gives it back, and stays out of the seats of others."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from wenlan.circulation.reading import booking, operations
from wenlan.circulation.reading.types import RoomRule
from wenlan.circulation.testing import make_act
from wenlan.network.testing import make_department, make_network, open_every_day
from wenlan.network.types import DepartmentKind
from wenlan.patrons import passwords
from wenlan.patrons.testing import make_patron
from wenlan.ui import clock

pytestmark = pytest.mark.django_db
FRIDAY = date(2019, 3, 1)
PASSWORD = "a good password"


def test_a_reader_books_a_seat_and_gives_it_back(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2019, 3, 1, 2, tzinfo=UTC))
    _, branch = make_network("EAST")
    open_every_day(branch.id)
    department = make_department(branch.id, kind=DepartmentKind.READING_ROOM).id
    rule = RoomRule(gives_places=True, booking_days=3)
    room = operations.set_room(make_act(branch.id, FRIDAY), department=department, rule=rule).id
    operations.add_places(make_act(branch.id), room=room, kind="seat", codes=["A1"])
    reader, other = (make_patron(node=branch.id, card=card) for card in ("W1", "W2"))
    passwords.set_password(make_act(branch.id), patron=reader.id, password=PASSWORD)
    theirs = booking.book(
        make_act(branch.id, FRIDAY), room=room, patron=other.id, starts=datetime(2019, 3, 1, 7, tzinfo=UTC)
    )
    phone = Client()
    assert phone.get("/my/seats/").url == "/my/sign-in/"
    phone.post("/my/sign-in/", {"card": "W1", "password": PASSWORD})

    shown = phone.get("/my/seats/?day=2019-03-02").content.decode()
    taken = phone.post("/my/seats/book", {"room": room, "starts": "2019-03-01T15:00:00"}, follow=True).content.decode()
    phone.post("/my/seats/book", {"room": room, "starts": "2019-03-02T11:00:00"})
    phone.post("/my/seats/book", {"room": room, "starts": "no time"})
    (mine,) = booking.of_reader(reader.id, FRIDAY)
    phone.post(f"/my/seats/{theirs.id}/cancel")
    phone.post(f"/my/seats/{mine.id}/cancel")

    assert "2019-03-02T11:00:00" in shown
    assert "Every place is booked for that time." in taken
    assert "a librarian will look again" in taken
    assert [booking.of_reader(one.id, FRIDAY)[0].state for one in (reader, other)] == ["cancelled", "booked"]
    assert phone.get(f"/my/seats/?day={FRIDAY + timedelta(days=400)}").status_code == 200
