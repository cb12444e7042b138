"""Sums as people write them, and as they are said."""

import pytest

from wenlan.kernel.money import read_fen, yuan


@pytest.mark.parametrize(
    ("fen", "said"), [(0, "0.00"), (5, "0.05"), (10_000, "100.00"), (-5, "-0.05"), (-1_250, "-12.50")]
)
def test_a_sum_is_said_in_yuan(fen, said):
    assert yuan(fen) == said


@pytest.mark.parametrize(
    ("written", "fen"),
    [
        ("", None),
        (" 元", None),
        ("18.5", 1850),
        (" ¥18.50元 ", 1850),
        (" CNY 1,800", 180_000),
        ("￥1，800.01", 180_001),
    ],
)
def test_a_sum_is_read_as_people_write_it(written, fen):
    assert read_fen(written, below=10_000) == fen


@pytest.mark.parametrize("written", ["dear", "-1", "NaN", "Infinity", "10000", "1.2.3"])
def test_what_is_no_sum_is_refused(written):
    with pytest.raises(ValueError, match="^" + written.replace(".", r"\.") + "$"):
        read_fen(written, below=10_000)
