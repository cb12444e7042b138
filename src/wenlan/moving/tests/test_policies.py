"""What the cells of old exports mean, as laws."""

from datetime import date, datetime, time
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlan.moving import policies

days = st.dates(date(1900, 1, 1), date(2099, 12, 31))
FORMS = ("{0:%Y-%m-%d}", "{0:%Y/%m/%d}", "{0:%Y%m%d}", "{0.year}年{0.month}月{0.day}日", "{0:%Y.%m.%d} 09:05:00")


@given(days, st.sampled_from(FORMS))
def test_a_day_is_read_in_every_form_it_is_written_in(day, form):
    assert policies.day(form.format(day)) == day


@given(st.integers(10**9, 4 * 10**9))
def test_moments_of_dp2_and_interlib_are_those_of_china(seconds):
    moment = datetime.fromtimestamp(seconds, policies.CHINA)

    assert policies.moment(format_datetime(moment)) == moment
    assert policies.moment(str(seconds * 1000)) == moment


@pytest.mark.parametrize("text", ["", " ", "0000-00-00", "00/00/0000", "0000-00-00 00:00:00", "NULL"])
def test_noughts_say_no_day(text):
    assert policies.moment(text) is None


@pytest.mark.parametrize("text", ["2019-02-30", "20191301", "昨天", "2019-03-01 25:00"])
def test_what_is_no_day_is_said(text):
    with pytest.raises(ValueError, match=r".+"):
        policies.moment(text)


@given(st.integers(0, 10**9), st.sampled_from(("{:.2f}", "CNY{:.2f}", "￥{:,.2f}", "{:,.2f}元")))
def test_a_sum_is_read_in_every_form_it_is_written_in(fen, form):
    assert policies.fen(form.format(fen / 100)) == fen


@given(st.lists(st.integers(0, 10**6), max_size=5))
def test_sums_of_one_cell_are_added(sums):
    assert policies.fen(";".join(f"CNY{one / 100:.2f}" for one in sums)) == sum(sums)


@pytest.mark.parametrize("text", ["-1", "USD 5", "免费", "1.2.3", "NaN", "Infinity"])
def test_what_is_no_sum_is_said(text):
    with pytest.raises(ValueError, match=r".+"):
        policies.fen(text)


@given(st.integers(0, 10**6), st.integers(1, 24))
def test_a_year_is_shared_among_its_months_without_a_rest(total, parts):
    shares = list(policies.shares(total, parts))

    assert (sum(shares), len(shares), max(shares) - min(shares) <= 1) == (total, parts, True)


@given(days, st.sampled_from(("{0:%Y-%m}", "{0:%Y%m}", "{0.year}年{0.month}月", "{0:%Y-%m}-01")))
def test_a_month_has_its_first_and_last_day(day, form):
    first, last = policies.month(form.format(day))

    assert first <= day <= last
    assert (first.day, (last.toordinal() - first.toordinal() + 1) in range(28, 32)) == (1, True)
    assert policies.month(str(day.year)) == (date(day.year, 1, 1), date(day.year, 12, 31))


def test_a_sheet_keeps_days_as_numbers():
    assert policies.moment("43525") == datetime.combine(date(2019, 3, 1), time(12), policies.CHINA)
