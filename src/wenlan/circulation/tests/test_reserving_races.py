"""A wish and a return at the same moment, and two copies that come back for one reader, on PostgreSQL."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from django.db import connection

from wenlan.circulation.models import Reservation
from wenlan.circulation.reserving.errors import ReservationRefused
from wenlan.circulation.testing import lend, make_act, make_rule, make_special_rule, reserve, take_back
from wenlan.circulation.types import NextStep
from wenlan.circulation.verification import differences
from wenlan.holdings.testing import make_item
from wenlan.network.testing import make_network
from wenlan.patrons.testing import make_patron

pytestmark = [pytest.mark.postgresql, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
TRIES = 60
LONGEST_WAIT = 60.0


def together(*acts: Callable[[], object]) -> list[object]:
    """Do acts at the same moment on connections of their own; return what they answered."""
    barrier = threading.Barrier(len(acts))

    def one(act: Callable[[], object]) -> object:
        with closing(connection):
            barrier.wait(LONGEST_WAIT)
            return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [done.result() for done in [pool.submit(one, act) for act in acts]]


def test_a_wish_and_a_return_at_once_never_leave_a_reader_waiting_beside_the_shelf():
    (root,) = make_network()
    make_rule(root.id)
    for _ in range(TRIES):
        book, reader = make_item(node=root.id), make_patron(node=root.id)
        lend(book, make_patron(node=root.id), make_act(root.id))

        returned, wish = together(
            lambda book=book: take_back(book, make_act(root.id)),
            lambda book=book, reader=reader: reserve(book, reader, make_act(root.id)),
        )

        state = Reservation.objects.get(pk=wish.id).state
        assert (returned.next_step, state) in {(NextStep.HOLD, "ready"), (NextStep.SHELVE, "to_pick")}
    assert differences() == []


def test_two_copies_that_come_back_at_once_serve_one_reader_with_one_copy():
    (root,) = make_network()
    make_rule(root.id)
    for _ in range(TRIES):
        first, borrower = make_item(node=root.id), make_patron(node=root.id)
        second = make_item(node=root.id, record=first.record)
        for copy in (first, second):
            lend(copy, borrower, make_act(root.id))
        reserve(first, make_patron(node=root.id), make_act(root.id))

        back = together(
            lambda first=first: take_back(first, make_act(root.id)),
            lambda second=second: take_back(second, make_act(root.id)),
        )

        assert sorted(one.next_step for one in back) == [NextStep.HOLD, NextStep.SHELVE]
    assert differences() == []


def test_two_wishes_at_once_never_pass_the_limit_of_reservations():
    (root,) = make_network()
    make_rule(root.id)
    make_special_rule(root.id, reservations=1)
    for _ in range(TRIES):
        books, reader = [make_item(node=root.id) for _ in range(2)], make_patron(node=root.id)

        def tries(book, reader=reader) -> int:
            try:
                reserve(book, reader, make_act(root.id))
            except ReservationRefused:
                return 0
            return 1

        made = together(*(lambda book=book: tries(book) for book in books))

        assert sorted(made) == [0, 1]
    assert differences() == []
