"""How numbers, days and mixed text are set."""

import html
import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from wenlan.ui import typography


@pytest.mark.parametrize(
    ("text", "set_text"),
    [
        ("2019年共50万余人次", '2019<i class="gap"></i>年共<i class="gap"></i>50<i class="gap"></i>万余人次'),
        ("Wi-Fi覆盖", 'Wi-Fi<i class="gap"></i>覆盖'),
        ("占38.5%；", '占<i class="gap"></i>38.5%；'),
        ("第 3 期", "第 3 期"),
        ("书<b>", "书&lt;b&gt;"),
    ],
)
def test_chinese_and_latin_stand_a_quarter_space_apart(text, set_text):
    assert typography.spaced(text) == set_text


@given(st.text())
def test_spacing_changes_no_character(text):
    plain = html.unescape(re.sub(r'<i class="gap"></i>|</?bdi[^>]*>', "", typography.spaced(text)))

    assert plain == text


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0"), (410000, "410,000"), (-1214, "-1,214"), (Decimal("826.5"), "826.5"), (None, "—"), ("12,5", "12,5")],
)
def test_counts_are_grouped_and_nothing_counted_is_a_dash(value, written):
    assert typography.count(value) == written


def test_counts_take_the_other_grouping():
    assert typography.count(1234567, "\u2009") == "1\u2009234\u2009567"


def test_money_is_written_in_yuan():
    with override("zh-hans"):
        assert [typography.fen(value) for value in (0, 150, -5, 123456)] == [
            "0.00 元",
            "1.50 元",
            "-0.05 元",
            "1,234.56 元",
        ]


def test_days_follow_the_place_and_the_language():
    evening = datetime(2026, 3, 4, 16, 30, tzinfo=UTC)  # half past midnight in Shanghai

    with override("zh-hans"):
        chinese = (typography.prose_day(evening), typography.weekday(evening), typography.wan(410000))
    with override("en"):
        english = (typography.prose_day(date(2026, 3, 5)), typography.weekday(evening), typography.wan(410000))

    assert typography.table_day(evening) == "2026-03-05"
    assert typography.clock_time(evening) == "00:30"
    assert chinese == ("2026年3月5日", "周四", "41万")
    assert english == ("5 March 2026", "Thu", "410,000")


def test_a_day_stands_before_its_weekday_in_chinese_and_behind_it_in_english():
    day = date(2026, 3, 4)

    with override("zh-hans"):
        assert typography.full_day(day) == "2026年3月4日 周三"
    with override("en"):
        assert typography.full_day(day) == "Wed 4 March 2026"
    assert typography.full_day(None) == typography.NOTHING


@pytest.mark.parametrize(
    ("name", "unit", "printed"),
    [("书刊文献外借册次", "册次", ""), ("Loans", "loans", ""), ("志愿服务时长", "小时", "小时"), ("Visits", "", "")],
)
def test_a_unit_is_printed_once(name, unit, printed):
    assert typography.unit_beside(name, unit) == printed
