"""Machines whose clock stands still: their messages of different days have the same bytes, and are different acts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from wenlan.circulation.models import Loan, Renewal
from wenlan.circulation.testing import make_rule
from wenlan.holdings.testing import make_item
from wenlan.network.testing import make_network
from wenlan.patrons.testing import make_patron
from wenlan.protocols.models import Terminal
from wenlan.protocols.sip2 import codec, handlers
from wenlan.protocols.sip2 import requests as ask
from wenlan.protocols.sip2.terminals import enrol, view_of
from wenlan.protocols.sip2.types import TerminalRight

pytestmark = pytest.mark.django_db

AT = datetime(2019, 3, 4, 2, 15, tzinfo=UTC)
STOPPED = ["20000101    000000", "20190304    000000", " " * 18]


@pytest.fixture
def say():
    root, east = make_network("E")
    make_rule(root.id, renewals=3)
    make_patron(node=east.id, card="R1")
    make_item(node=east.id, barcode="B1")
    enrol(code="K1", password="kiosk", node=east.id)
    terminal = replace(view_of(Terminal.objects.get()), rights=frozenset(TerminalRight.values))

    def said(request, at):
        line = codec.encode(request, encoding="utf-8")
        return handlers.answer(codec.decode(line[:-1], "utf-8"), terminal=terminal, at=at).response

    return said


@pytest.mark.parametrize("stopped", STOPPED)
def test_each_loan_and_each_return_is_made_though_their_messages_are_the_same(say, stopped):
    lend = ask.CheckoutRequest(transaction_date=stopped, patron_identifier="R1", item_identifier="B1")
    take = ask.CheckinRequest(transaction_date=stopped, return_date=stopped, item_identifier="B1")

    for hours in (0, 24, 72, 72.5):
        at = AT + timedelta(hours=hours)
        lent = [say(lend, at + timedelta(minutes=minute)) for minute in (0, 1)]  # the second as after a lost answer
        back = [say(take, at + timedelta(minutes=minute)) for minute in (9, 10)]
        assert [one.ok for one in lent + back] == ["1"] * 4
        assert lent[0].due_date == lent[1].due_date

    loans = Loan.objects.order_by("lent_at")
    assert [loan.lent_at for loan in loans] == [AT + timedelta(hours=hours) for hours in (0, 24, 72, 72.5)]
    assert [loan.returned_at - loan.lent_at for loan in loans] == [timedelta(minutes=9)] * 4


def test_what_was_cancelled_can_be_lent_again_and_cancelled_again(say):
    lend = ask.CheckoutRequest(transaction_date=STOPPED[0], patron_identifier="R1", item_identifier="B1")

    answers = [
        say(one, AT + timedelta(minutes=5 * day)) for day in range(3) for one in (lend, replace(lend, cancel="Y"))
    ]

    assert [one.ok for one in answers] == ["1"] * 6
    assert [loan.cancelled_at is not None for loan in Loan.objects.all()] == [True] * 3


def test_a_renewal_of_another_day_is_another_renewal(say):
    say(ask.CheckoutRequest(transaction_date=STOPPED[0], patron_identifier="R1", item_identifier="B1"), AT)
    renew = ask.RenewRequest(transaction_date=STOPPED[0], patron_identifier="R1", item_identifier="B1")

    answers = [say(renew, AT + timedelta(days=day, minutes=minute)) for day in (1, 2) for minute in (0, 1)]

    assert [one.ok for one in answers] == ["1"] * 4
    assert Renewal.objects.count() == 2


def test_a_machine_with_a_clock_that_sends_its_old_return_again_ends_no_later_loan(say):
    stamp = "20190304    101500"
    lend = ask.CheckoutRequest(transaction_date=stamp, patron_identifier="R1", item_identifier="B1")
    take = ask.CheckinRequest(transaction_date=stamp, return_date=stamp, item_identifier="B1")
    say(lend, AT)
    say(take, AT)
    say(replace(lend, transaction_date="20190304    111500"), AT + timedelta(hours=1))

    assert say(take, AT + timedelta(hours=2)).ok == "1"
    assert Loan.objects.filter(returned_at=None).count() == 1
