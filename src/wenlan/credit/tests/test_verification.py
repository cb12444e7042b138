"""What `wenlan verify` proves of points and money: each check finds the damage that it is for."""

from datetime import UTC, date, datetime

import pytest

from wenlan.credit import amnesties, operations, reviews, statements
from wenlan.credit.amnesties import Draft
from wenlan.credit.external.models import Guarantee
from wenlan.credit.models import Amnesty, AmnestyChange, PointEntry
from wenlan.credit.money import operations as money
from wenlan.credit.money.models import Approval, Charge, MoneyEntry
from wenlan.credit.money.operations import Taking, Wish
from wenlan.credit.money.types import ApprovalKind, Means
from wenlan.credit.rebuilding import rebuild_balances
from wenlan.credit.testing import A_BOOK, make_act, make_drawer, make_rule
from wenlan.credit.till import closing, receipts, shifts
from wenlan.credit.till.models import DayClose, Receipt, ReceiptBook
from wenlan.credit.till.shifts import Leaving
from wenlan.credit.verification import differences
from wenlan.network.testing import make_network
from wenlan.patrons import queries as patrons
from wenlan.patrons.testing import make_patron
from wenlan.staff.testing import make_member

pytestmark = pytest.mark.django_db
DAY = date(2021, 3, 4)
NOON = datetime(2021, 3, 4, 4, tzinfo=UTC)
KEPT = ("points_of_reader", "owed_by_reader", "deposit_of_reader", "open_charge", "paid_of_charge")


class Desk:
    """A desk with a drawer, its clerk and somebody of finance; a reader who brought a book back ten days late."""

    def __init__(self):
        root, main = make_network("MAIN")
        make_rule(root.id, charge_fen=20, deposit_fen=10_000)
        self.node, self.root = main.id, root.id
        self.clerk, self.finance = make_member(main.id, "circulation").id, make_member(root.id, "finance").id
        self.drawer = make_drawer(self.act(), counted_fen=5_000)
        self.reader = make_patron(node=main.id).id
        late = operations.after_return(self.act(), patron=self.reader, source="return:1", days_late=10, item=A_BOOK)
        self.charge = late.charge

    def act(self, who: str = "clerk", minutes: int = 0):
        staff = self.finance if who == "finance" else self.clerk
        return make_act(self.node, DAY, staff=staff, minutes=minutes)


@pytest.fixture
def desk():
    return Desk()


def found():
    return [(one.check, one.expected, one.found) for one in differences()]


def checks():
    return {one.check for one in differences()}


def test_what_was_paid_of_a_charge_is_what_its_lines_say(desk):
    paid = money.take(desk.act(), patron=desk.reader, taking=Taking(charges={desk.charge: 150}))
    assert (found(), paid.money_fen) == ([], 150)

    Charge.objects.update(paid_fen=140)

    assert found() == [("credit.paid_of_charge", 150, 140)]


def test_what_was_voided_or_forfeited_counts_too(desk):
    wrong = money.take(desk.act(), patron=desk.reader, taking=Taking(charges={desk.charge: 150}))
    receipts.void(desk.act(minutes=1), receipt_id=wrong.id, reason="录错", is_in_hand=True)
    money.take(desk.act(minutes=2), patron=desk.reader, taking=Taking(deposit_fen=10_000))
    wish = Wish(kind=ApprovalKind.FORFEIT, patron=desk.reader, amount_fen=200, reason="抵扣")
    asked = money.ask(desk.act(minutes=3), wish=wish)
    money.decide(desk.act("finance", 4), approval_id=asked.id, is_granted=True)

    assert (found(), Charge.objects.get().paid_fen) == ([], 200)


def refunded(desk):
    money.take(desk.act(), patron=desk.reader, taking=Taking(charges={desk.charge: 200}, deposit_fen=10_000))
    wish = Wish(kind=ApprovalKind.REFUND_DEPOSIT, patron=desk.reader, amount_fen=10_000, reason="退押金")
    asked = money.ask(desk.act(minutes=1), wish=wish)
    money.decide(desk.act("finance", 2), approval_id=asked.id, is_granted=True)
    assert found() == []
    return asked.id


def test_an_approval_is_done_by_a_line_of_its_sum(desk):
    asked = refunded(desk)
    Approval.objects.update(done_at=NOON)
    assert found() == [("credit.sum_of_approval", 10_000, 0)]
    Approval.objects.update(done_at=None)

    money.pay_out(desk.act(minutes=3), approval_id=asked, means=Means.CASH, voucher="P-1")
    assert found() == []
    Approval.objects.update(amount_fen=9_000)

    assert found() == [("credit.sum_of_approval", 9_000, 10_000)]


def test_the_numbers_of_receipts_are_used_without_a_gap(desk):
    for minutes in range(3):
        money.take(desk.act(minutes=minutes), patron=desk.reader, taking=Taking(deposit_fen=100))
    assert found() == []

    ReceiptBook.objects.update(next=5)
    assert found() == [("credit.numbers_of_receipts", 4, 3)]

    ReceiptBook.objects.update(next=4)
    Receipt.objects.filter(number=2).update(number=7)
    assert found() == [("credit.numbers_of_receipts", 3, 3)]


def test_what_a_closed_day_said_does_not_change(desk):
    money.take(desk.act(), patron=desk.reader, taking=Taking(charges={desk.charge: 200}))
    receipts.spoil(desk.act(minutes=1), reason="撕破")
    shifts.sign_off(desk.act(minutes=2), leaving=Leaving(counted_fen=5_200, handed_in_fen=5_200))
    closing.close_day(desk.act(minutes=3), day=DAY)
    assert (found(), DayClose.objects.get().cash_fen) == ([], 5_200)

    DayClose.objects.update(receipts=3, voided=0, cash_fen=5_000)

    assert found() == [
        ("credit.receipts_of_day", 3, 2),
        ("credit.voided_of_day", 0, 1),
        ("credit.cash_of_day", 5_000, 5_200),
    ]


def test_points_given_back_by_a_review_are_in_the_book(desk):
    asked = reviews.ask(desk.act(), patron=desk.reader, words="我住院了")
    reviews.decide(desk.act("finance", 1), review_id=asked.id, answer="属实", points=5)
    assert found() == []

    PointEntry.objects.filter(key=f"review:{asked.id}").update(key="something else")

    assert found() == [("credit.points_of_review", 5, 0)]


def test_an_amnesty_ends_when_its_last_change_says(desk):
    draft = Draft(node=desk.root, from_day=DAY, until_day=date(2021, 6, 1), restores=True, waives_charges=False)
    made = amnesties.propose(desk.act(), name="疫情免扣", draft=draft, basis="馆长办公会")
    AmnestyChange.objects.create(
        amnesty_id=made.id, at=NOON, until_before=draft.until_day, until_after=date(2021, 7, 1), reason="延长"
    )
    assert "credit.end_of_amnesty" in checks()

    Amnesty.objects.update(until_day=date(2021, 7, 1))

    assert found() == []


def test_a_line_of_money_that_moved_no_balance_is_found(desk):
    money.take(desk.act(), patron=desk.reader, taking=Taking(deposit_fen=10_000))

    MoneyEntry.objects.filter(kind="deposit_taken").update(deposit_fen=9_000)

    assert checks() == {"credit.deposit_of_reader"}


def test_sums_beside_the_lines_are_made_again_from_them(desk):
    paid = {desk.charge: 150}
    money.take(desk.act(), patron=desk.reader, taking=Taking(charges=paid, deposit_fen=10_000))
    right = patrons.patron(desk.reader)
    assert (found(), rebuild_balances(desk.act())) == ([], 0)

    statements.set_points(desk.reader, 3)
    statements.move_sums(desk.reader, owed_fen=7, deposit_fen=-1)
    Charge.objects.update(open_fen=20, paid_fen=180)
    broken = {one.check for one in differences() if one.remedy == "wenlan rebuild balances"}
    rebuilt = rebuild_balances(desk.act(minutes=1))

    assert broken == {f"credit.{what}" for what in KEPT}
    assert (rebuilt, found(), patrons.patron(desk.reader)) == (1, [], right)
    assert rebuild_balances(desk.act(minutes=2)) == 0


def test_a_guarantee_settles_no_more_than_the_harm_that_was_repaid(desk):
    given = {"provider": "alipay", "own_order": "1", "amount_fen": 10_000, "asked_at": NOON, "expires_on": DAY}
    stands = Guarantee.objects.create(patron_id=desk.reader, state="repaid", harm_fen=200, **given)
    money.take(desk.act(), patron=desk.reader, taking=Taking(charges={desk.charge: 200}))
    MoneyEntry.objects.filter(kind="paid").update(key=f"guarantee:{stands.pk}:{desk.charge}")
    assert found() == []

    Guarantee.objects.update(harm_fen=150)
    assert found() == [("credit.settled_by_guarantee", "0-150", 200)]

    Guarantee.objects.update(harm_fen=200, state="reported")
    assert found() == [("credit.settled_by_guarantee", "0-0", 200)]
