"""A reader books a visit on a day when only so many may come in, and gives it back."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from wenlan.circulation.testing import make_act
from wenlan.facilities.admission import queries
from wenlan.network.almanac import operations as almanac
from wenlan.network.testing import make_network, open_every_day
from wenlan.patrons import passwords
from wenlan.patrons.testing import make_patron
from wenlan.ui import clock

pytestmark = pytest.mark.django_db
FRIDAY = date(2019, 3, 1)
PASSWORD = "a good password"


def test_a_reader_books_a_visit_and_gives_it_back(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2019, 3, 1, 2, tzinfo=UTC))
    root, branch = make_network("EAST")
    open_every_day(root.id)
    act = make_act(root.id, FRIDAY)
    reader = make_patron(node=branch.id, card="W1")
    passwords.set_password(make_act(branch.id), patron=reader.id, password=PASSWORD)
    phone = Client()
    stranger = phone.get("/my/entry/").url
    phone.post("/my/sign-in/", {"card": "W1", "password": PASSWORD})
    simply_come = phone.get("/my/entry/").content.decode()
    almanac.set_cap(act, node=root.id, most=2, slot_minutes=120, reason="限流", from_day=FRIDAY)

    shown = phone.get(f"/my/entry/?place={branch.id}&day=2019-03-02").content.decode()
    for starts, persons in (
        ("2019-03-02T11:00:00", 2),
        ("2019-03-02T13:00:00", 1),
        ("2019-05-02T11:00:00", 1),
        ("x", 1),
    ):
        phone.post("/my/entry/book", {"place": branch.id, "starts": starts, "persons": persons})
    (mine,) = queries.of_reader(reader.id, FRIDAY)
    phone.post(f"/my/entry/{mine.id}/cancel")

    assert stranger == "/my/sign-in/"
    assert "simply come" in simply_come
    assert "2019-03-02T11:00:00" in shown
    assert "Book your visit" in phone.get("/my/").content.decode()
    assert (mine.persons, mine.starts) == (2, datetime(2019, 3, 2, 3, tzinfo=UTC))
    assert [one.state for one in queries.of_reader(reader.id, FRIDAY)] == ["cancelled"]
