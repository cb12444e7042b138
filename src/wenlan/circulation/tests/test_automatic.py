"""Loans that renew themselves by rule: recorded as automatic, not where anything stands against it, and told."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wenlan.circulation import automatic, tasks
from wenlan.circulation import queries as loans
from wenlan.circulation.models import Renewal
from wenlan.circulation.testing import lend, make_act, make_rule, make_special_rule, reserve
from wenlan.circulation.verification import differences
from wenlan.holdings.testing import make_item
from wenlan.indicators import operations as cubes
from wenlan.indicators.queries import figures
from wenlan.jobs import queries as posted
from wenlan.kernel.periods import Period
from wenlan.ledger import operations as ledger
from wenlan.network.testing import make_network
from wenlan.patrons import operations as patrons
from wenlan.patrons.testing import make_patron

pytestmark = pytest.mark.django_db
BEFORE = date(2019, 4, 2)  # the day before what was lent on 4 March is due


@pytest.fixture
def places() -> tuple[int, int, int]:
    """Two branches; loans of the east renew themselves, serials do not."""
    root, east, west = make_network("EAST", "WEST")
    make_rule(root.id)
    make_special_rule(east.id, code="itself", renews_itself=True)
    make_special_rule(east.id, code="serials", material="serial", renews_itself=False)
    return root.id, east.id, west.id


def morning(day: date) -> datetime:
    return datetime.combine(day, time(1), UTC)


def due(book) -> date:
    found = loans.loan_of_item(book.id)
    assert found is not None
    return found.due_on


def told() -> dict[tuple[str, int], dict]:
    return {(one["template"], one["patron"]): one["facts"] for _id, one in posted.posted("notices", 50)}


def lent(node: int, reader, **more):
    book = make_item(node=node, **more)
    lend(book, reader, make_act(node))
    return book


def test_what_is_due_tomorrow_renews_itself_once_and_counts_as_no_service(places):
    root, east, west = places
    ledger.load_measures()
    li = make_patron(node=east, name="李雷")
    books = [lent(east, li), lent(east, li)]
    by_hand = [lent(west, li), lent(east, li, material="serial")]

    renewed = [automatic.renew_due(morning(day)) for day in (date(2019, 4, 1), BEFORE, BEFORE, date(2019, 4, 3))]

    assert renewed == [0, 2, 0, 0]
    assert [due(book) for book in books] == [date(2019, 5, 3)] * 2
    assert [due(book) for book in by_hand] == [date(2019, 4, 3)] * 2
    assert set(Renewal.objects.values_list("initiative", "node", "renewed_by")) == {("automatic", east, "device:clock")}
    cubes.fold()
    found = figures(["renewals", "renewals_automatic"], node=root, period=Period.year(2019))
    assert {code: one.value for code, one in found.items()} == {"renewals": 0, "renewals_automatic": 2}
    facts = told()["renewed_by_itself", li.id]
    assert (facts["items"], facts["due_on"]) == (2, "2019-05-03")
    assert "2019-05-03" in facts["list"]
    assert differences() == []


def test_nothing_renews_itself_that_could_not_be_renewed_and_its_reader_learns_why(places):
    _, east, _ = places
    waited, blocked, used, expired = (make_patron(node=east) for _ in range(4))
    books = [lent(east, reader) for reader in (waited, blocked, used, expired)]
    reserve(books[0], make_patron(node=east), make_act(east))
    patrons.suspend(make_act(east, date(2019, 3, 20)), patron=blocked.id, until=None, reason="损书未赔")
    patrons.extend(make_act(east, date(2019, 3, 20)), patron=expired.id, until=date(2019, 3, 31))
    assert automatic.renew_due(morning(BEFORE)) == 1  # the third: its one renewal
    second = due(books[2])

    assert automatic.renew_due(morning(second - timedelta(days=1))) == 0

    assert second == date(2019, 5, 3)
    assert [due(books[place]) for place in (0, 1, 3)] == [date(2019, 4, 3)] * 3
    reasons = {patron: facts["why_en"] for (template, patron), facts in told().items() if template == "not_renewed"}
    assert reasons.keys() == {waited.id, blocked.id, used.id, expired.id}
    assert reasons[blocked.id] == "The reader is suspended from borrowing"
    assert "waits" in reasons[waited.id] or "reserved" in reasons[waited.id]
    assert told()["not_renewed", waited.id]["due_on"] == "2019-04-03"
    assert differences() == []


def test_the_clock_renews_by_day_and_asks_little_where_no_rule_says_so(places, monkeypatch):
    _, east, _west = places
    book = lent(east, make_patron(node=east))

    night, day = datetime(2019, 4, 1, 18, tzinfo=UTC), morning(BEFORE)
    done = [tasks.renew_by_rule(at) for at in (night, day)]
    monkeypatch.setattr(automatic, "places_with_such_rules", lambda _on: frozenset())
    with CaptureQueriesContext(connection) as spent:
        automatic.renew_due(day)

    assert (done, due(book), len(spent)) == ([0, 1], date(2019, 5, 3), 0)
