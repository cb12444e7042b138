"""A telephone before a machine: the rotating code of an e-card is the card for as long as the reader stands there."""

from datetime import UTC, datetime, timedelta

import pytest

from wenlan.circulation.journals.models import JournalLine
from wenlan.circulation.models import Loan
from wenlan.circulation.testing import make_act, make_rule
from wenlan.holdings.testing import make_item
from wenlan.network.testing import make_network
from wenlan.patrons import operations, passes
from wenlan.patrons.testing import make_patron
from wenlan.patrons.types import CardKind
from wenlan.protocols.sip2 import codec, handlers, sittings
from wenlan.protocols.sip2.terminals import enrol, sign_in

pytestmark = pytest.mark.django_db
NOW = datetime(2019, 3, 4, 2, 15, tzinfo=UTC)


@pytest.fixture
def shown():
    """Return a code shown at `NOW`, and what a terminal is told that sends a message so many seconds later."""
    root, east = make_network("E")
    make_rule(root.id)
    reader = make_patron(node=east.id)
    card = operations.issue_card(make_act(east.id), patron=reader.id, number="E000000001", kind=CardKind.E_CARD)
    for number in (1, 2, 3):
        make_item(node=east.id, barcode=f"B{number}")
    for terminal in ("K1", "K2"):
        enrol(code=terminal, password="kiosk", node=east.id)
    terminals = {code: sign_in(code=code, password="kiosk") for code in ("K1", "K2")}

    def say(line: str, seconds: int, terminal: str = "K1"):
        received = codec.decode(line.encode(), "utf-8")
        return handlers.answer(received, terminal=terminals[terminal], at=NOW + timedelta(seconds=seconds)).response

    return passes.make(card.id, NOW), say


def lending(code, barcode, *, no_block="N", stamp="20190304    101500"):
    return f"11Y{no_block}{stamp}{' ' * 18}AO|AA{code}|AB{barcode}|AC|"


def test_a_machine_lends_to_the_code_of_an_e_card_that_is_shown_within_a_minute(shown):
    code, say = shown

    lent, late = say(lending(code, "B1"), 20), say(lending(code, "B2"), 70, "K2")

    assert (lent.ok, lent.patron_identifier, late.ok) == ("1", code, "0")
    assert late.screen_messages
    assert Loan.objects.count() == 1


def test_a_sitting_that_began_with_a_good_code_goes_on_until_it_is_ended(shown):
    code, say = shown
    end = f"3520190304    101500AO|AA{code}|AC|AD|"

    told = [say(lending(code, "B1"), 20).ok, say(lending(code, "B2"), 200).ok]
    ended, after = say(end, 220), say(lending(code, "B3"), 230)

    assert (told, ended.end_session, after.ok) == (["1", "1"], "Y", "0")


def test_a_sitting_without_a_word_for_five_minutes_is_over(shown):
    code, say = shown
    say(lending(code, "B1"), 20)

    assert say(lending(code, "B2"), 20 + int(sittings.LASTS.total_seconds())).ok == "0"


def test_a_loan_that_stands_is_answered_again_after_a_restart_however_late(shown):
    code, say = shown
    first = say(lending(code, "B1"), 20)
    sittings._open.clear()  # the server was started anew, and forgot who stood before the machine

    again = say(lending(code, "B1"), 900)

    assert (again.ok, again.due_date) == ("1", first.due_date)
    assert Loan.objects.count() == 1


def test_what_was_lent_while_the_line_was_cut_is_judged_by_its_own_hour(shown):
    code, say = shown
    right, wrong = "20190304    101540", "20190304    102500"

    assert say(lending(code, "B1", no_block="Y", stamp=right), 1800, "K1").ok == "1"
    assert say(lending(code, "B2", no_block="Y", stamp=wrong), 1800, "K2").ok == "1"  # a person will look
    assert Loan.objects.count() == 1
    assert JournalLine.objects.get().problem == "card_unknown"
