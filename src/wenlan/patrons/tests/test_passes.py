"""The rotating code of an e-card."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlan.circulation import operations as circulation
from wenlan.circulation.testing import make_act, make_rule, scan
from wenlan.circulation.types import CardRef
from wenlan.holdings.testing import make_item
from wenlan.network.testing import make_network
from wenlan.patrons import operations, passes
from wenlan.patrons.errors import PassStale
from wenlan.patrons.testing import make_patron
from wenlan.patrons.types import CardKind

NOW = datetime(2019, 3, 4, 2, 0, 10, tzinfo=UTC)


@pytest.fixture
def e_card(db) -> tuple[int, int, str]:
    root = make_network()[0]
    make_rule(root.id)
    reader = make_patron(node=root.id)
    card = operations.issue_card(make_act(root.id), patron=reader.id, number="E000001", kind=CardKind.E_CARD)
    return root.id, card.id, card.number


def test_a_code_is_taken_for_a_minute_and_no_longer(e_card):
    _, card, number = e_card
    code = passes.make(card, NOW)

    assert passes.card_number(code.lower(), NOW) == number
    assert passes.card_number(code, NOW + timedelta(seconds=45)) == number
    for late in (timedelta(seconds=60), timedelta(days=1), timedelta(seconds=-30)):
        with pytest.raises(PassStale):
            passes.card_number(code, NOW + late)


def test_a_code_of_a_lost_card_and_a_made_up_one_open_nothing(e_card):
    node, card, _ = e_card
    code = passes.make(card, NOW)

    with pytest.raises(PassStale):
        passes.card_number(code[:-1] + ("A" if code[-1] != "A" else "B"), NOW)
    with pytest.raises(PassStale):
        passes.card_number(passes.make(card + 1, NOW), NOW)
    operations.lose_card(make_act(node), card=card)
    with pytest.raises(PassStale):
        passes.card_number(code, NOW)


@given(scanned=st.one_of(st.text(max_size=40), st.from_regex(r"WLQ[0-9A-Za-z]{15,40}", fullmatch=True)))
def test_every_other_scan_stays_as_it_is_or_is_refused(scanned):
    try:
        found = passes.card_number(scanned, NOW)
    except PassStale:
        assert passes.is_pass(scanned)
    else:
        assert found == scanned


def test_a_book_is_lent_to_a_code(e_card):
    node, card, _ = e_card
    book = make_item(node=node)
    act = make_act(node)

    lent = circulation.check_out(act, item=scan(book), card=CardRef(passes.make(card, act.at)))

    assert lent.patron is not None
