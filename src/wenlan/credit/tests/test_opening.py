"""Sums of another system taken over, stated anew, and never more than is still there."""

from datetime import date

import pytest

from wenlan.credit.money.errors import NothingToPay
from wenlan.credit.money.opening import OldBalance, take_over
from wenlan.credit.testing import make_act
from wenlan.credit.verification import differences
from wenlan.network.testing import make_network
from wenlan.patrons import queries as patrons
from wenlan.patrons.testing import make_patron

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    _, main = make_network("MAIN")
    return make_patron(node=main.id)


def state(reader, deposit, owed) -> int:
    balance = OldBalance(patron=reader.id, deposit_fen=deposit, owed_fen=owed)
    return take_over(make_act(reader.home_node, date(2021, 3, 4)), balances=[balance])


def balances(reader) -> tuple[int, int]:
    found = patrons.patron(reader.id)
    return found.deposit_fen, found.owed_fen


def test_what_is_stated_anew_moves_the_account_by_the_difference(reader):
    seen = []
    for deposit, owed in ((10_000, 250), (10_000, 250), (15_000, 400), (5_000, 100), (5_000, 100)):
        seen.append((state(reader, deposit, owed), balances(reader)))

    assert seen == [
        (1, (10_000, 250)), (0, (10_000, 250)), (1, (15_000, 400)), (1, (5_000, 100)), (0, (5_000, 100)),
    ]  # fmt: skip
    assert differences() == []


def test_a_negative_sum_is_refused_and_nothing_is_written(reader):
    with pytest.raises(NothingToPay):
        state(reader, -1, 0)

    assert balances(reader) == (0, 0)
