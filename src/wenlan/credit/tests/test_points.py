"""Late returns, losses and good conduct move points by rule; every line says why; what is undone comes back."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from wenlan.credit import operations, policies, queries
from wenlan.credit.errors import NoPointsKept, ReasonMissing, RuleContradicts
from wenlan.credit.policies import GivenSoFar
from wenlan.credit.testing import A_BOOK, POINTS, make_act, make_rule
from wenlan.credit.types import CompensationTerms, PointRule, Reminder
from wenlan.credit.verification import differences
from wenlan.jobs import queries as jobs
from wenlan.network.testing import make_network
from wenlan.patrons import queries as patrons
from wenlan.patrons.testing import make_patron

DAY = date(2020, 3, 4)
limits = st.integers(0, 50)


@given(st.integers(-20, 20), st.integers(0, 400), limits, limits, limits, limits, st.integers(0, 200))
def test_an_event_never_leaves_its_limits_nor_the_balance_its_bounds(points, units, each, day, month, moved, balance):
    rule = PointRule(points=points, most_each=each, most_a_day=day, most_a_month=month)
    so_far = GivenSoFar(day=moved, month=moved)

    change = policies.points_of(rule, units=units, so_far=so_far)
    more = policies.points_of(rule, units=units + 1, so_far=so_far)
    after = balance + policies.within(balance, change, 200)

    assert abs(change) <= min(abs(points) * units, each or 10**6)
    assert abs(change) <= (max(day - moved, 0) if day else 10**6)
    assert abs(change) <= abs(more)
    assert 0 <= after <= 200


@given(st.integers(0, 900), st.integers(0, 500), st.none() | st.integers(0, 900), st.none() | st.integers(0, 900))
def test_an_overdue_charge_is_never_above_its_cap_nor_the_price(days, a_day, cap, price):
    charged = policies.late_charge_fen(days=days, a_day_fen=a_day, cap_fen=cap, price_fen=price)

    assert 0 <= charged <= days * a_day
    assert cap is None or charged <= cap
    assert price is None or charged <= price


def test_compensation_goes_by_year_and_by_the_set():
    terms = CompensationTerms(factors=((0, 300), (1990, 200), (2010, 150)), handling_fen=500, least_fen=1_000)

    def cost(price, published, whole=None):
        return policies.compensation_fen(terms, price_fen=price, set_price_fen=whole, published=published)

    assert [cost(2_000, 1985), cost(2_000, 1990), cost(2_000, 2012), cost(2_000, None)] == [6_500, 4_500, 3_500, 6_500]
    assert cost(2_000, 2012, whole=9_800) == 15_200
    assert cost(None, 2012) == 1_500


def test_the_step_of_dunning_is_the_latest_that_was_reached():
    steps = (Reminder(days=-3, how="notice"), Reminder(days=7, how="notice"), Reminder(days=30, how="call"))

    reached = [policies.step_due(steps, days=days) for days in (-4, -3, 6, 7, 29, 400)]

    assert [step.days if step else None for step in reached] == [None, -3, -3, 7, 7, 30]


@pytest.fixture
def library(db) -> dict[str, int]:
    root, town = make_network("TOWN")
    make_rule(root.id)
    return {"root": root.id, "town": town.id}


def test_a_late_return_costs_points_and_says_why(library):
    patron = make_patron(node=library["town"]).id
    act = make_act(library["town"], DAY)

    done = operations.after_return(act, patron=patron, source="return:u1", days_late=3, item=A_BOOK)
    again = operations.after_return(act, patron=patron, source="return:u1", days_late=3, item=A_BOOK)

    lines = [(line.cause, line.points, line.balance) for line in queries.points(patron)]
    assert (done.points, done.balance, again) == (-3, 97, done)
    assert lines == [("late", -3, 97), ("started", 100, 100)]
    assert patrons.patron(patron).credit_points == 97
    notice = jobs.posted("notices", 10)[0][1]
    assert (notice["template"], notice["facts"]["points"], notice["facts"]["title"]) == (
        "credit_changed", -3, "平凡的世界",
    )  # fmt: skip
    assert differences() == []


def test_points_end_at_nothing_and_one_return_costs_at_most_its_cap(library):
    patron = make_patron(node=library["town"]).id
    for number in range(7):
        act = make_act(library["town"], DAY + timedelta(days=number))
        operations.after_return(act, patron=patron, source=f"return:u{number}", days_late=400, item=A_BOOK)

    assert [line.points for line in queries.points(patron)] == [0, 0, -20, -20, -20, -20, -20, 100]
    assert queries.account(patron, DAY).points == 0
    assert differences() == []


def test_what_an_undone_return_cost_comes_back(library):
    make_rule(library["town"], code="town", charge_fen=10, suspend_days=1)
    patron = make_patron(node=library["town"]).id
    act = make_act(library["town"], DAY)
    done = operations.after_return(act, patron=patron, source="return:u1", days_late=5, item=A_BOOK)
    stopped = patrons.patron(patron)

    undone = operations.take_back(make_act(library["town"], DAY), source="return:u1")
    twice = operations.take_back(make_act(library["town"], DAY), source="return:u1")

    now = patrons.patron(patron)
    assert (done.points, done.charged_fen, done.suspended_until) == (-5, 50, DAY + timedelta(days=5))
    assert (stopped.status, stopped.owed_fen) == ("suspended", 50)
    assert (undone, twice) == (2, 0)
    assert (now.status, now.owed_fen, now.credit_points) == ("valid", 0, 100)
    assert differences() == []


def test_one_stop_begins_after_the_other_and_has_a_cap(library):
    make_rule(library["town"], code="stops", start_points=None, points={}, suspend_days=1, suspend_cap_days=30)
    patron = make_patron(node=library["town"]).id
    act = make_act(library["town"], DAY)

    first = operations.after_return(act, patron=patron, source="return:u1", days_late=10, item=A_BOOK)
    second = operations.after_return(act, patron=patron, source="return:u2", days_late=400, item=A_BOOK)

    assert first.suspended_until == DAY + timedelta(days=10)
    assert second.suspended_until == DAY + timedelta(days=40)


def test_days_of_grace_are_forgiven_and_an_overdue_charge_never_costs_more_than_the_book(library):
    make_rule(library["town"], code="town", grace_days=3, charge_fen=20, charge_cap_fen=5_000)
    patron = make_patron(node=library["town"]).id

    def returned(source, days):
        act = make_act(library["town"], DAY)
        return operations.after_return(act, patron=patron, source=source, days_late=days, item=A_BOOK)

    assert (returned("return:u1", 3).points, returned("return:u2", 4).charged_fen) == (0, 20)
    assert returned("return:u3", 900).charged_fen == A_BOOK.price_fen
    assert patrons.patron(patron).owed_fen == 3_020
    assert differences() == []


def test_good_conduct_earns_points_within_the_day_and_the_month(library):
    make_rule(library["town"], code="town", points=POINTS | {"loan": PointRule(points=1, most_a_day=6, most_a_month=8)})
    patron = make_patron(node=library["town"]).id

    def lend(number, day):
        act = make_act(library["town"], day)
        return operations.earn(act, patron=patron, event="loan", source=f"loan:{number}").points

    assert [lend(number, DAY) for number in range(8)] == [1, 1, 1, 1, 1, 1, 0, 0]
    assert [lend(number, DAY + timedelta(days=1)) for number in range(10, 14)] == [1, 1, 0, 0]
    assert lend(20, DAY + timedelta(days=40)) == 1
    assert patrons.patron(patron).credit_points == 109


def test_points_come_back_over_time_up_to_the_start(library):
    make_rule(library["town"], code="town", restore_points=5, restore_days=30)
    patron = make_patron(node=library["town"]).id
    operations.after_return(make_act(library["town"], DAY), patron=patron, source="return:u1", days_late=8, item=A_BOOK)

    def after(days):
        return operations.restore_due(make_act(library["root"], DAY + timedelta(days=days)))[0]

    assert [after(29), after(30), after(30), after(59), after(60), after(90)] == [0, 1, 0, 0, 1, 0]
    assert [line.points for line in queries.points(patron)] == [3, 5, -8, 100]
    assert differences() == []


def test_the_rule_of_the_nearest_place_and_category_holds_from_its_day(library):
    make_rule(library["town"], code="town", since=date(2020, 1, 1), start_points=200, most_points=200)
    make_rule(library["root"], code="children", category="child", start_points=50)
    child = make_patron(node=library["root"], category="child").id
    adult = make_patron(node=library["town"]).id

    assert queries.account(child, DAY).points == 50
    assert [queries.account(adult, day).points for day in (date(2019, 12, 31), date(2020, 1, 1))] == [100, 200]


def test_accounts_are_opened_in_small_steps(library):
    readers = [make_patron(node=library["town"]).id for _ in range(5)]
    act = make_act(library["root"], DAY)

    steps, after = [], 0
    while True:
        opened, after = operations.open_accounts(act, after=after, limit=2)
        steps.append(opened)
        if not after:
            break

    assert (steps, operations.open_accounts(act)) == ([2, 2, 1], (0, 0))
    assert {patrons.patron(reader).credit_points for reader in readers} == {100}


def test_a_correction_needs_a_reason_and_points_to_correct(library):
    patron = make_patron(node=library["town"]).id
    act = make_act(library["town"], DAY, key="c1")
    with pytest.raises(ReasonMissing):
        operations.correct(act, patron=patron, points=-5, reason=" ")

    line = operations.correct(act, patron=patron, points=-500, reason="与读者核对后更正")
    again = operations.correct(act, patron=patron, points=-500, reason="与读者核对后更正")
    make_rule(library["town"], code="none", start_points=None, points={})
    other = make_patron(node=library["town"]).id
    with pytest.raises(NoPointsKept):
        operations.correct(make_act(library["town"], DAY), patron=other, points=1, reason="核对")

    assert (line.points, line.balance, again.id) == (-100, 0, line.id)


def test_a_rule_that_contradicts_itself_is_refused_and_changes_nothing(library):
    before = queries.rules(DAY)

    for wrong in ({"most_points": 10}, {"restore_points": 3}, {"charge_fen": -1}, {"start_points": None}):
        with pytest.raises(RuleContradicts):
            make_rule(library["root"], **wrong)
    with pytest.raises(RuleContradicts):
        make_rule(library["root"], since=date(2014, 1, 1))

    assert queries.rules(DAY) == before


def test_a_late_return_costs_a_fixed_number_of_statements(library):
    patron = make_patron(node=library["town"]).id
    operations.after_return(make_act(library["town"], DAY), patron=patron, source="return:u0", days_late=1, item=A_BOOK)

    with CaptureQueriesContext(
        connection,
    ) as late:
        operations.after_return(
            make_act(library["town"], DAY), patron=patron, source="return:u1", days_late=1, item=A_BOOK
        )
    with CaptureQueriesContext(connection) as in_time:
        operations.after_return(
            make_act(library["town"], DAY), patron=patron, source="return:u2", days_late=0, item=A_BOOK
        )

    def own(captured):
        return [one["sql"] for one in captured if "SAVEPOINT" not in one["sql"]]

    assert (len(own(late)), len(own(in_time))) == (5, 1)
