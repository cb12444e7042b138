"""Two shops at the same minute: the last copy and the last of the budget are given once (V26)."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from django.db import connection

from wenlan.acquisitions.bookshop import operations, queries
from wenlan.acquisitions.bookshop.errors import ChoiceRefused
from wenlan.acquisitions.bookshop.models import Choice, ChoiceRefusal
from wenlan.acquisitions.bookshop.testing import LUOTUO, SANTI, make_act, make_campaign, make_shop, make_wish
from wenlan.acquisitions.bookshop.types import Wish
from wenlan.acquisitions.verification import differences
from wenlan.circulation.testing import make_rule
from wenlan.network.testing import make_network
from wenlan.patrons.testing import make_patron

pytestmark = [pytest.mark.django_db(transaction=True)]
LONGEST_WAIT = 30.0


@pytest.fixture
def county() -> int:
    root, county = make_network("LC")
    make_rule(root.id)
    for card in ("LC000001", "LC000002"):
        make_patron(node=county.id, card=card)
    return county.id


def at_once(county: int, *wishes: Wish) -> list[list[str]]:
    """Let each wish be chosen at a counter of its own in the same moment; return the reasons of each refusal."""
    barrier = threading.Barrier(len(wishes))

    def counter(wish: Wish) -> list[str]:
        with closing(connection):
            barrier.wait(LONGEST_WAIT)
            try:
                operations.choose(make_act(county, key=f"race-{wish.label}"), wish=wish)
            except ChoiceRefused as refused:
                return [reason.code for reason in refused.reasons]
            return []

    with ThreadPoolExecutor(len(wishes)) as pool:
        return [future.result() for future in [pool.submit(counter, wish) for wish in wishes]]


def one_campaign(county: int, **terms: int) -> tuple[Wish, Wish]:
    """Two shops of one campaign, a reader at each."""
    first, second = make_shop(county, "XH"), make_shop(county, "SY")
    make_campaign(county, first, second, **terms)
    return make_wish(first, "LC000001", label="XH00001"), make_wish(second, "LC000002", label="SY00001")


def two_campaigns(county: int) -> tuple[Wish, Wish]:
    """Two shops, each with a campaign of its own."""
    first, second = make_shop(county, "XH"), make_shop(county, "SY")
    make_campaign(county, first)
    make_campaign(county, second)
    return make_wish(first, "LC000001", label="XH00001"), make_wish(second, "LC000002", label="SY00001")


@pytest.mark.parametrize("arranged", [one_campaign, two_campaigns])
def test_two_shops_never_buy_the_last_copy_together(county, arranged: Callable[[int], tuple[Wish, Wish]]):
    told = at_once(county, *arranged(county))

    assert sorted(told) == [[], ["held"]]
    assert (Choice.objects.get().isbn, ChoiceRefusal.objects.count()) == (SANTI, 1)
    assert differences() == []


def test_two_shops_never_pass_the_budget_together(county):
    first, second = one_campaign(county, budget_fen=4000)
    second = make_wish(queries.shop(second.shop), "LC000002", LUOTUO, label="SY00001", title="骆驼祥子")

    told = at_once(county, first, second)

    assert sorted(told) == [[], ["budget_spent"]]
    assert [one.spent_fen for one in queries.campaigns([county])] == [2300]
    assert differences() == []


def test_a_double_scan_at_two_windows_buys_once(county):
    wish, _ = one_campaign(county)

    told = at_once(county, wish, wish)

    assert told == [[], []]
    assert Choice.objects.count() == 1
