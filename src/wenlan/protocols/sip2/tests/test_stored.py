"""What machines did while their line was cut: booked with its day, or it waits for a person; nothing is refused."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from wenlan.circulation.journals import deciding
from wenlan.circulation.journals.models import JournalLine
from wenlan.circulation.journals.types import Decision
from wenlan.circulation.models import Loan
from wenlan.circulation.testing import make_act, make_rule
from wenlan.holdings import queries as holdings
from wenlan.holdings.testing import make_item
from wenlan.network.testing import make_network
from wenlan.patrons import queries as readers
from wenlan.patrons.testing import make_category, make_patron
from wenlan.protocols.models import Terminal
from wenlan.protocols.sip2 import codec, handlers
from wenlan.protocols.sip2 import requests as ask
from wenlan.protocols.sip2.terminals import enrol, view_of
from wenlan.protocols.sip2.types import FaultKind, TerminalRight

pytestmark = pytest.mark.django_db

AT = datetime(2019, 3, 4, 2, 15, tzinfo=UTC)  # a quarter past ten in China
NOW = "20190304    101500"
EVERY_RIGHT = frozenset(TerminalRight.values)


@pytest.fixture
def place():
    root, east = make_network("E")
    make_rule(root.id)
    make_patron(node=east.id, card="R1", name="李明")
    make_item(node=east.id, barcode="B1")
    enrol(code="K1", password="kiosk", node=east.id)
    return east


def terminal_with(rights=EVERY_RIGHT):
    return replace(view_of(Terminal.objects.get(code="K1")), rights=rights)


def say(request, *, terminal=None, at=AT):
    """Return the reply to a message that came over the wire."""
    terminal = terminal or terminal_with()
    line = codec.encode(request, encoding=terminal.encoding)
    return handlers.answer(codec.decode(line[:-1], terminal.encoding), terminal=terminal, at=at)


def checkout(barcode="B1", card="R1", **said):
    return ask.CheckoutRequest(
        **({"transaction_date": NOW, "patron_identifier": card, "item_identifier": barcode} | said)
    )


def checkin(barcode="B1", **said):
    return ask.CheckinRequest(**({"transaction_date": NOW, "return_date": NOW, "item_identifier": barcode} | said))


def test_what_was_lent_while_the_line_was_cut_is_booked_with_its_day_whatever_the_limit(place):
    make_category("one", loan_limit=1)
    make_patron(node=place.id, card="R5", category="one")
    for number in (5, 6):
        make_item(node=place.id, barcode=f"B{number}")
    say(checkout("B5", "R5"))

    at_once = say(checkout("B6", "R5")).response
    stored = say(checkout("B6", "R5", no_block="Y", transaction_date="20190301    160000")).response

    assert (at_once.ok, stored.ok) == ("0", "1")
    loan = Loan.objects.get(item=holdings.item_by_barcode("B6").id)
    assert (loan.lent_on.isoformat(), loan.due_on.isoformat()) == ("2019-03-01", "2019-03-31")


def test_a_stored_act_without_a_date_that_can_be_waits_for_a_person_and_is_listed(place):
    requests = [
        checkout(no_block="Y", transaction_date=stamp) for stamp in ("20180101    101500", "20190305    101500")
    ]
    undated = checkout(no_block="Y", transaction_date=" " * 18)
    replies = [say(request) for request in (*requests, undated, undated)]
    plain = say(checkout(no_block="Y"), terminal=terminal_with(rights=EVERY_RIGHT - {"stored"}))
    next_day = say(undated, at=AT + timedelta(days=1))

    assert [reply.response.ok for reply in (*replies, next_day)] == ["1"] * 5
    assert [reply.fault for reply in replies] == [FaultKind.STORED] * 4
    assert (plain.response.ok, plain.fault) == ("0", FaultKind.NOT_ALLOWED)
    assert Loan.objects.count() == 0
    waiting = JournalLine.objects.values_list("device", "act", "problem", "told__card", "told__item")
    assert list(waiting) == [("K1", "checkout", "clock_off", "R1", "B1")] * 4  # the one that was repeated once


@pytest.mark.parametrize(
    ("request_", "problem"),
    [
        (
            ask.CheckoutRequest(no_block="Y", transaction_date=NOW, patron_identifier="R1", item_identifier="?"),
            "item_unknown",
        ),
        (
            ask.CheckoutRequest(no_block="Y", transaction_date=NOW, patron_identifier="?", item_identifier="B1"),
            "card_unknown",
        ),
        (ask.CheckoutRequest(no_block="Y", transaction_date=NOW, patron_identifier="R1"), "unreadable"),
        (ask.CheckinRequest(no_block="Y", transaction_date=NOW, return_date=NOW, item_identifier="?"), "item_unknown"),
        (
            ask.RenewRequest(no_block="Y", transaction_date=NOW, patron_identifier="R1", item_identifier="B1"),
            "not_renewable",
        ),
    ],
)
def test_a_stored_act_that_cannot_be_booked_waits_once_and_the_machine_hears_yes(place, request_, problem):
    first, again = say(request_), say(request_)

    assert (first.response.ok, first.response) == ("1", again.response)
    assert len(first.response.screen_messages) == 2
    assert [line.problem for line in JournalLine.objects.all()] == [problem]


def test_a_stored_loan_of_what_another_took_since_waits_and_what_is_decided_holds(place):
    make_patron(node=place.id, card="R2")
    earlier = checkout(card="R2", no_block="Y", transaction_date="20190304    090000")
    say(checkout())

    waits = say(earlier)
    line = JournalLine.objects.get()
    who = make_act(place.id, AT.date(), key="decided")
    deciding.decide(who, line=line.id, decision=Decision.SET_ASIDE, reason="拿错了")
    told = say(earlier)

    assert (waits.response.ok, line.problem, told.response.ok, told.fault) == ("1", "acted_since", "1", None)
    assert [loan.patron_id for loan in Loan.objects.all()] == [readers.patron_id_by_card("R1")]


def test_a_stored_return_of_before_the_present_loan_leaves_that_loan_open(place):
    say(checkout())  # at a quarter past ten

    old = say(checkin(no_block="Y", return_date="20190304    090000")).response
    assert (old.ok, old.alert) == ("1", "N")
    assert Loan.objects.get().returned_at is None

    new = say(checkin(no_block="Y", return_date="20190304    111500"), at=AT + timedelta(hours=2)).response
    assert new.ok == "1"
    assert Loan.objects.get().returned_at == datetime(2019, 3, 4, 3, 15, tzinfo=UTC)
