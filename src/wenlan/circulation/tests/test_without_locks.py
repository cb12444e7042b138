"""Loans and returns read without a lock, on PostgreSQL: two statements, and nothing when rows changed meanwhile."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from wenlan.circulation.errors import CheckoutRefused
from wenlan.circulation.models import Loan
from wenlan.circulation.operations import renew
from wenlan.circulation.testing import lend, make_act, make_rule, reserve, scan, take_back
from wenlan.circulation.types import NextStep, Refusal
from wenlan.circulation.verification import differences
from wenlan.holdings.testing import make_item
from wenlan.ledger import operations as ledger
from wenlan.network.testing import make_network
from wenlan.patrons import operations as patrons
from wenlan.patrons.testing import make_patron

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
Reader = apps.get_model("patrons", "Patron")


@pytest.fixture
def library():
    (root,) = make_network()
    make_rule(root.id)
    ledger.ensure_token_keys(make_act(root.id).day.year)
    return root.id


def elsewhere(done: Callable[[], object]) -> threading.Thread:
    """Do something over another connection."""

    def work() -> None:
        try:
            done()
        finally:
            connection.close()

    other = threading.Thread(target=work)
    other.start()
    return other


def between(done: Callable[[], object]) -> Any:
    """Between the read of an act and its write, once, let another desk do something."""
    left = [done]

    def meet(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if "SKIP LOCKED" in sql and left:
            elsewhere(left.pop()).join()
        return execute(sql, params, many, context)

    return connection.execute_wrapper(meet)


def test_a_loan_and_a_return_are_two_statements_each_and_no_transaction_around_them(library):
    item, reader = make_item(node=library), make_patron(node=library)
    for _ in range(2):  # the first reads rules and tree, once a process
        with CaptureQueriesContext(connection) as lending:
            lend(item, reader, make_act(library))
        with CaptureQueriesContext(connection) as returning:
            take_back(item, make_act(library))

    said = [query["sql"] for act in (lending, returning) for query in act.captured_queries]
    assert [("SKIP LOCKED" in sql, "BEGIN" in sql) for sql in said] == [(False, False), (True, False)] * 2
    assert differences() == []


def test_a_reader_who_was_suspended_after_the_read_gets_nothing(library):
    item, reader = make_item(node=library), make_patron(node=library)

    def suspend() -> None:
        patrons.suspend(make_act(library), patron=reader.id, reason="damage")

    with between(suspend), pytest.raises(CheckoutRefused) as refused:
        lend(item, reader, make_act(library))

    assert refused.value.refusals == (Refusal.READER_SUSPENDED,)
    assert not Loan.objects.exists()


def test_an_item_that_another_desk_lent_after_the_read_is_not_lent_again(library):
    item, first, second = make_item(node=library), make_patron(node=library), make_patron(node=library)

    with between(lambda: lend(item, first, make_act(library))), pytest.raises(CheckoutRefused) as refused:
        lend(item, second, make_act(library))

    assert refused.value.refusals == (Refusal.ITEM_ON_LOAN,)
    assert [loan.patron_id for loan in Loan.objects.all()] == [first.id]
    assert differences() == []


def test_a_book_that_was_reserved_after_the_read_is_kept_for_who_waits(library):
    item, reader, next_one = make_item(node=library), make_patron(node=library), make_patron(node=library)
    lend(item, reader, make_act(library))

    with between(lambda: reserve(item, next_one, make_act(library))):
        back = take_back(item, make_act(library))

    assert (back.next_step, back.held and back.held.patron) == (NextStep.HOLD, next_one.id)
    assert differences() == []


def test_a_loan_that_was_renewed_after_the_read_is_returned_with_its_new_date(library):
    item, reader = make_item(node=library), make_patron(node=library)
    lent = lend(item, reader, make_act(library))

    with between(lambda: renew(make_act(library), item=scan(item))):
        back = take_back(item, make_act(library))

    assert back.due_on is not None
    assert (back.was_on_loan, back.due_on > lent.due_on) == (True, True)
    assert differences() == []


def test_while_another_desk_is_at_the_reader_the_loan_waits_for_what_it_does(library):
    item, reader = make_item(node=library), make_patron(node=library)
    is_held, may_go = threading.Event(), threading.Event()

    def close_the_account() -> None:
        with transaction.atomic():
            row = Reader.objects.select_for_update(no_key=True).get(pk=reader.id)
            is_held.set()
            may_go.wait(10)
            row.status = "deregistered"
            row.save(update_fields=["status"])

    other = elsewhere(close_the_account)
    is_held.wait(10)
    threading.Timer(0.2, may_go.set).start()
    with pytest.raises(CheckoutRefused):
        lend(item, reader, make_act(library))
    other.join()

    assert not Loan.objects.exists()
