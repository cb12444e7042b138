"""Deposits, charges, refunds and waivers: every sum in a journal, every refund asked by one and approved by another."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from wenlan.credit import operations as credit
from wenlan.credit.errors import ReasonMissing, SamePerson
from wenlan.credit.money import operations, queries
from wenlan.credit.money.errors import (
    ApprovalDecided,
    ApprovalOpen,
    ChargeUnknown,
    DepositNotHeld,
    DepositStillNeeded,
    NotApproved,
    NothingToPay,
    RefundTooLate,
    VoucherMissing,
)
from wenlan.credit.money.models import MoneyEntry
from wenlan.credit.money.opening import OldBalance, take_over
from wenlan.credit.money.operations import Taking, Wish
from wenlan.credit.money.types import ApprovalKind, Means
from wenlan.credit.testing import A_BOOK, make_act, make_drawer, make_rule
from wenlan.credit.till import receipts, shifts
from wenlan.credit.till.errors import NoReceipts, NoShift, NotEnoughCash, ReceiptClosed
from wenlan.credit.verification import differences
from wenlan.network.testing import make_network
from wenlan.patrons import queries as patrons
from wenlan.patrons.testing import make_patron
from wenlan.staff.testing import make_member

DAY = date(2021, 3, 4)
DEPOSIT, REFUND, WAIVE, FORFEIT = (
    ApprovalKind.REFUND_DEPOSIT, ApprovalKind.REFUND_CHARGE, ApprovalKind.WAIVE, ApprovalKind.FORFEIT,
)  # fmt: skip


@pytest.fixture
def library(db) -> dict[str, int]:
    root, main = make_network("MAIN")
    make_rule(root.id, start_points=None, points={}, charge_fen=20, refund_days=30, deposit_fen=10_000)
    cashier = make_member(main.id, "circulation").id
    make_drawer(make_act(main.id, DAY, staff=cashier), counted_fen=5_000)
    return {
        "main": main.id,
        "cashier": cashier,
        "finance": make_member(root.id, "finance").id,
        "reader": make_patron(node=main.id).id,
    }


def at_desk(library, on=DAY, *, who="cashier", key=""):
    return make_act(library["main"], on, staff=library[who], key=key)


def give_deposit(library, sum_fen=10_000):
    return operations.take(at_desk(library), patron=library["reader"], taking=Taking(deposit_fen=sum_fen))


def make_late(library, source="return:u1", days=10):
    act = at_desk(library)
    done = credit.after_return(act, patron=library["reader"], source=source, days_late=days, item=A_BOOK)
    return done.charge


def wish(library, kind, sum_fen, charge=None):
    return Wish(kind=kind, patron=library["reader"], amount_fen=sum_fen, reason="读者申请", charge=charge)


def granted(library, made):
    approval = operations.ask(at_desk(library), wish=made)
    return operations.decide(at_desk(library, who="finance"), approval_id=approval.id, is_granted=True)


def account(library):
    found = patrons.patron(library["reader"])
    return found.deposit_fen, found.owed_fen


def test_a_deposit_is_taken_raised_and_refunded_by_two_people(library):
    first = operations.take(at_desk(library, key="d"), patron=library["reader"], taking=Taking(deposit_fen=10_000))
    same = operations.take(at_desk(library, key="d"), patron=library["reader"], taking=Taking(deposit_fen=10_000))
    give_deposit(library, 5_000)
    asked = operations.ask(at_desk(library), wish=wish(library, DEPOSIT, 15_000))
    with pytest.raises(ApprovalOpen):
        operations.ask(at_desk(library), wish=wish(library, DEPOSIT, 15_000))
    with pytest.raises(SamePerson):
        operations.decide(at_desk(library), approval_id=asked.id, is_granted=True)
    with pytest.raises(NotApproved):
        operations.pay_out(at_desk(library), approval_id=asked.id, means=Means.CASH, voucher="P-1")

    operations.decide(at_desk(library, who="finance"), approval_id=asked.id, is_granted=True)
    with pytest.raises(ApprovalDecided):
        operations.decide(at_desk(library, who="finance"), approval_id=asked.id, is_granted=False, answer="迟了")
    with pytest.raises(VoucherMissing):
        operations.pay_out(at_desk(library), approval_id=asked.id, means=Means.CASH, voucher=" ")
    held = account(library)
    paid = operations.pay_out(at_desk(library), approval_id=asked.id, means=Means.CASH, voucher="P-1")
    twice = operations.pay_out(at_desk(library), approval_id=asked.id, means=Means.CASH, voucher="P-1")

    assert (first.id, first.money_fen, held, account(library)) == (same.id, 10_000, (15_000, 0), (0, 0))
    assert (paid.money_fen, paid.voucher, twice.id) == (-15_000, "P-1", paid.id)
    assert [line.kind for line in queries.lines(library["reader"])] == [
        "deposit_refunded", "deposit_raised", "deposit_taken",
    ]  # fmt: skip
    assert differences() == []


def test_a_deposit_stays_while_something_is_owed(library):
    give_deposit(library)
    charge = make_late(library)
    with pytest.raises(DepositStillNeeded):
        operations.ask(at_desk(library), wish=wish(library, DEPOSIT, 10_000))
    operations.take(at_desk(library), patron=library["reader"], taking=Taking(charges={charge: 200}))
    with pytest.raises(DepositNotHeld):
        operations.ask(at_desk(library), wish=wish(library, DEPOSIT, 10_001))

    assert account(library) == (10_000, 0)


def test_a_refund_is_looked_at_again_when_it_takes_effect(library):
    give_deposit(library)
    asked = operations.ask(at_desk(library), wish=wish(library, DEPOSIT, 10_000))
    make_late(library)

    with pytest.raises(DepositStillNeeded):
        operations.decide(at_desk(library, who="finance"), approval_id=asked.id, is_granted=True)

    assert (queries.approval(asked.id).is_granted, account(library)) == (None, (10_000, 200))


def test_a_charge_is_paid_in_parts_and_never_twice(library):
    charge = make_late(library)
    operations.take(at_desk(library), patron=library["reader"], taking=Taking(charges={charge: 150}, means="wechat"))
    for sums in ({charge: 51}, {charge: 0}, {}):
        with pytest.raises(NothingToPay):
            operations.take(at_desk(library), patron=library["reader"], taking=Taking(charges=sums))
    other = make_patron(node=library["main"]).id
    with pytest.raises(ChargeUnknown):
        operations.take(at_desk(library), patron=other, taking=Taking(charges={charge: 50}))
    operations.take(at_desk(library), patron=library["reader"], taking=Taking(charges={charge: 50}))

    found = queries.charge(charge)
    assert (found.amount_fen, found.open_fen, found.paid_fen, account(library)) == (200, 0, 200, (0, 0))
    assert differences() == []


def test_money_is_taken_only_at_a_drawer_with_receipts(library):
    stranger = make_member(library["main"], "circulation").id
    act = make_act(library["main"], DAY, staff=stranger)
    with pytest.raises(NoShift):
        operations.take(act, patron=library["reader"], taking=Taking(deposit_fen=100))
    make_drawer(act, receipts=1)
    operations.take(replace(act, key="one"), patron=library["reader"], taking=Taking(deposit_fen=100))
    with pytest.raises(NoReceipts):
        operations.take(replace(act, key="two"), patron=library["reader"], taking=Taking(deposit_fen=100))

    assert account(library) == (100, 0)
    assert MoneyEntry.objects.filter(key__startswith="two").count() == 0


def test_cash_goes_out_only_as_far_as_it_lies_in_the_drawer(library):
    operations.take(at_desk(library), patron=library["reader"], taking=Taking(deposit_fen=10_000, means=Means.WECHAT))
    approval = granted(library, wish(library, DEPOSIT, 10_000))

    with pytest.raises(NotEnoughCash):
        operations.pay_out(at_desk(library), approval_id=approval.id, means=Means.CASH, voucher="P-1")
    operations.pay_out(at_desk(library), approval_id=approval.id, means=Means.WECHAT, voucher="P-1")

    assert account(library) == (0, 0)
    assert shifts.my_shift(f"staff:{library['cashier']}").system_fen == 5_000


def test_a_waiver_is_another_persons_right_and_needs_its_reason(library):
    charge = make_late(library)
    with pytest.raises(ReasonMissing):
        operations.ask(at_desk(library), wish=replace(wish(library, WAIVE, 200, charge), reason=" "))
    with pytest.raises(NothingToPay):
        operations.ask(at_desk(library), wish=wish(library, WAIVE, 201, charge))
    asked = operations.ask(at_desk(library), wish=wish(library, WAIVE, 120, charge))
    with pytest.raises(ReasonMissing):
        operations.decide(at_desk(library, who="finance"), approval_id=asked.id, is_granted=False)
    done = operations.decide(at_desk(library, who="finance"), approval_id=asked.id, is_granted=True)

    assert (done.done_at is not None, queries.charge(charge).open_fen, account(library)) == (True, 80, (0, 80))
    assert differences() == []


def test_a_deposit_is_forfeited_against_what_is_owed(library):
    give_deposit(library)
    make_late(library, "return:u1", 10)
    make_late(library, "return:u2", 5)
    granted(library, wish(library, FORFEIT, 250))

    assert account(library) == (9_750, 50)
    assert [charge.open_fen for charge in queries.charges(library["reader"])] == [50, 0]
    assert differences() == []


def test_what_was_paid_for_a_book_goes_back_when_it_is_found_in_time(library):
    act = at_desk(library)
    lost = credit.after_loss(act, patron=library["reader"], source="loss:u1", item=A_BOOK)
    again = credit.after_loss(act, patron=library["reader"], source="loss:u1", item=A_BOOK)
    operations.take(at_desk(library), patron=library["reader"], taking=Taking(charges={lost.charge: 3_000}))
    late = at_desk(library, DAY + timedelta(days=31))
    with pytest.raises(RefundTooLate):
        operations.ask(late, wish=wish(library, REFUND, 3_000, lost.charge))
    approval = granted(library, wish(library, REFUND, 3_000, lost.charge))
    operations.pay_out(at_desk(library), approval_id=approval.id, means=Means.CASH, voucher="P-9")

    found = queries.charge(lost.charge)
    assert (lost.charged_fen, again.charge, found.paid_fen, found.open_fen) == (3_000, lost.charge, 0, 0)
    assert (account(library), differences()) == ((0, 0), [])


def test_a_book_of_the_same_kind_settles_a_compensation(library):
    lost = credit.after_loss(at_desk(library), patron=library["reader"], source="loss:u1", item=A_BOOK)

    settled = operations.settle_by_item(at_desk(library), charge_id=lost.charge, reason="赔书，新登录号 0000088")
    operations.settle_by_item(at_desk(library), charge_id=lost.charge, reason="赔书，新登录号 0000088")

    assert (settled.open_fen, settled.paid_fen, account(library)) == (0, 0, (0, 0))
    assert differences() == []


def test_a_receipt_is_not_voided_when_its_money_went_back_already(library):
    receipt = give_deposit(library)
    approval = granted(library, wish(library, DEPOSIT, 10_000))
    operations.pay_out(at_desk(library), approval_id=approval.id, means=Means.CASH, voucher="P-1")

    with pytest.raises(ReceiptClosed):
        receipts.void(at_desk(library), receipt_id=receipt.id, reason="重复", is_in_hand=True)

    assert account(library) == (0, 0)


def test_old_balances_are_taken_over_once(library):
    other = make_patron(node=library["main"]).id
    old = [
        OldBalance(patron=library["reader"], deposit_fen=10_000, voucher="旧0001"),
        OldBalance(patron=other, owed_fen=350),
        OldBalance(patron=make_patron(node=library["main"]).id),
    ]

    taken = [take_over(at_desk(library), balances=old) for _ in range(2)]
    with pytest.raises(NothingToPay):
        take_over(at_desk(library), balances=[OldBalance(patron=other, owed_fen=-1)])

    assert (taken, account(library), patrons.patron(other).owed_fen) == ([2, 0], (10_000, 0), 350)
    assert differences() == []
