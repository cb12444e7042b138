"""A reader without a deposit: late returns cost points, under the floor nothing is lent, and a person looks again."""

from datetime import date, timedelta

import pytest

from wenlan.circulation import operations as circulation
from wenlan.circulation.errors import CheckoutRefused
from wenlan.circulation.testing import lend, make_act, take_back
from wenlan.circulation.types import NewRule, Refusal
from wenlan.credit import queries, reviews
from wenlan.credit import testing as credit
from wenlan.credit import verification as accounts
from wenlan.credit.external import operations as guarantees
from wenlan.credit.external.testing import FakeCredit
from wenlan.credit.types import PointRule
from wenlan.holdings.testing import make_item
from wenlan.network.testing import make_network, open_every_day
from wenlan.patrons.testing import make_patron
from wenlan.staff.testing import make_member

LENT = date(2019, 3, 4)


@pytest.fixture
def county(db) -> dict[str, int]:
    root, town, village = make_network("TOWN", "VILLAGE")
    words = {"zh": "县内外借 30 天", "en": "30 days"}
    circulation.set_rule(
        make_act(root.id, date(2015, 1, 1)),
        rule=NewRule(code="standard", words=words, node=root.id, from_day=date(2015, 1, 1), loan_days=30, renewals=1,
                     renewal_days=30, credit_floor=60),
    )  # fmt: skip
    credit.make_rule(root.id, points={"late": PointRule(points=-1, most_each=25), "loss": PointRule(points=-10)})
    open_every_day(root.id)
    return {
        "town": town.id,
        "village": village.id,
        "desk": make_member(town.id, "circulation").id,
        "director": make_member(root.id, "director").id,
    }


@pytest.mark.capability("B06")
def test_story_of_credit_instead_of_a_deposit(county):
    # Li has no deposit, but a hundred points. Twice he brings books back forty days late, once in the town and once in
    # the village: each costs him twenty-five points, whichever branch took the book. With fifty he is under the floor
    # of sixty, and nothing is lent to him: he is told why, and whom to ask. A return he undoes with the desk costs
    # nothing. The director looks, gives fifteen points back, and Li borrows again.
    town, village = county["town"], county["village"]
    li = make_patron(node=town, name="李时珍")
    books = [make_item(node=town) for _ in range(4)]
    back = LENT + timedelta(days=70)
    for book, place in zip(books[:2], (town, village), strict=True):
        lend(book, li, make_act(town, LENT))
        take_back(book, make_act(place, back))
    points = queries.account(li.id, back).points

    with pytest.raises(CheckoutRefused) as refused:
        lend(books[2], li, make_act(village, back))
    line = queries.points(li.id)[0]
    asked = reviews.ask(
        make_act(town, back, staff=county["desk"]), patron=li.id, entry=line.id, words="村里停电，还书箱没开"
    )
    reviews.decide(
        make_act(town, back, staff=county["director"]), review_id=asked.id, answer="属实，退还15分", points=15
    )
    lent = lend(books[2], li, make_act(village, back + timedelta(days=1)))

    assert points == 50
    assert refused.value.refusals == (Refusal.CREDIT_TOO_LOW,)
    assert line.points == -25
    assert "Ask for another look." in str(refused.value)
    assert (queries.account(li.id, back).points, lent.patron) == (65, li.id)
    assert accounts.differences() == []


def test_story_of_a_late_return_that_is_undone(county):
    # The desk scans the wrong book as returned, forty days late, and takes it back within the minute: the points are
    # there again, and both lines stay in the ledger. The right return later costs its points once.
    town = county["town"]
    li, book = make_patron(node=town), make_item(node=town)
    lend(book, li, make_act(town, LENT))
    back = LENT + timedelta(days=70)

    take_back(book, make_act(town, back, key="wrong", staff=county["desk"]))
    circulation.undo(make_act(town, back, key="undo", seconds=20, staff=county["desk"]), key="wrong")
    undone = queries.account(li.id, back).points
    take_back(book, make_act(town, back, key="right", seconds=50, staff=county["desk"]))

    assert undone == 100
    assert [line.points for line in queries.points(li.id)] == [-25, 25, -25, 100]
    assert accounts.differences() == []


@pytest.mark.capability("B05")
def test_story_of_two_who_register_and_have_their_credit_checked(county):
    # The town asks ten yuan of everybody. Li and Wang become readers; each consents on the phone to have the credit
    # looked at. Li's suffices: no deposit is asked, the order and the moment of his consent are kept, and he borrows at
    # once. Wang's does not, and is asked for the deposit as before.
    town, service = county["town"], FakeCredit()
    credit.make_rule(town, code="town", since=LENT, deposit_fen=1_000)
    li, wang = (make_patron(node=town, name=name, on=LENT) for name in ("李时珍", "王冕"))
    asked_before = [queries.account(one.id, LENT).deposit_due_fen for one in (li, wang)]

    for reader, suffices in ((li, True), (wang, False)):
        begun = guarantees.begin(make_act(town, LENT), patron=reader.id, provider=service, back_to="https://l.test/")
        (service.consent if suffices else service.refuse)(begun.own_order)
        guarantees.look(make_act(town, LENT), guarantee_id=begun.id, provider=service)
    lent = lend(make_item(node=town), li, make_act(town, LENT))

    kept = guarantees.of_reader(li.id)
    assert asked_before == [1_000, 1_000]
    assert [queries.account(one.id, LENT).deposit_due_fen for one in (li, wang)] == [0, 1_000]
    assert (kept.state, kept.amount_fen, bool(kept.order), kept.consented_at is not None) == (
        "in_force",
        1_000,
        True,
        True,
    )
    assert (guarantees.of_reader(wang.id), lent.patron) == (None, li.id)
    assert accounts.differences() == []
