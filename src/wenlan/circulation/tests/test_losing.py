"""Late, lost, claimed, damaged, found: what the desk writes, and that the reader's account follows in the same act."""

from datetime import UTC, date, datetime

import pytest
from django.apps import apps

from wenlan.circulation.errors import NotOnLoan, ReasonMissing
from wenlan.circulation.losing import report_claimed, report_damage, report_found, report_lost
from wenlan.circulation.models import Loan
from wenlan.circulation.operations import undo
from wenlan.circulation.testing import lend, make_act, make_rule, take_back
from wenlan.circulation.verification import differences
from wenlan.credit.testing import make_rule as make_credit_rule
from wenlan.holdings import queries as items
from wenlan.holdings.errors import StatusNotAllowed
from wenlan.holdings.testing import make_item
from wenlan.holdings.types import ItemStatus
from wenlan.network.testing import make_network
from wenlan.patrons import queries as readers
from wenlan.patrons.testing import make_patron
from wenlan.staff.testing import signed_in
from wenlan.ui import clock

pytestmark = pytest.mark.django_db
ServiceEvent = apps.get_model("ledger", "ServiceEvent")
LATE = date(2019, 4, 8)  # five days after the due date


@pytest.fixture
def branch() -> int:
    """A branch that lends for thirty days; a late day costs a point, a loss twenty."""
    root, branch = make_network("EAST")
    make_rule(root.id)
    make_credit_rule(root.id)
    return branch.id


def events(kind: str) -> int:
    return sum(ServiceEvent.objects.filter(kind=kind).values_list("quantity", flat=True))


def test_a_late_return_has_its_consequences_at_once_and_undoing_takes_them_back(branch):
    item, reader = make_item(node=branch), make_patron(node=branch)
    lend(item, reader, make_act(branch))
    before = readers.patron(reader.id).credit_points

    returned = take_back(item, make_act(branch, LATE, key="in"))
    after = readers.patron(reader.id).credit_points
    undo(make_act(branch, LATE, seconds=20), key="in")

    assert returned.overdue_days == 5
    assert returned.consequence.points < 0
    assert after == returned.consequence.balance
    assert readers.patron(reader.id).credit_points in {before, after - returned.consequence.points}
    assert differences() == []


def test_a_return_in_time_asks_the_account_nothing(branch):
    item, reader = make_item(node=branch), make_patron(node=branch)
    lend(item, reader, make_act(branch))

    assert take_back(item, make_act(branch)).consequence is None


def test_story_of_a_lost_book_that_was_found(branch):
    # Li has lost a book: the loan ends, the book is lost, and it counts as no return.
    book, li = make_item(node=branch), make_patron(node=branch, name="李雷")
    lend(book, li, make_act(branch))
    report_lost(make_act(branch, key="lost"), item=book.id, reason="在公交车上丢失")
    report_lost(make_act(branch, key="lost"), item=book.id, reason="在公交车上丢失")
    assert items.item(book.id).status == ItemStatus.LOST
    assert (readers.patron(li.id).open_loans, events("loan.returned")) == (0, 0)
    assert Loan.objects.get().ended_as == "lost"
    assert differences() == []

    # A week later it is found in the reading room, and can be lent again.
    report_found(make_act(branch, date(2019, 3, 12)), item=book.id)
    lend(book, make_patron(node=branch), make_act(branch, date(2019, 3, 13)))
    assert differences() == []

    with pytest.raises(NotOnLoan):
        report_lost(make_act(branch), item=make_item(node=branch).id)


def test_what_is_claimed_to_be_returned_stays_open_until_it_is_found(branch):
    item, reader = make_item(node=branch), make_patron(node=branch)
    lend(item, reader, make_act(branch))

    with pytest.raises(ReasonMissing):
        report_claimed(make_act(branch), item=item.id, reason=" ")
    report_claimed(make_act(branch), item=item.id, reason="读者称三天前已还")

    assert Loan.objects.get().claimed_on == date(2019, 3, 4)
    assert take_back(item, make_act(branch, date(2019, 3, 8))).was_on_loan


def test_a_damaged_return_leaves_its_way_and_its_reader_answers(branch):
    item, reader = make_item(node=branch), make_patron(node=branch)
    lend(item, reader, make_act(branch))
    with pytest.raises(StatusNotAllowed):
        report_damage(make_act(branch), item=item.id, reason="水渍")
    take_back(item, make_act(branch))

    followed = report_damage(make_act(branch), item=item.id, reason="水渍", sum_fen=500)

    assert items.item(item.id).status == ItemStatus.DAMAGED
    assert followed.charged_fen == 500
    assert report_damage(make_act(branch), item=make_item(node=branch).id, reason="架上发现") is None


def test_the_reader_page_and_the_item_page_take_losses_and_damage(branch, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2019, 3, 4, 3, tzinfo=UTC))
    reader, lost, soaked = make_patron(node=branch), make_item(node=branch), make_item(node=branch)
    for one in (lost, soaked):
        lend(one, reader, make_act(branch))
    take_back(soaked, make_act(branch))
    client = signed_in(branch, "circulation")

    page = client.get(f"/desk/circulation/readers/{reader.id}/loans").content.decode()
    claimed = client.post(f"/desk/circulation/items/{lost.id}/end-loan", {"what": "claimed", "reason": "称已还"})
    ended = client.post(
        f"/desk/circulation/items/{lost.id}/end-loan", {"what": "lost", "reason": "丢失", "patron": reader.id}
    )
    damaged = client.post(f"/desk/circulation/items/{soaked.id}/end", {"reason": "水渍", "charge": "5.00"})
    found = client.post(f"/desk/circulation/items/{lost.id}/end", {"what": "found"})

    receipt = client.get(f"/desk/circulation/readers/{reader.id}/receipt/")
    assert "Says it was returned" in page
    assert (receipt.status_code, reader.cards[0].number[-4:] in receipt.content.decode()) == (200, True)
    assert [one.status_code for one in (claimed, ended, damaged, found)] == [302] * 4
    assert items.item(lost.id).status == ItemStatus.AVAILABLE
    assert items.item(soaked.id).status == ItemStatus.DAMAGED
