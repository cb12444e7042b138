"""A loan that is recalled: due earlier by rule, its reader told, on a list, withdrawn when nobody waits any more."""

from datetime import UTC, date, datetime, time

import pytest

from wenlan.circulation import queries as loans
from wenlan.circulation.closing import operations as closing
from wenlan.circulation.closing.types import Span
from wenlan.circulation.recalling import operations, queries
from wenlan.circulation.recalling.errors import NothingToRecall, RecallOver
from wenlan.circulation.reserving import operations as reserving
from wenlan.circulation.reserving.errors import ReservationOver
from wenlan.circulation.testing import lend, make_act, make_rule, make_special_rule, reserve, take_back
from wenlan.circulation.verification import differences
from wenlan.holdings.testing import make_item
from wenlan.jobs import queries as posted
from wenlan.network.testing import make_network
from wenlan.patrons.testing import make_patron
from wenlan.staff.testing import signed_in
from wenlan.ui import clock

pytestmark = pytest.mark.django_db
PAGE = "/desk/circulation/reservations/"


@pytest.fixture
def places(monkeypatch) -> tuple[int, int]:
    """Two branches; a loan of the east is due ten days after it was recalled."""
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(date(2019, 3, 5), time(2), UTC))
    root, east, west = make_network("EAST", "WEST")
    make_rule(root.id)
    make_special_rule(east.id, code="recalls", recall_days=10)
    return east.id, west.id


def due(book) -> date:
    found = loans.loan_of_item(book.id)
    assert found is not None
    return found.due_on


def told() -> list[tuple[str, int, str]]:
    messages = [one for _id, one in posted.posted("notices", 50)]
    return [(one["template"], one["patron"], one["facts"]["due_on"]) for one in messages if "recall" in one["template"]]


def test_a_recalled_loan_is_due_earlier_by_its_rule_and_its_reader_is_told_once(places):
    east, _ = places
    book, borrower = make_item(node=east), make_patron(node=east)
    lend(book, borrower, make_act(east))
    wish = reserve(book, make_patron(node=east), make_act(east))

    made = operations.recall(make_act(east, key="r"), reservation=wish.id)
    again = operations.recall(make_act(east, key="r"), reservation=wish.id)
    with pytest.raises(NothingToRecall):
        operations.recall(make_act(east), reservation=wish.id)

    (one,) = queries.recalls([east])
    assert (made, due(book)) == (again, date(2019, 3, 14))
    assert (one.patron, one.due_before, one.due_on, one.was_shortened) == (
        borrower.id, date(2019, 4, 3), date(2019, 3, 14), True,
    )  # fmt: skip
    assert told() == [("recall", borrower.id, "2019-03-14")]
    assert take_back(book, make_act(east, date(2019, 3, 15))).overdue_days == 1
    assert (queries.recalls([east]), differences()) == ((), [])


def test_a_rule_of_the_place_of_loan_decides_and_without_one_the_reader_is_only_asked(places):
    east, west = places
    there = make_item(node=west)
    lend(there, make_patron(node=west), make_act(west))
    nearly_due = make_item(node=east)
    lend(nearly_due, make_patron(node=east), make_act(east, date(2019, 2, 5)))

    for book in (there, nearly_due):
        wish = reserve(book, make_patron(node=east), make_act(east, date(2019, 3, 4)))
        operations.recall(make_act(east, date(2019, 3, 4)), reservation=wish.id)

    assert [due(there), due(nearly_due)] == [date(2019, 4, 3), date(2019, 3, 7)]
    assert [one.was_shortened for one in queries.recalls([east, west])] == [False, False]


def test_the_recall_is_withdrawn_when_nobody_waits_any_more(places):
    east, _ = places
    book, borrower = make_item(node=east), make_patron(node=east)
    lend(book, borrower, make_act(east))
    wish = reserve(book, make_patron(node=east), make_act(east))
    operations.recall(make_act(east), reservation=wish.id)
    assert operations.tidy(clock.now()) == 0

    reserving.cancel(make_act(east), reservation=wish.id)
    with pytest.raises(ReservationOver):
        operations.recall(make_act(east), reservation=wish.id)
    done = [operations.tidy(clock.now()) for _ in range(2)]

    assert (done, due(book), queries.recalls([east])) == ([1, 0], date(2019, 4, 3), ())
    assert told()[-1] == ("recall_withdrawn", borrower.id, "2019-04-03")
    assert differences() == []


def test_two_who_wait_recall_two_copies_and_a_closure_before_stays_verified(places):
    east, _ = places
    first = make_item(node=east)
    copies = [first, make_item(node=east, record=first.record)]
    for number, copy in enumerate(copies):
        lend(copy, make_patron(node=east), make_act(east, date(2019, 3, 1 + number)))
    span = Span(node=east, start=date(2019, 3, 25), end=date(2019, 4, 10), due_again=date(2019, 4, 15))
    closing.move_due_dates(make_act(east), span=span, reason="防疫闭馆")
    while closing.carry_on(clock.now()):
        pass
    wishes = [reserve(first, make_patron(node=east), make_act(east)) for _ in copies]

    for wish in wishes:
        operations.recall(make_act(east), reservation=wish.id)

    assert [due(copy) for copy in copies] == [date(2019, 3, 14)] * 2
    assert differences() == []


def test_the_list_of_recalls_names_readers_to_those_who_may_see_them_and_withdraws(places):
    east, west = places
    book = make_item(node=east)
    lend(book, make_patron(node=east, name="王小明"), make_act(east))
    wish = reserve(book, make_patron(node=east), make_act(east))
    client = signed_in(east, "circulation")
    empty = client.get(f"{PAGE}?list=recalled").content.decode()
    client.post(f"{PAGE}{wish.id}/recall", {"list": "waiting"})
    (one,) = queries.recalls([east])

    listed = client.get(f"{PAGE}?list=recalled").content.decode()
    denied = signed_in(west, "circulation").post(f"{PAGE}recalls/{one.id}/withdraw").status_code
    client.post(f"{PAGE}recalls/{one.id}/withdraw")
    with pytest.raises(RecallOver):
        operations.withdraw(make_act(east), recall=one.id)

    assert "is listed here" in empty
    assert {book.barcode in listed, "2019-03-15" in listed} == {True}
    assert (denied, due(book)) == (403, date(2019, 4, 3))
