from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlan.demo.plan import as_fraction, evenly, expected, half_up, read_plan, share, spread

SCALES = st.integers(2, 1000).map(lambda thousandths: Fraction(thousandths, 1000))


def test_at_scale_one_the_year_comes_to_what_is_published():
    assert {group: expected(group) for group in ("loans", "reading_room_visits", "additions", "sessions", "trips")} == {
        "loans": 410_000,
        "reading_room_visits": 143_126,
        "additions": 652_761,
        "sessions": 488,
        "trips": 411,
    }
    assert expected("loans.CZ-BUS") == 28_000
    assert expected("volunteer_minutes.year") == 826.5 * 60
    assert expected("visits") > 500_000
    assert expected("additions") - expected("additions.electronic") == 29_975


def test_at_a_smaller_scale_large_figures_shrink_and_small_ones_stay():
    assert expected("loans", 0.04) == 16_400
    assert expected("visits", 0.04) == 20_127
    assert expected("additions.audiovisual", 0.04) == 12
    assert expected("sessions", 0.04) == 488
    assert expected("digitised.local_newspapers", 0.04) == 600


@given(SCALES)
def test_parts_with_a_published_total_sum_to_the_scaled_total(scale):
    plan = read_plan()
    totals = {group: sum(plan.figures[group].values()) for group in ("loans", "reading_room_visits", "additions")}

    assert {group: expected(group, scale) for group in totals} == {
        group: half_up(total * scale) for group, total in totals.items()
    }


@given(st.integers(0, 100_000), st.lists(st.integers(0, 1000), min_size=1).filter(any))
def test_shares_sum_to_the_total_and_none_is_a_whole_one_off(total, weights):
    parts = share(total, weights)

    assert sum(parts) == total
    assert all(abs(part - total * weight / sum(weights)) < 1 for part, weight in zip(parts, weights, strict=True))


def test_nothing_can_be_shared_among_nobody():
    assert share(0, []) == []
    assert spread(0, {}) == {}
    with pytest.raises(ValueError, match="nobody"):
        share(1, [0, 0])


@given(st.integers(0, 400), st.integers(1, 60))
def test_evenly_takes_as_many_as_asked_in_order(count, places):
    chosen = evenly(count, range(places))

    assert len(chosen) == count
    assert chosen == sorted(chosen)


@pytest.mark.parametrize("scale", [0, -1, 1.5])
def test_a_scale_outside_its_bounds_is_refused(scale):
    with pytest.raises(ValueError, match="scale"):
        as_fraction(scale)
