from datetime import UTC, datetime

import pytest

from wenlan.kernel.acts import Act, Channel
from wenlan.network.testing import make_network
from wenlan.patrons import operations, passwords
from wenlan.patrons.errors import ReaderSignInRefused, ReaderTooManyTries
from wenlan.patrons.testing import make_patron

pytestmark = pytest.mark.django_db
NOW = datetime(2019, 5, 1, 2, tzinfo=UTC)


def reader_with_password(card="R1"):
    (root,) = make_network()
    reader = make_patron(node=root.id, card=card)
    act = Act(at=NOW, node=root.id, channel=Channel.DESK, key="p")
    passwords.set_password(act, patron=reader.id, password="三里湾2019")
    return act, reader


def test_a_reader_signs_in_with_card_and_password():
    _act, reader = reader_with_password("Abc1")

    assert passwords.check_sign_in(card="aBC1", password="三里湾2019", at=NOW).id == reader.id
    for card, password in (("ABC1", "wrong"), ("unknown", "三里湾2019")):
        with pytest.raises(ReaderSignInRefused):
            passwords.check_sign_in(card=card, password=password, at=NOW)


def test_a_lost_card_does_not_sign_in():
    act, reader = reader_with_password()
    operations.lose_card(act, card=reader.cards[0].id)

    with pytest.raises(ReaderSignInRefused):
        passwords.check_sign_in(card="R1", password="三里湾2019", at=NOW)


def test_guessing_is_slowed_down():
    reader_with_password()
    for _ in range(passwords.FREE_TRIES):
        with pytest.raises(ReaderSignInRefused):
            passwords.check_sign_in(card="R1", password="1", at=NOW)

    with pytest.raises(ReaderTooManyTries):
        passwords.check_sign_in(card="R1", password="三里湾2019", at=NOW)
    assert passwords.check_sign_in(card="R1", password="三里湾2019", at=NOW + passwords.HELD_BACK)
