"""The story of a loan, told down to the figures. It stands in docs/explanation/story-of-a-loan.md too."""

from dataclasses import replace
from datetime import date

import pytest

from wenlan.circulation.errors import CheckoutRefused
from wenlan.circulation.operations import receive, renew
from wenlan.circulation.testing import card_of, lend, make_act, make_rule, scan, take_back
from wenlan.circulation.types import NextStep, Refusal
from wenlan.circulation.verification import differences
from wenlan.holdings.testing import make_item
from wenlan.indicators import operations as indicators
from wenlan.indicators import queries as figures
from wenlan.kernel.acts import Channel
from wenlan.kernel.periods import Period
from wenlan.network.testing import make_department, make_network
from wenlan.patrons.testing import make_patron

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CODES = ["loans", "returns", "renewals", "borrowing_visits", "borrowers", "loans_self_service"]


def of(node: int) -> dict[str, object]:
    """Return the year's figures of a place."""
    return {code: figure.value for code, figure in figures.figures(CODES, node=node, period=Period.year(2019)).items()}


@pytest.fixture
def county() -> dict[str, int]:
    """A county with two branches, 崇文 and 太行, and one rule: thirty days, one renewal."""
    root, chongwen, taihang = make_network("CHONGWEN", "TAIHANG")
    make_rule(root.id)
    return {"county": root.id, "崇文": chongwen.id, "太行": taihang.id}


def refusals(book, reader, act) -> tuple[Refusal, ...]:
    """Return why the book is not lent."""
    with pytest.raises(CheckoutRefused) as caught:
        lend(book, reader, act)
    return caught.value.refusals


@pytest.mark.capability("A21", "A22", "C01")
def test_story_of_a_loan_and_a_return_at_another_branch(county):
    # 崇文 owns the only copy. Li is a reader there, Wang at 太行.
    chongwen, taihang = county["崇文"], county["太行"]
    book = make_item(node=chongwen)
    li, wang = make_patron(node=chongwen, name="李雷"), make_patron(node=taihang, name="王芳", sex="f")

    # Li borrows it on 4 March until 3 April. Wang asks for it an hour later and is refused.
    lent = lend(book, li, make_act(chongwen, date(2019, 3, 4)))
    assert lent.due_on == date(2019, 4, 3)
    assert refusals(book, wang, make_act(chongwen, date(2019, 3, 4), seconds=3600)) == (Refusal.ITEM_ON_LOAN,)

    # Li renews on the phone, and brings it back to 太行 two days late.
    on_the_phone = make_act(chongwen, date(2019, 4, 2), channel=Channel.WEB)
    renewed = renew(on_the_phone, item=scan(book), card=card_of(li), initiative="reader")
    returned = take_back(book, make_act(taihang, date(2019, 5, 5)))
    assert (renewed.due_on, returned.overdue_days) == (date(2019, 5, 3), 2)
    assert (returned.next_step, returned.destination) == (NextStep.SEND, chongwen)

    # On its way nobody gets it. 崇文 signs for it, and now Wang takes it home from the self-service machine.
    assert refusals(book, wang, make_act(taihang, date(2019, 5, 5))) == (Refusal.ITEM_IN_TRANSIT,)
    receive(make_act(chongwen, date(2019, 5, 6)), item=scan(book))
    lend(book, wang, make_act(chongwen, date(2019, 5, 7), channel=Channel.SIP2))

    # Two loans were made, both at 崇文; one return, at 太行. The refused requests count nowhere.
    indicators.fold()
    assert of(county["county"]) == dict(zip(CODES, (2, 1, 1, 2, 2, 1), strict=True))
    assert (of(chongwen)["loans"], of(chongwen)["returns"]) == (2, 0)
    assert (of(taihang)["loans"], of(taihang)["returns"]) == (0, 1)
    assert differences() == []


@pytest.mark.capability("C02", "C03")
def test_loans_are_told_by_department_and_the_parts_make_the_total(county):
    branch = county["崇文"]
    literature, youth = make_department(branch, "LITERATURE"), make_department(branch, "YOUTH")
    reader = make_patron(node=branch)
    for desk, loans in ((literature, 2), (youth, 1)):
        for _ in range(loans):
            act = replace(make_act(branch, date(2019, 3, 4)), department=desk.id)
            lend(make_item(node=branch), reader, act)

    indicators.fold()
    cells = figures.breakdown("loans", node=branch, period=Period.year(2019), by=("department",))

    assert {cell.keys: cell.value for cell in cells} == {(literature.id,): 2, (youth.id,): 1}
    assert of(branch)["loans"] == 3


@pytest.mark.capability("C05")
def test_borrowers_are_people_and_borrowing_visits_are_people_a_day_and_place(county):
    branch = county["崇文"]
    li, wang = make_patron(node=branch), make_patron(node=branch)
    for reader, day in ((li, 4), (li, 4), (li, 5), (wang, 5)):
        lend(make_item(node=branch), reader, make_act(branch, date(2019, 3, day)))

    indicators.fold()

    found = of(branch)
    assert (found["loans"], found["borrowing_visits"], found["borrowers"]) == (4, 3, 2)


@pytest.mark.capability("C14")
def test_what_readers_do_at_machines_is_told_apart_with_its_share(county):
    branch = county["崇文"]
    reader = make_patron(node=branch)
    books = [make_item(node=branch) for _ in range(3)]
    for book, channel in zip(books, (Channel.SIP2, Channel.KIOSK, Channel.DESK), strict=True):
        lend(book, reader, make_act(branch, date(2019, 3, 4), channel=channel))
    take_back(books[0], make_act(branch, date(2019, 3, 9), channel=Channel.SIP2))
    take_back(books[1], make_act(branch, date(2019, 3, 9)))

    indicators.fold()

    codes = ["loans_self_service", "returns_self_service", "self_service_share"]
    found = figures.figures(codes, node=branch, period=Period.year(2019))
    assert [str(found[code].value) for code in codes] == ["2", "1", "60.0"]
    cells = figures.breakdown("loans", node=branch, period=Period.year(2019), by=("channel",))
    assert {cell.keys[0]: cell.value for cell in cells} == {"sip2": 1, "kiosk": 1, "desk": 1}
