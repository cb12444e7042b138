"""The page of holidays and seasons."""

from datetime import date

import pytest

from wenlan.kernel.periods import Period
from wenlan.network.almanac.queries import almanac
from wenlan.network.almanac.types import DayKind
from wenlan.network.testing import make_network
from wenlan.staff.testing import signed_in

pytestmark = pytest.mark.django_db
PAGE = "/desk/figures/calendar/"
HOLIDAY = {
    "what": "holiday", "name": "春节", "start": "2030-02-02", "last": "2030-02-08", "working": "2030-01-27、2030-02-09",
    "source": "国务院办公厅关于2030年部分节假日安排的通知",
}  # fmt: skip
SEASON = {"what": "season", "name": "暑期", "code": "summer", "start": "2030-07-08", "last": "2030-08-25"}


def test_a_year_that_no_release_knows_is_entered_and_taken_back():
    root, east = make_network("E")
    desk = signed_in(root.id, "director")
    before = desk.get(f"{PAGE}?year=2030")

    desk.post(PAGE, HOLIDAY)
    desk.post(PAGE, SEASON)
    after = desk.get(f"{PAGE}?year=2030")

    assert (before.context["is_unknown"], after.context["is_unknown"]) == (True, False)
    told = [(line["start"], line["days"], line["is_off"]) for line in after.context["holidays"]]
    assert told == [
        (date(2030, 1, 27), 1, False), (date(2030, 2, 2), 7, True), (date(2030, 2, 9), 1, False)
    ]  # fmt: skip
    (season,) = after.context["seasons"]
    desk.post(f"{PAGE}take-back", {"start": "2030-02-02", "last": "2030-02-08"})
    desk.post(f"{PAGE}take-back", {"start": "2030-07-08", "last": "2030-08-25", "season": season.id})
    known = almanac(east.id, Period.year(2030))
    assert known.kind(date(2030, 2, 4)) == DayKind.WORKING
    assert [one.id for one in known.seasons] == [0]


def test_what_makes_no_sense_is_said_and_who_may_not_enter_sees_no_form():
    root, east = make_network("E")
    desk, below = signed_in(root.id, "director"), signed_in(east.id, "statistician")

    wrong = [
        desk.post(PAGE, HOLIDAY | {"working": "明天"}),
        desk.post(PAGE, HOLIDAY | {"last": "2030-02-01"}),
        desk.post(PAGE, HOLIDAY | {"start": ""}),
    ]

    assert [answer.status_code for answer in wrong] == [422, 422, 422]
    assert desk.post(f"{PAGE}take-back", {"start": "x", "last": "y"}).status_code == 404
    assert desk.post(f"{PAGE}take-back", {"start": "2030-01-01", "last": "2030-01-01", "season": 99}).status_code == 404
    page = below.get(f"{PAGE}?year=2020")
    assert (page.status_code, page.context["holiday_form"]) == (200, None)
    assert below.post(PAGE, HOLIDAY).status_code == 403
    assert almanac(root.id, Period.year(2030)).unknown == (2030,)
