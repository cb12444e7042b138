from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlan.kernel.acts import Act, Channel
from wenlan.kernel.errors import NotFound
from wenlan.kernel.ids import new_uid
from wenlan.kernel.periods import Period
from wenlan.kernel.words import say


def test_the_day_of_an_act_is_local():
    seven_in_beijing = datetime(2026, 2, 28, 23, tzinfo=UTC)

    act = Act(at=seven_in_beijing, node=1, channel=Channel.DESK, key="k", device="K03")

    assert (act.day, act.operator) == (date(2026, 3, 1), "device:K03")


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_a_period_holds_its_start_and_not_its_end(one, other):
    start, end = sorted((one, other))
    period = Period(start, end)

    assert end not in period
    assert (start in period) == (start < end)


def test_months_make_up_their_year():
    days = [day for month in range(1, 13) for day in Period.month(2020, month)]

    assert days == list(Period.year(2020))
    assert Period.year(2020).last_day == date(2020, 12, 31)
    with pytest.raises(ValueError, match="cannot end"):
        Period(date(2020, 1, 2), date(2020, 1, 1))


def test_uids_are_of_version_seven_and_grow_with_time():
    uids = [new_uid() for _ in range(50)]

    assert {(uid.version, uid.variant) for uid in uids} == {(7, "specified in RFC 4122")}
    stamps = [uid.int >> 80 for uid in uids]
    assert stamps == sorted(stamps)


def test_words_fall_back_to_chinese():
    assert say({"zh": "外借", "en": "Loans"}, "en") == "Loans"
    assert say({"zh": "外借"}, "en") == "外借"
    assert say({"zh": "外借", "en": "Loans"}, "zh-hans") == "外借"
    assert say({}, "en") == ""


def test_an_expected_failure_says_what_and_carries_its_code():
    failure = NotFound(what="R1")

    assert (str(failure), failure.code) == ("Nothing was found under R1.", "not_found")
