"""The story of a loan, told down to the figures. It stands in docs/explanation/story-of-a-loan.md too."""

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
from wenlan.network.testing import make_network
from wenlan.patrons.testing import make_patron

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CODES = ["loans", "returns", "renewals", "borrowing_visits", "borrowers", "loans_self_service"]


def of(node: int) -> dict[str, object]:
    """Return the year's figures of a place."""
    return {code: figure.value for code, figure in figures.figures(CODES, node=node, period=Period.year(2019)).items()}


@pytest.mark.capability("C01", "V14")
def test_story_of_a_loan_and_a_return_at_another_branch():
    # The county has two branches, 崇文 and 太行. 崇文 owns the only copy.
    county, chongwen, taihang = make_network("CHONGWEN", "TAIHANG")
    make_rule(county.id)
    book = make_item(node=chongwen.id)
    li, wang = make_patron(node=chongwen.id, name="李雷"), make_patron(node=taihang.id, name="王芳", sex="f")

    # Li borrows it on 4 March until 3 April. Wang asks for it an hour later and is refused.
    lent = lend(book, li, make_act(chongwen.id, date(2019, 3, 4)))
    with pytest.raises(CheckoutRefused) as caught:
        lend(book, wang, make_act(chongwen.id, date(2019, 3, 4), seconds=3600))
    assert (lent.due_on, caught.value.refusals) == (date(2019, 4, 3), (Refusal.ITEM_ON_LOAN,))

    # Li renews on the phone, and brings it back to 太行 two days late.
    renewed = renew(
        make_act(chongwen.id, date(2019, 4, 2), channel=Channel.WEB),
        item=scan(book),
        card=card_of(li),
        initiative="reader",
    )
    returned = take_back(book, make_act(taihang.id, date(2019, 5, 5)))
    assert (renewed.due_on, returned.overdue_days) == (date(2019, 5, 3), 2)
    assert (returned.next_step, returned.destination) == (NextStep.SEND, chongwen.id)

    # On its way nobody gets it. 崇文 signs for it, and now Wang takes it home from the self-service machine.
    with pytest.raises(CheckoutRefused) as caught:
        lend(book, wang, make_act(taihang.id, date(2019, 5, 5)))
    assert caught.value.refusals == (Refusal.ITEM_IN_TRANSIT,)
    receive(make_act(chongwen.id, date(2019, 5, 6)), item=scan(book))
    lend(book, wang, make_act(chongwen.id, date(2019, 5, 7), channel=Channel.SIP2))

    # Two loans were made, both at 崇文; one return, at 太行. The refused requests count nowhere.
    indicators.fold()
    assert of(county.id) == {
        "loans": 2,
        "returns": 1,
        "renewals": 1,
        "borrowing_visits": 2,
        "borrowers": 2,
        "loans_self_service": 1,
    }
    assert (of(chongwen.id)["loans"], of(chongwen.id)["returns"]) == (2, 0)
    assert (of(taihang.id)["loans"], of(taihang.id)["returns"]) == (0, 1)
    assert differences() == []
