"""The monthly tables that reports print, from the measures as they are shipped."""

from datetime import date

import pytest

from wenlan.indicators import operations, queries
from wenlan.indicators.testing import make_tree
from wenlan.kernel.periods import Period
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.ledger.testing import make_act
from wenlan.ledger.types import ReaderDimensions

pytestmark = pytest.mark.django_db

YEAR = Period.year(2019)
MARCH, APRIL = date(2019, 3, 1), date(2019, 4, 1)


@pytest.fixture
def tree():
    return make_tree()


def table(code, node, *by):
    return {cell.keys: cell.value for cell in queries.breakdown(code, node=node, period=YEAR, by=by)}


def record(tree, *acts):
    rows = [
        ledger.event_row(
            make_act(day, node=tree[place]), kind, source=f"row:{number}", quantity=quantity, reader=reader
        )
        for number, (place, kind, day, quantity, reader) in enumerate(acts)
    ]
    ledger.record_many(rows)
    operations.fold_all()


@pytest.mark.capability("C05")
def test_readers_who_borrowed_are_counted_by_month_each_once(tree):
    li, wang = ReaderDimensions(person_token=1), ReaderDimensions(person_token=2)
    record(
        tree,
        ("MAIN", Kind.LOAN_MADE, date(2019, 3, 4), 1, li),
        ("EAST", Kind.LOAN_MADE, date(2019, 3, 5), 1, li),
        ("EAST", Kind.LOAN_MADE, date(2019, 3, 5), 1, li),
        ("MAIN", Kind.LOAN_MADE, date(2019, 4, 8), 1, li),
        ("MAIN", Kind.LOAN_MADE, date(2019, 4, 8), 1, wang),
    )

    assert table("borrowers", tree["NET"], "month") == {(MARCH,): 1, (APRIL,): 2}
    assert table("borrowing_visits", tree["NET"], "month") == {(MARCH,): 2, (APRIL,): 2}


@pytest.mark.capability("C06")
def test_loans_and_returns_stand_in_one_table_by_month_and_place(tree):
    record(
        tree,
        ("MAIN", Kind.LOAN_MADE, date(2019, 3, 4), 1, None),
        ("EAST", Kind.LOAN_RETURNED, date(2019, 3, 9), 1, None),
        ("EAST", Kind.LOAN_RETURNED, date(2019, 4, 2), 1, None),
    )

    assert table("loans", tree["NET"], "month", "node") == {(MARCH, tree["MAIN"]): 1}
    assert table("returns", tree["NET"], "month", "node") == {(MARCH, tree["EAST"]): 1, (APRIL, tree["EAST"]): 1}
    assert table("loans_and_returns", tree["NET"], "month") == {(MARCH,): 2, (APRIL,): 1}


@pytest.mark.capability("C10")
def test_gate_counts_stand_in_a_table_by_month(tree):
    record(
        tree,
        ("MAIN", Kind.VISIT_COUNTED, date(2019, 3, 4), 1214, None),
        ("EAST", Kind.VISIT_COUNTED, date(2019, 3, 4), 86, None),
        ("MAIN", Kind.VISIT_COUNTED, date(2019, 4, 1), 990, None),
    )

    assert table("visits", tree["NET"], "month") == {(MARCH,): 1300, (APRIL,): 990}
