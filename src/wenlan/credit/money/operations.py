"""Taking and giving back money: deposits, payments, refunds, waivers. One asks for what another has to approve."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F

from wenlan.credit import accounts, rulebook
from wenlan.credit.accounts import Account, locked
from wenlan.credit.errors import ReasonMissing, SamePerson
from wenlan.credit.money import journal
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
from wenlan.credit.money.models import Approval, Charge, MoneyEntry
from wenlan.credit.money.queries import approval, approval_view, charge_view, money_line
from wenlan.credit.money.types import ApprovalKind, ApprovalView, ChargeView, Means, MoneyKind, MoneyLine
from wenlan.credit.till import receipts, shifts
from wenlan.credit.till.types import ReceiptView
from wenlan.credit.types import ChargeKind
from wenlan.kernel.acts import Act
from wenlan.kernel.money import yuan
from wenlan.staff.operations import audit

REFUNDS = {ApprovalKind.REFUND_DEPOSIT, ApprovalKind.REFUND_CHARGE}


@transaction.atomic
def charge(act: Act, *, patron: int, amount_fen: int, kind: str = ChargeKind.CARD) -> ChargeView:
    """Charge a reader by hand, as for a card replaced. Raises NothingToPay. Repeating `act.key` is as once."""
    if done := Charge.objects.filter(key=f"{act.key}/{kind}").first():
        return charge_view(done)
    account = locked(act, patron)
    row = journal.charge(act, account, journal.NewCharge(kind=kind, amount_fen=amount_fen))
    if row is None:
        raise NothingToPay()
    return charge_view(row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """What is taken at once: a deposit, and sums on charges (by id), by one means of payment."""

    deposit_fen: int = 0
    charges: Mapping[int, int] | None = None
    means: str = Means.CASH

    @property
    def total_fen(self) -> int:
        """The sum on the receipt."""
        return self.deposit_fen + sum((self.charges or {}).values())


@transaction.atomic
def take(act: Act, *, patron: int, taking: Taking) -> ReceiptView:
    """Take money from a reader at the drawer of whoever acts, on the next receipt of that drawer.

    Locks the reader's row, then the drawer's book of receipts. Raises NoShift, NoReceipts, DayClosed, ChargeUnknown,
    NothingToPay. Repeating `act.key` returns the first receipt.
    """
    if done := receipts.of_key(act.key):
        return done
    account = locked(act, patron)
    shift = shifts.of_operator(act)
    charges = payable(patron, taking)
    receipt = receipts.issue(act, shift, patron=patron, money_fen=taking.total_fen)
    common = {"shift": shift, "means": taking.means, "receipt": receipt}
    if taking.deposit_fen:
        kind = MoneyKind.DEPOSIT_RAISED if account.reader.deposit_fen else MoneyKind.DEPOSIT_TAKEN
        journal.write(
            act, account, kind, key=f"{act.key}/deposit", money_fen=taking.deposit_fen,
            deposit_fen=taking.deposit_fen, **common,
        )  # fmt: skip
    for row, sum_fen in charges:
        Charge.objects.filter(pk=row.pk).update(open_fen=F("open_fen") - sum_fen, paid_fen=F("paid_fen") + sum_fen)
        journal.write(
            act, account, MoneyKind.PAID, key=f"{act.key}/{row.pk}", money_fen=sum_fen, owed_fen=-sum_fen, charge=row,
            **common,
        )  # fmt: skip
    return receipts.view(receipt)


def payable(patron: int, taking: Taking) -> list[tuple[Charge, int]]:
    """Return the charges with the sums to pay. Raises NothingToPay and ChargeUnknown."""
    wanted = taking.charges or {}
    if taking.deposit_fen < 0 or taking.total_fen <= 0 or any(sum_fen <= 0 for sum_fen in wanted.values()):
        raise NothingToPay()
    rows = {row.pk: row for row in Charge.objects.filter(pk__in=list(wanted), patron=patron)}
    if missing := wanted.keys() - rows.keys():
        raise ChargeUnknown(what=str(min(missing)))
    if any(rows[pk].open_fen < sum_fen for pk, sum_fen in wanted.items()):
        raise NothingToPay()
    return [(rows[pk], sum_fen) for pk, sum_fen in sorted(wanted.items())]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked for: of a reader, a sum, why; `charge` where it is about one."""

    kind: str
    patron: int
    amount_fen: int
    reason: str
    charge: int | None = None


@transaction.atomic
def ask(act: Act, *, wish: Wish) -> ApprovalView:
    """Ask for a refund, a waiver or a forfeit; somebody else decides.

    Raises ReasonMissing, ApprovalOpen, DepositStillNeeded, DepositNotHeld, ChargeUnknown, NothingToPay, RefundTooLate.
    Repeating `act.key` returns the first.
    """
    if done := Approval.objects.filter(key=act.key).first():
        return approval_view(done)
    if not wish.reason.strip():
        raise ReasonMissing()
    account = locked(act, wish.patron)
    charged = _charge_of(wish)
    _check(act, account, wish, charged)
    waiting = Approval.objects.filter(kind=wish.kind, patron=wish.patron, charge=wish.charge, done_at=None)
    if waiting.exclude(is_granted=False).exists():
        raise ApprovalOpen()
    row = Approval.objects.create(
        kind=wish.kind,
        patron_id=wish.patron,
        charge=charged,
        amount_fen=wish.amount_fen,
        reason=wish.reason.strip()[:200],
        node_id=act.node,
        asked_at=act.at,
        asked_by=act.operator,
        key=act.key,
    )
    return approval_view(row)


def _charge_of(wish: Wish) -> Charge | None:
    if wish.charge is None:
        return None
    row = Charge.objects.filter(pk=wish.charge, patron=wish.patron).first()
    if row is None:
        raise ChargeUnknown(what=str(wish.charge))
    return row


def _check(act: Act, account: Account, wish: Wish, charged: Charge | None) -> None:
    """Raise what stands against a wish; asked when it is made and again when it takes effect."""
    reader, kind = account.reader, ApprovalKind(wish.kind)
    if wish.amount_fen <= 0:
        raise NothingToPay()
    if kind == ApprovalKind.REFUND_DEPOSIT and (reader.owed_fen or reader.open_loans):
        raise DepositStillNeeded(items=reader.open_loans, owed=yuan(reader.owed_fen))
    if kind in {ApprovalKind.REFUND_DEPOSIT, ApprovalKind.FORFEIT} and wish.amount_fen > reader.deposit_fen:
        raise DepositNotHeld(held=yuan(reader.deposit_fen))
    if kind == ApprovalKind.FORFEIT and wish.amount_fen > reader.owed_fen:
        raise NothingToPay()
    if kind == ApprovalKind.WAIVE and (charged is None or wish.amount_fen > charged.open_fen):
        raise NothingToPay()
    if kind == ApprovalKind.REFUND_CHARGE:
        _check_refund(act, account, wish, charged)


def _check_refund(act: Act, account: Account, wish: Wish, charged: Charge | None) -> None:
    if charged is None or wish.amount_fen > charged.paid_fen:
        raise NothingToPay()
    days = account.rule.refund_days if account.rule else 0
    paid = MoneyEntry.objects.filter(charge=charged, kind=MoneyKind.PAID, reversed_by=None).order_by("-id").first()
    found_late = paid is None or act.day > paid.day + timedelta(days=days)
    if charged.kind == ChargeKind.LOSS and found_late:
        raise RefundTooLate(days=days)


@transaction.atomic
def decide(act: Act, *, approval_id: int, is_granted: bool, answer: str = "") -> ApprovalView:
    """Grant or refuse what somebody else asked for. A waiver and a forfeit take effect at once, a refund is paid out
    later. Raises SamePerson, ApprovalDecided, ReasonMissing for a refusal without an answer, and what `ask` raises when
    the account has changed meanwhile.
    """
    account = locked(act, approval(approval_id).patron)
    row = Approval.objects.select_for_update().get(pk=approval_id)
    if row.is_granted is not None:
        raise ApprovalDecided()
    if row.asked_by == act.operator:
        raise SamePerson()
    if not is_granted and not answer.strip():
        raise ReasonMissing()
    row.is_granted, row.decided_at, row.decided_by, row.answer = is_granted, act.at, act.operator, answer.strip()[:200]
    if is_granted:
        _check(act, account, _wish(row), row.charge)
        if row.kind not in REFUNDS:
            _take_effect(act, account, row)
            row.done_at = act.at
    row.save(update_fields=["is_granted", "decided_at", "decided_by", "answer", "done_at"])
    after = {"kind": row.kind, "fen": row.amount_fen, "granted": is_granted}
    audit(act, "credit.decided", f"patron:{row.patron_id}", after=after, reason=answer or row.reason)
    if is_granted:
        accounts.tell(account, "money_decided", key=str(row.pk), kind=row.kind, fen=row.amount_fen)
    return approval_view(row)


def _wish(row: Approval) -> Wish:
    return Wish(kind=row.kind, patron=row.patron_id, amount_fen=row.amount_fen, reason=row.reason, charge=row.charge_id)


def _take_effect(act: Act, account: Account, row: Approval) -> None:
    if row.kind == ApprovalKind.WAIVE and row.charge is not None:
        how = journal.Settlement(kind=MoneyKind.WAIVED, approval=row.pk, reason=row.reason)
        journal.settle(act, account, row.charge, row.amount_fen, how, key=f"approval:{row.pk}")
    if row.kind == ApprovalKind.FORFEIT:
        left = row.amount_fen
        for charged in Charge.objects.filter(patron=row.patron_id, open_fen__gt=0).order_by("id"):
            part = min(left, charged.open_fen)
            if part:
                Charge.objects.filter(pk=charged.pk).update(
                    open_fen=F("open_fen") - part, paid_fen=F("paid_fen") + part
                )
                journal.write(
                    act, account, MoneyKind.DEPOSIT_FORFEITED, key=f"approval:{row.pk}:{charged.pk}",
                    deposit_fen=-part, owed_fen=-part, charge=charged, approval=row, reason=row.reason,
                )  # fmt: skip
            left -= part


@transaction.atomic
def pay_out(act: Act, *, approval_id: int, means: str, voucher: str) -> MoneyLine:
    """Pay an approved refund out of the drawer of whoever acts, against a voucher that the reader signed.

    Raises NotApproved, VoucherMissing, NoShift, NotEnoughCash, DayClosed. Twice is as once.
    """
    key = f"refund:{approval_id}"
    if done := MoneyEntry.objects.filter(key=key).first():
        return money_line(done)
    if not voucher.strip():
        raise VoucherMissing()
    account = locked(act, approval(approval_id).patron)
    row = Approval.objects.select_for_update().get(pk=approval_id)
    if row.is_granted is not True or row.done_at is not None or row.kind not in REFUNDS:
        raise NotApproved()
    _check(act, account, _wish(row), row.charge)
    shift = shifts.of_operator(act)
    if means == Means.CASH:
        shifts.insist_on_cash(shift, row.amount_fen)
    is_deposit = row.kind == ApprovalKind.REFUND_DEPOSIT
    if row.charge is not None:
        Charge.objects.filter(pk=row.charge.pk).update(paid_fen=F("paid_fen") - row.amount_fen)
    line = journal.write(
        act, account, MoneyKind.DEPOSIT_REFUNDED if is_deposit else MoneyKind.CHARGE_REFUNDED, key=key,
        money_fen=-row.amount_fen, deposit_fen=-row.amount_fen if is_deposit else 0, means=means, shift=shift,
        charge=row.charge, approval=row, voucher=voucher.strip()[:40], reason=row.reason,
    )  # fmt: skip
    Approval.objects.filter(pk=row.pk).update(done_at=act.at)
    return money_line(line)


@transaction.atomic
def settle_by_item(act: Act, *, charge_id: int, reason: str) -> ChargeView:
    """Take what is open off a compensation because the reader brought an item of the same kind (赔书).

    What the charge's rule adds for handling stays to be paid: the new item has to be processed. Called by whoever
    accessions the new item. Raises ChargeUnknown. Twice is as once.
    """
    known = Charge.objects.filter(pk=charge_id).first()
    if known is None:
        raise ChargeUnknown(what=str(charge_id))
    account = locked(act, known.patron_id)
    row = Charge.objects.select_related("rule").get(pk=charge_id)
    handling_fen = rulebook.compensation_terms(row.rule.compensation).handling_fen if row.rule else 0
    if row.open_fen > handling_fen and not MoneyEntry.objects.filter(key=f"by-item:{row.pk}").exists():
        how = journal.Settlement(kind=MoneyKind.SETTLED_BY_ITEM, reason=reason)
        journal.settle(act, account, row, row.open_fen - handling_fen, how, key=f"by-item:{row.pk}")
    return charge_view(row)
