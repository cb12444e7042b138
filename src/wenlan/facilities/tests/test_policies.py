from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from wenlan.facilities.policies import is_in_use, visits_of
from wenlan.facilities.types import Direction

passages = st.integers(min_value=0, max_value=10_000_000)


@given(passages)
def test_a_counter_of_both_directions_is_halved_and_never_rounded_up(shown):
    visits = visits_of(shown, Direction.TWO_WAY)

    assert visits * 2 in (shown, shown - 1)
    assert visits_of(shown, Direction.ONE_WAY) == shown


def test_a_gate_is_in_use_from_its_first_day_until_before_its_last():
    span = {"from_day": date(2019, 3, 4), "until_day": date(2019, 3, 6)}

    assert [is_in_use(date(2019, 3, day), **span) for day in (3, 4, 5, 6)] == [False, True, True, False]
    assert is_in_use(date(2030, 1, 1), from_day=date(2019, 3, 4), until_day=None)
