"""Borrowing without a deposit: readers and loans by place and category, as they were at the moment of the loan."""

from datetime import date

import pytest

from wenlan.circulation.testing import lend, make_act, make_rule, take_back
from wenlan.credit.money import opening
from wenlan.credit.money.opening import OldBalance
from wenlan.holdings.testing import make_item
from wenlan.indicators import operations as cubes
from wenlan.indicators import queries as indicators
from wenlan.kernel.periods import Period
from wenlan.network.testing import make_network, open_every_day
from wenlan.patrons import operations as patrons
from wenlan.patrons.testing import make_category, make_patron
from wenlan.staff.testing import signed_in

pytestmark = pytest.mark.django_db
MARCH, APRIL, YEAR = date(2019, 3, 4), date(2019, 4, 1), Period.year(2019)
CODES = ("loans", "loans_deposit_free", "loans_deposit_free_share", "valid_cards_deposit_free")


def told(node):
    cubes.fold_all()
    found = indicators.figures(list(CODES), node=node, period=YEAR)
    return [found[code].value for code in CODES]


def told_by(code, dimension, node):
    return {cell.keys[0]: cell.value for cell in indicators.breakdown(code, node=node, period=YEAR, by=(dimension,))}


@pytest.mark.capability("B07")
def test_story_of_borrowing_without_a_deposit():
    # Li and a child have cards without a deposit, Wang paid one long ago. Li borrows two books, the child one, Wang
    # one; then Wang's deposit is given back, and his next loan is one without. What was lent before stays as it was.
    root, east, west = make_network("E", "W")
    open_every_day(root.id)
    make_rule(root.id)
    make_category("child")
    li, wang = make_patron(node=east.id, name="李一"), make_patron(node=west.id, name="王二")
    child = make_patron(node=west.id, name="赵三", category="child")
    opening.take_over(make_act(west.id, MARCH), balances=[OldBalance(patron=wang.id, deposit_fen=10_000)])
    for reader, node, items in ((li, east, 2), (child, west, 1), (wang, west, 1)):
        for _ in range(items):
            item = make_item(node=node.id)
            lend(item, reader, make_act(node.id, MARCH))

    patrons.snapshot_valid_patrons(on=MARCH)
    before = told(root.id)
    opening.take_over(make_act(west.id, APRIL), balances=[OldBalance(patron=wang.id, deposit_fen=0)])
    take_back(item, make_act(west.id, APRIL))
    lend(item, wang, make_act(west.id, APRIL))
    patrons.snapshot_valid_patrons(on=APRIL)
    after = told(root.id)

    assert [float(value) for value in before] == [4, 3, 75.0, 2]
    assert [float(value) for value in after] == [5, 4, 80.0, 3]
    assert told_by("loans_deposit_free", "node", root.id) == {east.id: 2, west.id: 2}
    assert told_by("loans_deposit_free", "category", root.id) == {"adult": 3, "child": 1}
    assert told_by("valid_cards_deposit_free", "category", root.id) == {"adult": 2, "child": 1}
    page = signed_in(root.id, "director").get(
        f"/desk/figures/loans_deposit_free/acts/?node={root.id}&start=2019-01-01&last=2019-12-31"
    )
    assert len(page.context["rows"]) == 4
