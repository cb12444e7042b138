"""What 63 and 23 say of a reader's recalled loans, and what the answers cost."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from wenlan.circulation.recalling import operations as recalling
from wenlan.circulation.recalling import queries as recalls
from wenlan.circulation.testing import lend, make_act, make_rule, make_special_rule, reserve, take_back
from wenlan.holdings.testing import make_item
from wenlan.network.testing import make_network
from wenlan.patrons.testing import make_patron
from wenlan.protocols.models import Terminal
from wenlan.protocols.sip2 import codec, handlers
from wenlan.protocols.sip2 import requests as ask
from wenlan.protocols.sip2.terminals import enrol, view_of
from wenlan.protocols.sip2.tests.talking import NOW

pytestmark = pytest.mark.django_db

AT = datetime(2019, 3, 4, 2, 15, tzinfo=UTC)
LATER = AT + timedelta(days=12)


@pytest.fixture
def lent():
    """A reader with four books at home; three of them were recalled by readers who wait, due ten days from now."""
    root, east = make_network("E")
    make_rule(root.id)
    make_special_rule(east.id, code="recalls", recall_days=10)
    reader = make_patron(node=east.id, card="R1")
    books = [make_item(node=east.id, barcode=f"B{number}") for number in range(1, 5)]
    for book in books:
        lend(book, reader, make_act(east.id, AT.date()))
    for book in books[:3]:
        wish = reserve(book, make_patron(node=east.id), make_act(east.id, AT.date()))
        recalling.recall(make_act(east.id, AT.date()), reservation=wish.id)
    enrol(code="K1", password="kiosk", node=east.id)
    return books


def say(request, at=AT):
    terminal = view_of(Terminal.objects.get(code="K1"))
    received = codec.decode(codec.encode(request, encoding="gbk")[:-1], "gbk")
    answer = handlers.answer(received, terminal=terminal, at=at).response
    return codec.decode(codec.encode(answer, encoding="gbk")[:-1], "gbk").message


def information(part=4, **said):
    summary = " " * part + "Y" + " " * (9 - part)
    return ask.PatronInformationRequest(
        **({"transaction_date": NOW, "summary": summary, "patron_identifier": "R1"} | said)
    )


def status():
    return ask.PatronStatusRequest(transaction_date=NOW, patron_identifier="R1")


def test_the_recalled_items_are_listed_with_their_count_and_in_parts(lent):
    whole = say(information())
    part = say(information(start_item="2", end_item="2"))
    others = say(information(2))

    assert (whole.recall_items_count, whole.recall_items) == ("0003", ("B1", "B2", "B3"))
    assert (part.recall_items_count, part.recall_items) == ("0003", ("B2",))
    assert (others.charged_items_count, others.recall_items_count, others.recall_items) == ("0004", "0003", ())


def test_what_came_back_or_is_not_asked_for_any_more_is_no_longer_recalled(lent):
    here = lent[0].shelved_at
    first, second, _ = recalls.recalls([here])
    take_back(lent[0], make_act(here, AT.date()))
    recalling.withdraw(make_act(here, AT.date()), recall=second.id)

    answer = say(information())

    assert first.barcode == "B1"
    assert (answer.recall_items_count, answer.recall_items) == ("0001", ("B3",))


def test_the_flag_of_an_overdue_recall_goes_up_when_it_is_overdue_and_not_before(lent):
    here = lent[0].shelved_at
    assert [say(status(), at).patron_status[6:13:6] for at in (AT, LATER)] == ["  ", "YY"]

    for book in lent[:3]:
        take_back(book, make_act(here, LATER.date()))

    assert say(status(), LATER + timedelta(days=30)).patron_status[6:13:6] == "Y "


def test_a_reader_is_told_of_at_a_fixed_number_of_statements(lent):
    costs = []
    for request in (status(), information(), information(2)):
        say(request)
        with CaptureQueriesContext(connection) as captured:
            say(request)
        costs.append(len(captured) - 1)  # our own reading of the terminal

    assert costs == [3, 8, 8]
