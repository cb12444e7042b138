"""Number words: they never claim more than was counted."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlan.annual_report.policies.numbers import (
    counting,
    day_words,
    grouped,
    month_in_characters,
    number_words,
    numbers_in,
    told_day,
    until_words,
)
from wenlan.annual_report.types import Form

counts = st.integers(min_value=0, max_value=10**9)
steps = st.sampled_from([10, 100, 1000, 10_000, 100_000])


@pytest.mark.parametrize(
    ("value", "unit", "form", "step", "words"),
    [
        (410000, "册次", Form.EXACT, 0, "410000册次"),
        (0, "次", Form.EXACT, 0, "0次"),
        (None, "次", Form.EXACT, 0, "—"),
        (Decimal("826.50"), "小时", Form.EXACT, 0, "826.5小时"),
        (Decimal("1955.50"), "元", Form.YUAN, 0, "1955.50元"),
        (Decimal("1955.00"), "元", Form.YUAN, 0, "1955元"),
        (358000, "次", Form.WAN, 0, "35.8万次"),
        (7546000, "次", Form.WAN, 0, "754.6万次"),
        (358019, "次", Form.WAN, 0, "35.8万余次"),
        (9999, "次", Form.WAN, 0, "9999次"),
        (500123, "人次", Form.ABOUT, 10000, "50万余人次"),
        (500000, "人次", Form.ABOUT, 10000, "50万人次"),
        (411, "车次", Form.ABOUT, 100, "400余车次"),
        (2413, "人次", Form.ABOUT, 100, "2400余人次"),
        (99, "车次", Form.ABOUT, 100, "99车次"),
        (123456, "次", Form.ABOUT, 100, "12.34万余次"),
        (2, "部", Form.CHARACTERS, 0, "两部"),
        (10, "期", Form.CHARACTERS, 0, "十期"),
        (11, "期", Form.CHARACTERS, 0, "11期"),
    ],
)
@pytest.mark.capability("T06")
def test_a_figure_is_written_as_the_rule_says(value, unit, form, step, words):
    assert number_words(value, unit=unit, form=form, step=step) == words


@given(counts, steps)
def test_yu_never_rounds_up_and_stands_only_after_a_cut(value, step):
    words = number_words(value, unit="次", form=Form.ABOUT, step=step)

    (found,) = numbers_in(words)
    assert found.value <= value
    assert value - found.value < step or found.value == value
    assert found.approximate == (found.value < value)
    assert ("余" in words) == found.approximate


@given(counts)
def test_ten_thousands_keep_two_decimals_and_never_round_up(value):
    words = number_words(value, unit="次", form=Form.WAN)

    (found,) = numbers_in(words)
    assert 0 <= value - found.value < 100
    assert found.approximate == (found.value < value)
    assert len(words.partition("万")[0].partition(".")[2]) <= 2


@given(counts, st.sampled_from(["册次", "人次", "小时", "册（件）"]))
def test_exact_figures_read_back_as_they_were(value, unit):
    (found,) = numbers_in(f"全年共{number_words(value, unit=unit)}。")

    assert (found.value, found.unit, found.approximate) == (value, unit, False)


@given(counts)
def test_table_figures_read_back_as_they_were(value):
    (found,) = numbers_in(grouped(value) + "册")

    assert found.value == value


def test_days_and_years_are_no_figures():
    assert numbers_in("2019年1月15日至3月1日，截至2019年12月31日，第十六届") == ()


def test_days_are_written_without_blanks():
    assert day_words(date(2019, 3, 4)) == "2019年3月4日"
    assert day_words(date(2019, 3, 4), with_year=False) == "3月4日"
    assert until_words(date(2019, 12, 31)) == "截至2019年12月31日"
    assert month_in_characters(date(2020, 1, 5)) == "二〇二〇年一月"


def test_a_line_of_the_chronicle_that_says_its_days_keeps_them():
    day = date(2019, 1, 15)

    assert told_day("1月15日至3月1日，开展活动。", day, year=2019) == ("1月15日至3月1日", "开展活动。")
    assert told_day("【新春】1月15日，开展活动。", day, year=2019) == ("1月15日", "【新春】开展活动。")
    assert told_day("开展活动。", day, year=2019) == ("1月15日", "开展活动。")
    assert told_day("开展活动。", day, year=2020) == ("2019年1月15日", "开展活动。")


@given(st.integers(min_value=1, max_value=99))
def test_chapter_numbers_are_different_and_without_zero(number):
    words = counting(number)

    assert "〇" not in words
    assert len({counting(other) for other in range(1, 100)}) == 99


def test_an_ungrouped_figure_in_a_table_is_a_dash_when_nothing_is_held():
    assert (grouped(None), grouped(0), grouped(Decimal("826.50"))) == ("—", "0", "826.5")
