from datetime import UTC, date, datetime

import pytest

from wenlan.indicators import queries, tasks
from wenlan.indicators.testing import make_tree
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.ledger.testing import make_act

pytestmark = pytest.mark.django_db


def test_the_clock_brings_the_sums_up_to_date():
    tree = make_tree()
    act = make_act(date(2019, 3, 4), node=tree["MAIN"])
    ledger.record_many([ledger.event_row(act, Kind.VISIT_COUNTED, source=f"gate:{n}") for n in range(450)])

    assert tasks.follow(datetime(2019, 3, 4, tzinfo=UTC)) == 450
    assert queries.unfolded_count() == 0
