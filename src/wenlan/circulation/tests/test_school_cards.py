"""Large-capacity cards (大容量借阅卡): one card of a school, many books, long terms, and figures by school."""

from datetime import date

import pytest

from wenlan.circulation import operations
from wenlan.circulation.errors import CheckoutRefused
from wenlan.circulation.testing import A_DAY, lend, make_act
from wenlan.circulation.types import Refusal
from wenlan.circulation.verification import differences
from wenlan.holdings.testing import make_item
from wenlan.indicators import operations as indicators
from wenlan.indicators import queries as figures
from wenlan.kernel.periods import Period
from wenlan.network.testing import make_network
from wenlan.patrons import operations as patrons
from wenlan.patrons.testing import make_patron

pytestmark = pytest.mark.django_db
YEAR = Period.year(2019)


@pytest.mark.capability("B14")
def test_story_of_two_schools_and_their_cards():
    # Two schools have a card each, as the network ships it. The first takes twelve books at the main library, more
    # than any reader may; the second takes three, and three more a week later. All are due in ninety days.
    root, main, first, second = make_network("MAIN", "SCHOOL-1", "SCHOOL-2")
    patrons.load_categories()
    operations.load_rules()
    cards = [
        make_patron(node=school.id, category="large_capacity", name=school.name, birth_date=None, sex="")
        for school in (first, second)
    ]
    child = make_patron(node=first.id, category="child", birth_date=date(2004, 1, 1))

    def take(reader, books: int, on: date = A_DAY) -> date:
        lent = [lend(make_item(node=main.id), reader, make_act(main.id, on)) for _ in range(books)]
        return lent[-1].due_on

    due = take(cards[0], 12), take(cards[1], 3), take(cards[1], 3, date(2019, 3, 11))
    take(child, child.category.loan_limit)
    with pytest.raises(CheckoutRefused) as refused:
        take(child, 1)

    # The loans are told apart by school, and from those of persons; each visit of a school counts once.
    indicators.fold()
    by_school = figures.breakdown("loans", node=root.id, period=YEAR, by=("home_node", "loan_kind"))
    children = child.category.loan_limit
    assert {cell.keys: cell.value for cell in by_school} == {
        (first.id, "group"): 12,
        (second.id, "group"): 6,
        (first.id, "personal"): children,
    }
    found = figures.figures(["loans", "borrowing_visits"], node=root.id, period=YEAR)
    assert [found[code].value for code in ("loans", "borrowing_visits")] == [18 + children, 4]
    assert due == (date(2019, 6, 2), date(2019, 6, 2), date(2019, 6, 9))
    assert refused.value.refusals == (Refusal.LOAN_LIMIT_REACHED,)
    assert differences() == []
