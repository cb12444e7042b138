"""A telephone held before a machine: the rotating code of an e-card is the card, for a minute."""

from datetime import UTC, datetime, timedelta

import pytest

from wenlan.circulation.models import Loan
from wenlan.circulation.testing import make_act, make_rule
from wenlan.holdings.testing import make_item
from wenlan.network.testing import make_network
from wenlan.patrons import operations, passes
from wenlan.patrons.testing import make_patron
from wenlan.patrons.types import CardKind
from wenlan.protocols.sip2 import codec, handlers
from wenlan.protocols.sip2.terminals import enrol, sign_in

pytestmark = pytest.mark.django_db
NOW = datetime(2019, 3, 4, 2, 15, tzinfo=UTC)


def test_a_machine_lends_to_the_code_of_an_e_card_for_a_minute():
    root, east = make_network("E")
    make_rule(root.id)
    reader = make_patron(node=east.id)
    card = operations.issue_card(make_act(east.id), patron=reader.id, number="E000000001", kind=CardKind.E_CARD)
    make_item(node=east.id, barcode="B1"), make_item(node=east.id, barcode="B2")
    enrol(code="K1", password="kiosk", node=east.id)
    terminal = sign_in(code="K1", password="kiosk")
    code = passes.make(card.id, NOW)

    def lend(barcode: str, at: datetime):
        line = f"11YN20190304    101500{' ' * 18}AO|AA{code}|AB{barcode}|AC|"
        return handlers.answer(codec.decode(line.encode(), "utf-8"), terminal=terminal, at=at).response

    lent, late = lend("B1", NOW + timedelta(seconds=20)), lend("B2", NOW + timedelta(seconds=70))

    assert (lent.ok, lent.patron_identifier, late.ok) == ("1", code, "0")
    assert late.screen_messages
    assert [loan.patron_id for loan in Loan.objects.all()] == [reader.id]
