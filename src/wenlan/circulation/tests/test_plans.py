"""PostgreSQL's plans of the hot acts: none reads an index of all open loans, whatever its statistics say.

There are two such indexes, for lists. With statistics of a time when few loans were open, as after a restore or a busy
morning, PostgreSQL likes them for finding one loan too, and then each return reads all that is out.
"""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wenlan.circulation import operations
from wenlan.circulation.home_statements import at_home
from wenlan.circulation.models import Loan
from wenlan.circulation.testing import card_of, lend, make_act, make_rule, scan, take_back
from wenlan.holdings.testing import make_item
from wenlan.kernel.testing import plan_of
from wenlan.network.testing import make_network
from wenlan.patrons.testing import make_patron

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans by the shape of a statement alone"),
]
OF_ALL_OPEN_LOANS = "circulation_open_by_due"
OF_READERS = "circulation_open_by_reader"
OF_ONE_READER = re.compile(rf"(using|on) {OF_READERS} .*\n *Index Cond: \(patron_id = ")
PLANNED = ("SELECT", "WITH", "UPDATE", "INSERT", "DELETE")


def analyze():
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE circulation_loan")


@pytest.fixture
def desk():
    """A desk whose database knows statistics of before the first loan."""
    root, east = make_network("EAST")
    make_rule(root.id, renewals=2)
    reader, books = make_patron(node=east.id), [make_item(node=east.id) for _ in range(3)]
    analyze()
    lend(books[0], reader, make_act(east.id))  # fills what the process remembers
    return east.id, reader, books


def hot_acts(node, reader, books):
    lend(books[1], reader, make_act(node))
    operations.renew(make_act(node, seconds=60), item=scan(books[0]), card=card_of(reader))
    at_home(reader.id, 500)
    take_back(books[1], make_act(node, seconds=120))


def test_no_statement_of_a_hot_act_reads_all_open_loans(desk):
    with CaptureQueriesContext(connection) as captured:
        hot_acts(*desk)

    about_loans = {
        query["sql"]: plan_of(query["sql"])
        for query in captured.captured_queries
        if "circulation_loan" in query["sql"] and query["sql"].lstrip("( \n").startswith(PLANNED)
    }
    assert len(about_loans) >= 5  # lending, renewing, the panel, taking back: reads and writes
    assert [sql for sql, plan in about_loans.items() if reads_all_open_loans(plan)] == []
    assert any(OF_READERS in plan for plan in about_loans.values())  # the panel: what the reader has, not ever had


def reads_all_open_loans(plan):
    """Return whether an index of open loans is read further than for one reader."""
    return OF_ALL_OPEN_LOANS in plan or plan.count(OF_READERS) > len(OF_ONE_READER.findall(plan))


def test_this_would_see_a_plan_that_reads_all_open_loans(desk):
    all_that_is_out = Loan.objects.filter(lent_node=desk[0], returned_at=None, cancelled_at=None).order_by("due_on")

    assert reads_all_open_loans(plan_of(str(all_that_is_out.query)))
