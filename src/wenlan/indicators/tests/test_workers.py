"""Several workers fold at once. Only PostgreSQL has several; on SQLite there is one writer."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection

from wenlan.indicators import operations, queries, verification
from wenlan.indicators.testing import make_tree
from wenlan.kernel.periods import Period
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.ledger.testing import make_act
from wenlan.ledger.types import MeasureView, ReaderDimensions

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def fold_until_done() -> int:
    try:
        return operations.fold_all(37)
    finally:
        connection.close()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer")
def test_workers_that_fold_at_once_add_each_act_once():
    tree = make_tree()
    places = list(tree.values())
    ledger.ensure_partitions(date(2019, 1, 1), date(2019, 4, 1))
    rows = [
        ledger.event_row(
            make_act(date(2019, 1, 20) + timedelta(days=number % 90), node=places[number % 5]),
            Kind.LOAN_MADE,
            reader=ReaderDimensions(age=number % 60, person_token=number % 50),
            source=f"loan:{number}",
        )
        for number in range(3000)
    ]
    ledger.record_many(rows)

    with ThreadPoolExecutor(4) as workers:
        added = sum(workers.map(lambda _: fold_until_done(), range(4)))

    ledger.declare_measure(
        MeasureView(code="all", words={"zh": "外借", "en": "Loans"}, kinds=("loan.made",), origin="browser")
    )
    assert added == 3000
    assert verification.differences() == []
    assert queries.figures(["all"], node=tree["NET"], period=Period.year(2019))["all"].value == 3000
