"""What `wenlan verify` proves of another system's past months."""

from datetime import date

import pytest

from wenlan.circulation.testing import make_act
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.moving.models import PastSum
from wenlan.moving.verification import differences
from wenlan.network.testing import make_network

pytestmark = pytest.mark.django_db
MARCH = date(2018, 3, 31)


def test_a_sum_that_was_told_and_told_anew_is_what_the_ledger_has():
    _root, east = make_network("EAST")
    act = make_act(east.id)
    for row, quantity in enumerate((900, -100)):
        source = f"moved:ilas:sum:loans:sum:{east.id}:{row}"
        ledger.record(act, Kind.LOAN_MADE, source=source, day=MARCH, quantity=quantity)
    about = {"source": "ilas", "measure": "loans", "node_id": east.id, "day": MARCH}
    told = PastSum.objects.create(quantity=800, rows=2, **about)
    assert differences() == []

    told.delete()
    PastSum.objects.create(quantity=7, rows=1, **about | {"measure": "visits"})

    assert [(one.place, one.rows[0].split(":")[3], one.expected, one.found) for one in differences()] == [
        ("day 2018-03-31", "loans", 0, 800),
        ("day 2018-03-31", "visits", 7, 0),
    ]
