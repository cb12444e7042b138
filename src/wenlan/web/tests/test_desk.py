"""The first page of the desk, and what its menu opens."""

from datetime import UTC, date, datetime, time

import pytest

from wenlan.activities.testing import make_programme, make_session
from wenlan.network.testing import make_network, open_every_day
from wenlan.staff.testing import signed_in
from wenlan.ui import clock
from wenlan.web.portal.opening import in_spans

pytestmark = pytest.mark.django_db
TODAY = date(2019, 3, 4)


@pytest.fixture
def root(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(TODAY, time(2), UTC))
    root = make_network("E")[0]
    open_every_day(root.id)
    return root.id


def addresses(page):
    """Return the addresses of every page that the menu offers."""
    parts = [part for group in page.context["desk_menu"] for part in group["parts"]]
    return [one["url"] for part in parts for one in part["pages"]]


def test_the_director_has_an_entry_to_activities_and_finds_the_next_ones_on_the_first_page(root):
    make_session(make_programme(root, "lecture.culture"), root, on=date(2019, 3, 6))
    director = signed_in(root, "director")

    page = director.get("/desk/")

    assert "/desk/activities/" in addresses(page)
    assert [line["time"] for line in page.context["sessions"]] == ["03-06"]
    assert director.get("/desk/activities/").status_code == 200


def test_an_auditor_has_no_entry_to_what_cannot_be_opened(root):
    auditor = signed_in(root, "auditor")

    assert "/desk/activities/" not in addresses(auditor.get("/desk/"))
    assert auditor.get("/desk/activities/").status_code == 403


def test_a_week_is_said_in_spans_of_equal_hours():
    open_, week = ((time(9), time(17)),), [date(2019, 3, 4 + offset) for offset in range(7)]

    spans = in_spans(week, [(), open_, open_, open_, open_, open_, ()])

    assert spans == [("Mon", ()), ("Tue–Sat", open_), ("Sun", ())]
