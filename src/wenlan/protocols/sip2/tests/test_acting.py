"""Several terminals at once: one write to the disk for all, and no answer before it."""

import asyncio
from contextlib import closing
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wenlan.circulation.models import Loan
from wenlan.circulation.testing import make_rule
from wenlan.holdings.testing import make_item
from wenlan.network.testing import make_network
from wenlan.patrons.testing import make_patron
from wenlan.protocols.sip2 import acting, codec, handlers
from wenlan.protocols.sip2.requests import CheckoutRequest
from wenlan.protocols.sip2.terminals import enrol, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def conversations():
    root, east = make_network("E")
    make_rule(root.id)
    for number in range(3):
        make_patron(node=east.id, card=f"R{number}")
        make_item(node=east.id, barcode=f"B{number}")
        enrol(code=f"K{number}", password="kiosk", node=east.id)
    signed_in = [sign_in(code=f"K{number}", password="kiosk") for number in range(3)]
    return [acting.Conversation(peer="", terminal=terminal) for terminal in signed_in]


def asking(conversations, *pairs):
    with closing(asyncio.new_event_loop()) as loop:
        return [
            acting.Asked(
                conversation,
                codec.decode(f"11YN20190304    101500{' ' * 18}AO|AA{card}|AB{barcode}|AC|".encode(), "utf-8"),
                loop.create_future(),
            )
            for conversation, (card, barcode) in zip(conversations, pairs, strict=True)
        ]


def told(lines):
    return [codec.decode(line[:-1], "utf-8").message.ok for line in lines]


def test_acts_that_wait_together_are_written_together_and_a_refusal_stays_its_own(conversations):
    asked = asking(conversations, ("R0", "B0"), ("nobody", "B1"), ("R2", "B2"))

    with CaptureQueriesContext(connection) as statements:
        lines = acting.act_together(asked)

    assert told(lines) == ["1", "0", "1"]
    assert Loan.objects.count() == 2
    begun = [query["sql"] for query in statements if query["sql"].startswith("BEGIN")]
    assert len(begun) == 1


def test_two_terminals_after_one_book_are_answered_as_if_one_after_the_other(conversations):
    asked = asking(conversations, ("R0", "B0"), ("R1", "B0"), ("R2", "B0"))

    assert told(acting.act_together(asked)) == ["1", "0", "0"]
    assert Loan.objects.count() == 1


def test_what_fails_in_an_unforeseen_way_takes_no_other_terminal_along(conversations, monkeypatch):
    asked = asking(conversations, ("R0", "B0"), ("R1", "B1"), ("R2", "B2"))

    right = handlers.WAYS[CheckoutRequest]

    def fails_for_one(request, *rest):
        if request.patron_identifier == "R1":
            raise RuntimeError("a bug")
        return right.do(request, *rest)

    monkeypatch.setitem(handlers.WAYS, CheckoutRequest, replace(right, do=fails_for_one))
    lines = acting.act_together(asked)

    assert told([lines[0], lines[2]]) == ["1", "1"]
    assert lines[1] == b"96\r"
    assert Loan.objects.count() == 2
