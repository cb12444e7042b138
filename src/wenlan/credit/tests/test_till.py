"""A cashier's day: drawers are counted, receipts are numbered, a day is closed and its cash signed for."""

from datetime import date, timedelta

import pytest

from wenlan.credit.errors import ReasonMissing, SamePerson
from wenlan.credit.money import operations, queries
from wenlan.credit.money.operations import Taking, Wish
from wenlan.credit.money.types import ApprovalKind, Means
from wenlan.credit.testing import make_act, make_drawer, make_rule
from wenlan.credit.till import closing, counting, receipts, shifts
from wenlan.credit.till.errors import (
    DayClosed,
    DifferenceNeedsReason,
    DrawerTaken,
    DrawerUnknown,
    NoShift,
    RangeTaken,
    ReceiptClosed,
    ReceiptNotInHand,
    ShiftsOpen,
    SumNeedsReason,
)
from wenlan.credit.till.models import Receipt
from wenlan.credit.till.shifts import Leaving
from wenlan.credit.verification import differences
from wenlan.kernel.errors import NotFound
from wenlan.ledger import operations as ledger
from wenlan.network.testing import make_network
from wenlan.patrons import queries as patrons
from wenlan.patrons.testing import make_patron
from wenlan.staff.testing import make_member

DAY = date(2021, 3, 4)


@pytest.fixture
def library(db) -> dict[str, int]:
    root, main, east = make_network("MAIN", "EAST")
    make_rule(root.id, charge_fen=20, deposit_fen=10_000)
    return {
        "main": main.id,
        "east": east.id,
        "zhao": make_member(main.id, "circulation").id,
        "qian": make_member(main.id, "circulation").id,
        "sun": make_member(root.id, "finance").id,
    }


def by(library, who, minutes=0, on=DAY):
    return make_act(library["main"], on, staff=library[who], minutes=minutes)


def morning(library):
    """Let Zhao take the drawer with 50 yuan of change, two deposits of 100 yuan, and 20 yuan by the second attempt.

    She enters 120 in place of 20: all copies of the receipt still lie before her, so she voids it and writes the next
    one. A reader leaves town: she asks for the refund, Sun of finance approves it, she pays 100 yuan out.
    """
    drawer = make_drawer(by(library, "zhao"), counted_fen=5_000)
    li, wang, chen = (make_patron(node=library["main"]).id for _ in range(3))
    first = operations.take(by(library, "zhao", 10), patron=li, taking=Taking(deposit_fen=10_000))
    operations.take(by(library, "zhao", 20), patron=wang, taking=Taking(deposit_fen=10_000, means=Means.WECHAT))
    wrong = operations.take(by(library, "zhao", 30), patron=chen, taking=Taking(deposit_fen=12_000))
    with pytest.raises(ReceiptNotInHand):
        receipts.void(by(library, "zhao", 31), receipt_id=wrong.id, reason="金额录错", is_in_hand=False)
    receipts.void(by(library, "zhao", 31), receipt_id=wrong.id, reason="金额录错，应为20元", is_in_hand=True)
    with pytest.raises(ReceiptClosed):
        receipts.void(by(library, "zhao", 31), receipt_id=wrong.id, reason="金额录错", is_in_hand=True)
    right = operations.take(by(library, "zhao", 32), patron=chen, taking=Taking(deposit_fen=2_000))
    asked = operations.ask(by(library, "zhao", 40), wish=Wish(
        kind=ApprovalKind.REFUND_DEPOSIT, patron=li, amount_fen=10_000, reason="迁往外地，退证退押金"))  # fmt: skip
    operations.decide(by(library, "sun", 50), approval_id=asked.id, is_granted=True)
    operations.pay_out(by(library, "zhao", 60), approval_id=asked.id, means=Means.CASH, voucher="退-0001")
    return drawer, (li, wang, chen), (first, wrong, right)


def drawer_changes_hands(library, drawer):
    """Let Zhao count 68 yuan where the system says 70: she cannot leave without a reason.

    She leaves the 50 of change and hands 18 in. Qian counts 50 and signs by that, and leaves at the end of the day.
    """
    with pytest.raises(DifferenceNeedsReason, match=r"differs by -2\.00 yuan"):
        shifts.sign_off(by(library, "zhao", 240), leaving=Leaving(counted_fen=6_800, handed_in_fen=1_800))
    with pytest.raises(ShiftsOpen):
        closing.close_day(by(library, "zhao", 241), day=DAY)
    left = shifts.sign_off(by(library, "zhao", 242), leaving=Leaving(
        counted_fen=6_800, handed_in_fen=1_800, reason="找零时多付2元，已报告馆长"))  # fmt: skip
    taken_over = shifts.sign_on(by(library, "qian", 250), drawer_id=drawer, counted_fen=5_000)
    shifts.sign_off(by(library, "qian", 480), leaving=Leaving(counted_fen=5_000))
    assert (left.system_fen, left.counted_fen, left.difference_fen, left.left_fen) == (7_000, 6_800, -200, 5_000)
    assert shifts.shift(left.id).signed_by == f"staff:{library['qian']}"
    assert (taken_over.opening_fen, taken_over.system_fen) == (5_000, 5_000)


def day_is_closed(library, drawer, patron, receipt):
    """Close the day: nobody takes money on it any more, no receipt of it is voided; Sun counts 18 yuan and signs."""
    day = closing.close_day(by(library, "qian", 490), day=DAY)
    with pytest.raises(SamePerson):
        closing.receive(by(library, "qian", 491), close_id=day.id, received_fen=1_800)
    with pytest.raises(SumNeedsReason):
        closing.receive(by(library, "sun", 492), close_id=day.id, received_fen=1_790)
    received = closing.receive(by(library, "sun", 492), close_id=day.id, received_fen=1_800)
    shifts.sign_on(by(library, "qian", 495), drawer_id=drawer, counted_fen=5_000)
    with pytest.raises(DayClosed):
        operations.take(by(library, "qian", 496), patron=patron, taking=Taking(deposit_fen=10_000))
    with pytest.raises(ReceiptClosed):
        receipts.void(by(library, "qian", 497), receipt_id=receipt, reason="退回", is_in_hand=True)
    assert received.received_fen == 1_800
    return day


@pytest.mark.capability("V32")
def test_story_of_a_cashiers_day(library):
    drawer, (li, wang, chen), (first, wrong, right) = morning(library)
    drawer_changes_hands(library, drawer)
    day = day_is_closed(library, drawer, li, right.id)

    # Four receipts, one of them voided, 18 yuan to finance; every sum of the day is told.
    assert [patrons.patron(one).deposit_fen for one in (li, wang, chen)] == [0, 10_000, 2_000]
    assert [(one.text[-4:], one.state, one.is_handed_in) for one in receipts.receipts_of(library["main"], DAY)] == [
        ("0001", "issued", True), ("0002", "issued", True), ("0003", "voided", True), ("0004", "issued", True),
    ]  # fmt: skip
    assert (first.money_fen, [line.money_fen for line in queries.lines_of_receipt(wrong.id)]) == (
        10_000, [12_000, -12_000],
    )  # fmt: skip
    assert (day.cash_fen, day.receipts, day.voided) == (1_800, 4, 1)
    assert {(line.kind, line.means): line.fen for line in day.sums} == {
        ("float_added", "cash"): 5_000,
        ("deposit_taken", "cash"): 24_000,
        ("deposit_taken", "wechat"): 10_000,
        ("reversed", "cash"): -12_000,
        ("deposit_refunded", "cash"): -10_000,
        ("difference", "cash"): -200,
        ("handed_in", "cash"): -1_800,
    }
    assert differences() == []


def test_a_drawer_is_one_persons_and_a_person_has_one_drawer(library):
    drawer = make_drawer(by(library, "zhao"))
    second = shifts.add_drawer(by(library, "zhao"), name="总台二").id

    with pytest.raises(DrawerTaken):
        shifts.sign_on(by(library, "qian"), drawer_id=drawer, counted_fen=0)
    with pytest.raises(DrawerTaken):
        shifts.sign_on(by(library, "zhao"), drawer_id=second, counted_fen=0)
    with pytest.raises(DrawerUnknown):
        shifts.sign_on(make_act(library["east"], DAY, staff=library["qian"]), drawer_id=second, counted_fen=0)
    with pytest.raises(NoShift):
        shifts.sign_off(by(library, "qian"), leaving=Leaving(counted_fen=0))

    assert [(one.name, one.holder != "") for one in shifts.drawers([library["main"]])][1] == ("总台二", False)


def test_who_finds_another_sum_in_the_drawer_says_so_and_the_books_agree(library):
    drawer = make_drawer(by(library, "zhao"), counted_fen=5_000)
    shifts.sign_off(by(library, "zhao", 10), leaving=Leaving(counted_fen=5_000))
    with pytest.raises(DifferenceNeedsReason):
        shifts.sign_on(by(library, "qian", 20), drawer_id=drawer, counted_fen=4_900)

    taken = shifts.sign_on(by(library, "qian", 20), drawer_id=drawer, counted_fen=4_900, reason="少1元，赵已确认")

    assert (taken.opening_fen, taken.system_fen, taken.opening_reason) == (5_000, 4_900, "少1元，赵已确认")
    assert differences() == []


def test_numbers_of_receipts_are_used_in_order_and_once(library):
    drawer = make_drawer(by(library, "zhao"), receipts=2)
    act = by(library, "zhao")
    reader = make_patron(node=library["main"]).id
    with pytest.raises(ReasonMissing):
        receipts.spoil(act, reason=" ")
    spoilt = receipts.spoil(act, reason="打印机卡纸")
    used = operations.take(act, patron=reader, taking=Taking(deposit_fen=100))
    book = receipts.enter_book(act, prefix="K", first=11, last=20, width=6)
    for first, last in ((20, 25), (5, 11), (30, 29), (0, 3)):
        with pytest.raises(RangeTaken):
            receipts.enter_book(act, prefix="K", first=first, last=last, width=6)
    receipts.hand_book(act, book_id=book.id, drawer_id=drawer)
    following = operations.take(by(library, "zhao", 5), patron=reader, taking=Taking(deposit_fen=100))
    elsewhere = shifts.add_drawer(make_act(library["east"], DAY, staff=library["zhao"]), name="东").id
    with pytest.raises(NotFound):
        receipts.hand_book(act, book_id=book.id, drawer_id=elsewhere)

    assert (spoilt.state, spoilt.text[-4:], used.text[-4:], following.text) == ("voided", "0001", "0002", "K000011")
    assert receipts.receipt_by_text(" K000011 ") == following
    assert Receipt.objects.count() == 3


def test_a_voided_receipt_opens_the_charge_again(library):
    make_drawer(by(library, "zhao"))
    reader = make_patron(node=library["main"]).id
    charge = operations.charge(by(library, "zhao"), patron=reader, amount_fen=1_000)
    receipt = operations.take(by(library, "zhao"), patron=reader, taking=Taking(charges={charge.id: 600}))

    receipts.void(by(library, "zhao"), receipt_id=receipt.id, reason="读者改用微信", is_in_hand=True)

    found = queries.charge(charge.id)
    assert (found.open_fen, found.paid_fen, patrons.patron(reader).owed_fen) == (1_000, 0, 1_000)
    assert differences() == []


def test_work_is_counted_by_operator_from_the_ledger(library):
    for number, (who, days) in enumerate((("zhao", 0), ("zhao", 30), ("qian", 0))):
        act = make_act(library["main"], DAY + timedelta(days=days), staff=library[who])
        ledger.record(act, "loan.made", source=f"work:{number}", quantity=2)

    by_day = counting.workload([library["main"]], start=DAY, end=DAY + timedelta(days=60))
    elsewhere = counting.workload([library["east"]], start=DAY, end=DAY + timedelta(days=60))

    assert [(one.day, one.acts) for one in by_day] == [
        (DAY, {"loan.made": 2}), (DAY, {"loan.made": 2}), (DAY + timedelta(days=30), {"loan.made": 2}),
    ]  # fmt: skip
    assert elsewhere == ()
