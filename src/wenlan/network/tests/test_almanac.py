"""What sort of day a day is, by the notices that ship and by what is entered here."""

from datetime import date, timedelta

import pytest

from wenlan.kernel.acts import Act, Channel
from wenlan.kernel.periods import Period
from wenlan.network.almanac import operations, shipped
from wenlan.network.almanac.errors import DaysWrong
from wenlan.network.almanac.queries import almanac
from wenlan.network.almanac.types import DayKind
from wenlan.network.testing import make_network
from wenlan.ui import clock

LEGAL_DAYS_OFF = {2020: 13, 2025: 13, 2026: 13}  # 11 until 2024; the Spring Festival of 2020 was lengthened by two
YEARS = range(2017, 2027)


@pytest.mark.parametrize("year", YEARS)
def test_days_off_less_days_worked_for_them_are_the_days_the_law_gives(year):
    days = shipped.days_of(year).values()

    off = [one.day for one in days if one.is_off and one.day.weekday() < 5]
    worked = [one.day for one in days if not one.is_off]

    assert all(day.weekday() >= 5 for day in worked)
    assert len(off) - len(worked) == LEGAL_DAYS_OFF.get(year, 11)
    assert all(str(year) in one.source for one in days)


@pytest.mark.django_db
def test_a_day_is_what_the_notice_says_and_else_what_the_week_says(django_assert_num_queries):
    root, east = make_network("E")

    with django_assert_num_queries(2):
        known = almanac(east.id, Period(date(2018, 12, 1), date(2021, 1, 1)))

    kinds = [known.kind(date(2020, *day)) for day in ((1, 23), (1, 18), (1, 19), (1, 31), (2, 1))]
    assert kinds == [DayKind.WORKING, DayKind.WEEKEND, DayKind.WORKING, DayKind.HOLIDAY, DayKind.HOLIDAY]
    assert known.kind(date(2018, 12, 29)) == DayKind.WORKING  # said by the notice for 2019
    assert [season.start for season in known.seasons] == [date(year, 7, 1) for year in (2018, 2019, 2020)]
    assert almanac(root.id, Period.year(2030)).unknown == (2030,)


@pytest.mark.django_db
def test_a_holiday_and_a_season_entered_here_go_before_what_ships_and_are_taken_back():
    root, east = make_network("E")
    act = Act(at=clock.now(), node=root.id, channel=Channel.DESK, key="k")
    first, last, names = date(2030, 2, 2), date(2030, 2, 8), {"zh": "春节"}

    operations.set_holiday(act, start=first, last=last, names=names, source="通知", working=[date(2030, 1, 27)])
    summer = {"names": {"zh": "暑期"}, "start": date(2030, 7, 8), "last": date(2030, 8, 25)}
    operations.set_season(act, node=root.id, code="summer", **summer)
    known = almanac(east.id, Period.year(2030))

    assert known.unknown == ()
    assert [known.kind(day) for day in (first, date(2030, 1, 27))] == [DayKind.HOLIDAY, DayKind.WORKING]
    assert [(one.start, one.last) for one in known.seasons] == [(date(2030, 7, 8), date(2030, 8, 25))]
    operations.forget_days(act, start=first, last=last)
    operations.forget_season(act, season=known.seasons[0].id)
    after = almanac(east.id, Period.year(2030))
    assert (after.kind(first), after.seasons[0].id) == (DayKind.WEEKEND, 0)


@pytest.mark.django_db
def test_a_span_that_makes_no_sense_is_refused():
    root, _east = make_network("E")
    act = Act(at=clock.now(), node=root.id, channel=Channel.DESK, key="k")
    day = date(2030, 2, 2)

    for wrong in ({"last": day - timedelta(days=1)}, {"last": day + timedelta(days=40)}, {"working": [day]}):
        with pytest.raises(DaysWrong):
            operations.set_holiday(act, start=day, names={"zh": "春节"}, source="", **({"last": day} | wrong))
