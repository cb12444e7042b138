"""The story of a year of cards, told down to the figures."""

from datetime import date

import pytest

from wenlan.circulation.testing import lend, make_act, make_rule, take_back
from wenlan.holdings.testing import make_item
from wenlan.indicators import operations as indicators
from wenlan.indicators import queries as figures
from wenlan.kernel.acts import Channel
from wenlan.kernel.periods import Period
from wenlan.network.testing import make_network
from wenlan.patrons import operations
from wenlan.patrons.errors import NotSettled
from wenlan.patrons.testing import make_patron
from wenlan.patrons.types import NewGuardian, NewReader
from wenlan.patrons.verification import differences

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
YEAR = Period.year(2019)
CODES = ["registrations", "deregistrations", "registrations_net", "registered_patrons", "valid_cards"]


@pytest.fixture
def branch() -> int:
    operations.load_categories()
    root, _ = make_network("EAST")
    make_rule(root.id)
    return root.id


def newcomer(name: str, card: str, **more: object) -> NewReader:
    return NewReader(**{"name": name, "category": "adult", "card_number": card, "sex": "f"} | more)


def told_by(code: str, *by: str, node: int) -> dict[tuple, object]:
    return {cell.keys: cell.value for cell in figures.breakdown(code, node=node, period=YEAR, by=by)}


@pytest.mark.capability("B01", "B02", "B03")
def test_story_of_a_year_of_cards(branch):
    # One reader came over from the old system. Three register: two at the desk in March, a child on the bus in July.
    old = operations.register(
        make_act(branch, date(2019, 1, 2), channel=Channel.IMPORT), reader=newcomer("秦奋", "OLD", sex="m")
    )
    li = operations.register(
        make_act(branch, date(2019, 3, 4)), reader=newcomer("李雷", "L1", birth_date=date(1990, 1, 1))
    )
    operations.register(make_act(branch, date(2019, 3, 5)), reader=newcomer("王芳", "W1", birth_date=date(1950, 1, 1)))
    child = newcomer(
        "小明", "X1", category="child", birth_date=date(2010, 1, 1), guardian=NewGuardian(name="李雷", consents=True)
    )
    operations.register(make_act(branch, date(2019, 7, 1), channel=Channel.BUS), reader=child)

    # Li loses the card and gets another: no new reader. A lost card's reader still counts as valid.
    operations.lose_card(make_act(branch), card=li.cards[0].id)
    operations.replace_card(make_act(branch), card=li.cards[0].id, new="L2")

    # The old reader wants to leave, but a book has to come back first.
    book = make_item(node=branch)
    lend(book, old, make_act(branch, date(2019, 10, 1)))
    with pytest.raises(NotSettled):
        operations.deregister(make_act(branch, date(2019, 10, 2)), patron=old.id)
    take_back(book, make_act(branch, date(2019, 10, 3)))
    operations.deregister(make_act(branch, date(2019, 10, 3)), patron=old.id)

    # Three accounts were opened, one was closed, three are open and valid at the end of the year.
    operations.snapshot_valid_patrons(on=date(2019, 12, 31))
    indicators.fold()
    found = figures.figures(CODES, node=branch, period=YEAR)
    assert {code: found[code].value for code in CODES} == dict(zip(CODES, (3, 1, 2, 3, 3), strict=True))
    assert told_by("registrations", "month", "channel", node=branch) == {
        (date(2019, 3, 1), "desk"): 2,
        (date(2019, 7, 1), "bus"): 1,
    }
    assert told_by("valid_cards", "sex", "age", node=branch) == {("f", 29): 1, ("f", 69): 1, ("f", 9): 1}
    assert differences() == []


def test_a_reader_with_an_expired_account_is_registered_but_not_valid(branch):
    reader = make_patron(node=branch)
    operations.extend(make_act(branch), patron=reader.id, until=date(2019, 6, 30))
    operations.snapshot_valid_patrons(on=date(2019, 12, 31))
    indicators.fold()

    found = figures.figures(["registered_patrons", "valid_cards"], node=branch, period=YEAR)

    assert (found["registered_patrons"].value, found["valid_cards"].value) == (1, 0)
