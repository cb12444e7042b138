"""Compensation (赔偿): a copy for a lost one, money by rule, money back when it is found."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlan.catalogue.testing import make_record
from wenlan.circulation.compensating import policies, queries
from wenlan.circulation.compensating.errors import CopyUnfit, LossPaid, NothingLost
from wenlan.circulation.compensating.models import Compensation
from wenlan.circulation.compensating.operations import rebuild_settled, take_copy
from wenlan.circulation.compensating.types import BY_RULE, Match, NewCopy, Work
from wenlan.circulation.errors import OverrideNotAllowed
from wenlan.circulation.losing import paid_for, report_found, report_lost
from wenlan.circulation.models import Loan
from wenlan.circulation.testing import A_DAY, lend, make_act, make_rule
from wenlan.circulation.verification import differences
from wenlan.credit.forgetting import forget_loans
from wenlan.credit.money import operations as money
from wenlan.credit.money import queries as charges
from wenlan.credit.money.operations import Taking, Wish
from wenlan.credit.testing import make_drawer
from wenlan.credit.testing import make_rule as make_credit_rule
from wenlan.credit.types import CompensationTerms
from wenlan.holdings import operations as holdings
from wenlan.holdings import queries as items
from wenlan.holdings.types import ItemStatus, ItemView, NewItem
from wenlan.holdings.verification import differences as stock_differences
from wenlan.kernel.acts import Act
from wenlan.network.testing import make_network
from wenlan.patrons import queries as readers
from wenlan.patrons.testing import make_patron
from wenlan.staff.testing import make_member, signed_in
from wenlan.ui import clock

pytestmark = pytest.mark.django_db
ISBN, NEWER_ISBN = "9787020002207", "9787536692930"
BY_AGE = CompensationTerms(factors=((0, 300), (1990, 200), (2010, 100)), by_set=True, handling_fen=500)


@pytest.fixture
def branch() -> int:
    """A branch where a lost book costs its price once, twice or three times by its age, and five yuan for handling."""
    root, branch = make_network("EAST")
    make_rule(root.id)
    make_credit_rule(root.id, compensation=BY_AGE, refund_days=30)
    return branch.id


def volume(branch: int, record: int, number: str, price_fen: int) -> ItemView:
    act = make_act(branch, date(2019, 1, 2))
    new = NewItem(record=record, barcode=f"V{record}-{number}", volume=number, list_price_fen=price_fen)
    return holdings.accession(act, item=new)


def lost_by(reader, item: ItemView, act: Act) -> int:
    """Lend an item, let it be lost, and return the loan."""
    lend(item, reader, act)
    report_lost(make_act(act.node, act.day), item=item.id)
    return Loan.objects.get(item=item.id).pk


@pytest.mark.capability("V12")
def test_story_of_three_lost_books(branch):
    # Li lost a book of 1981 and brings a newer edition: a new number, the old one deregistered, the price settled.
    li = make_patron(node=branch, name="李雷")
    old = make_record(branch, "骆驼祥子", author="老舍", isbn=ISBN, year="1981", price="CNY10.00")
    new = make_record(branch, "骆驼祥子", author="老舍", isbn=NEWER_ISBN, year="2018", price="CNY28.00")
    book = volume(branch, old.id, "", 1000)
    loan = lost_by(li, book, make_act(branch))
    assert readers.patron(li.id).owed_fen == 3 * 1000 + 500
    made = take_copy(make_act(branch, key="copy"), loan=loan, copy=NewCopy(record=new.id, barcode="NEW1"))
    assert take_copy(make_act(branch, key="copy"), loan=loan, copy=NewCopy(record=new.id, barcode="NEW1")) == made
    fresh, gone = items.item(made.new_item), items.item(book.id)
    assert (made.match, made.settled_fen, readers.patron(li.id).owed_fen) == (Match.NEWER, 3000, 500)
    assert (gone.status, gone.withdrawn_on, fresh.status) == (ItemStatus.WITHDRAWN, A_DAY, ItemStatus.IN_PROCESSING)
    assert fresh.accession_number != gone.accession_number
    assert fresh.list_price_fen == 2800
    assert items.state_changes(book.id)[0].reason == f"paid {fresh.accession_number}"
    assert queries.of_item(fresh.id) == queries.of_item(book.id) == (made,)

    # One volume of a set of three is lost: the set is paid, at once its price, for it came out in 2012.
    work = make_record(branch, "平凡的世界", author="路遥", year="2012")
    set_of_three = [volume(branch, work.id, number, 3000) for number in ("上", "中", "下")]
    lost_by(li, set_of_three[1], make_act(branch))
    assert readers.patron(li.id).owed_fen == 500 + 9000 + 500

    # It is paid, and found within the thirty days: refunded by approval, against a voucher.
    cashier = make_act(branch, staff=make_member(branch, "finance").id)
    make_drawer(cashier, counted_fen=10_000)
    (charge,) = [one for one in charges.charges(li.id, open_only=True) if one.amount_fen == 9500]
    money.take(cashier, patron=li.id, taking=Taking(charges={charge.id: 9500}))
    report_found(make_act(branch, A_DAY + timedelta(days=10)), item=set_of_three[1].id)
    paid = paid_for(set_of_three[1].id)
    later = make_act(branch, A_DAY + timedelta(days=10), staff=cashier.staff)
    wish = Wish(kind="refund_charge", patron=li.id, amount_fen=paid.paid_fen, reason="找到", charge=paid.charge)
    asked = money.ask(later, wish=wish)
    money.decide(
        make_act(branch, later.day, staff=make_member(branch, "director").id), approval_id=asked.id, is_granted=True
    )
    refund = money.pay_out(later, approval_id=asked.id, means="cash", voucher="领 0001")
    assert (refund.money_fen, refund.voucher) == (-9500, "领 0001")
    assert differences() == stock_differences() == []


def test_an_open_loan_is_ended_as_lost_with_the_copy(branch):
    li, book = make_patron(node=branch), make_item_of(branch)
    lend(book, li, make_act(branch))

    take_copy(make_act(branch), loan=Loan.objects.get().pk, copy=NewCopy(record=book.record, barcode="NEW1"))

    assert (Loan.objects.get().ended_as, readers.patron(li.id).open_loans) == ("lost", 0)
    assert differences() == []


def make_item_of(branch: int, **stated: str) -> ItemView:
    record = make_record(branch, "三体", **stated)
    return volume(branch, record.id, "", 2300)


def test_another_work_is_taken_only_by_who_may_overrule_and_says_why(branch):
    book, other = make_item_of(branch), make_record(branch, "毫不相干", author="某人")
    loan = lost_by(make_patron(node=branch), book, make_act(branch))
    copy = NewCopy(record=other.id, barcode="NEW1")
    clerk, head = make_member(branch, "activities").id, make_member(branch, "circulation").id
    ready = {"loan": loan, "copy": copy}

    with pytest.raises(CopyUnfit):
        take_copy(make_act(branch), **ready)
    with pytest.raises(OverrideNotAllowed):
        take_copy(make_act(branch, staff=clerk), **ready, reason="价值相当")
    assert items.item(book.id).status == ItemStatus.LOST

    assert take_copy(make_act(branch, staff=head), **ready, reason="绝版，价值相当").match == Match.OTHER
    with pytest.raises(NothingLost):
        take_copy(make_act(branch, staff=head), **ready, reason="再来一次")


def test_who_has_paid_owes_no_copy(branch):
    li, book = make_patron(node=branch), make_item_of(branch)
    loan = lost_by(li, book, make_act(branch))
    cashier = make_act(branch, staff=make_member(branch, "finance").id)
    make_drawer(cashier)
    (charge,) = charges.charges(li.id)
    money.take(cashier, patron=li.id, taking=Taking(charges={charge.id: charge.open_fen}))

    with pytest.raises(LossPaid):
        take_copy(make_act(branch), loan=loan, copy=NewCopy(record=book.record, barcode="NEW1"))


works = st.builds(
    Work,
    record=st.integers(1, 4),
    isbn=st.frozensets(st.sampled_from(["a", "b", "c"]), max_size=2),
    title=st.sampled_from(["x", "y"]),
    authors=st.frozensets(st.sampled_from(["l", "m"]), max_size=2),
    year=st.none() | st.integers(1950, 2020),
)


@given(works, works)
def test_the_same_copy_is_always_taken_and_another_title_never_by_rule(lost, given_work):
    assert policies.judge(lost, lost) == Match.SAME
    match = policies.judge(lost, given_work)
    if match in BY_RULE and match != Match.SAME:
        assert lost.title == given_work.title
        assert lost.year is None or given_work.year is None or given_work.year >= lost.year


def test_the_pages_lead_from_the_card_to_the_slip(branch, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: datetime(2019, 3, 4, 3, tzinfo=UTC))
    li, book = make_patron(node=branch, name="李雷"), make_item_of(branch, isbn=ISBN)
    loan = lost_by(li, book, make_act(branch))
    client, page = signed_in(branch, "circulation"), "/desk/circulation/compensation/"

    listed = client.get(f"{page}?q={li.cards[0].number}").content.decode()
    by_item = client.get(f"{page}?q={book.barcode}").content.decode()
    unknown = client.post(f"{page}loans/{loan}/", {"number": "9787111111111", "barcode": "NEW1"})
    taken = client.post(f"{page}loans/{loan}/", {"number": ISBN, "barcode": "NEW1", "price": "39.80"}, follow=True)

    assert f"{page}loans/{loan}/" in listed
    assert f"{page}loans/{loan}/" in by_item
    assert (unknown.status_code, "9787111111111" in unknown.content.decode()) == (422, True)
    (made,) = queries.recent([branch])
    assert taken.redirect_chain[-1][0] == f"{page}{made.id}/"
    assert items.item(made.new_item).list_price_fen == 3980
    assert signed_in(branch, "finance").get(page).status_code == 403


def unlike() -> list[tuple[str, object, object, str]]:
    return [(one.place.split()[0], one.expected, one.found, one.remedy) for one in differences()]


def test_what_a_compensation_settled_is_what_the_account_says(branch):
    record = make_record(branch, "骆驼祥子", isbn=ISBN, year="1981", price="CNY10.00")
    loan = lost_by(make_patron(node=branch), volume(branch, record.id, "", 1000), make_act(branch))
    made = take_copy(make_act(branch), loan=loan, copy=NewCopy(record=record.id, barcode="NEW1"))
    assert (unlike(), made.settled_fen) == ([], 3000)

    Compensation.objects.update(settled_fen=2900)
    assert unlike() == [("compensation", 3000, 2900, "wenlan rebuild balances")]

    rebuilt = rebuild_settled(make_act(branch)), rebuild_settled(make_act(branch))
    assert (rebuilt, unlike(), queries.compensation(made.id).settled_fen) == ((1, 0), [], 3000)


def test_what_forgotten_losses_settled_is_compared_as_a_whole(branch):
    reader, record = make_patron(node=branch), make_record(branch, "骆驼祥子", isbn=ISBN, year="1981")
    loan = lost_by(reader, volume(branch, record.id, "", 1000), make_act(branch))
    take_copy(make_act(branch), loan=loan, copy=NewCopy(record=record.id, barcode="NEW1"))
    desk = make_act(branch, staff=make_member(branch, "circulation").id)
    make_drawer(desk)
    owed = {one.id: one.open_fen for one in charges.charges(reader.id)}
    money.take(desk, patron=reader.id, taking=Taking(charges=owed))
    assert forget_loans(before=A_DAY + timedelta(days=1)) > 0
    assert unlike() == []

    Compensation.objects.update(settled_fen=0)

    assert unlike() == [("forgotten", 3000, 0, "")]
