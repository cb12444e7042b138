"""Reads of charges, the journal and what waits for approval."""

from collections.abc import Collection

from django.db.models import Sum

from wenlan.credit.money.models import Approval, Charge, MoneyEntry
from wenlan.credit.money.types import ApprovalKind, ApprovalView, ChargeView, MoneyKind, MoneyLine
from wenlan.kernel.errors import NotFound


def charges(patron: int, *, open_only: bool = False, limit: int = 100) -> tuple[ChargeView, ...]:
    """Return a reader's charges, the latest first (one statement)."""
    rows = Charge.objects.filter(patron=patron)
    if open_only:
        rows = rows.filter(open_fen__gt=0)
    return tuple(charge_view(row) for row in rows.order_by("-id")[:limit])


def charge(charge_id: int) -> ChargeView:
    """Return a charge. Raises NotFound."""
    row = Charge.objects.filter(pk=charge_id).first()
    if row is None:
        raise NotFound(what=str(charge_id))
    return charge_view(row)


def charge_of(source: str) -> ChargeView | None:
    """Return the charge that the end of a loan made, None when it made none or has been forgotten."""
    row = Charge.objects.filter(source=source).first()
    return charge_view(row) if row else None


def settled_by_item() -> dict[str, int]:
    """Return what items brought for lost ones settled, in fen, by the loss (one statement).

    What charges that have forgotten their loans had settled stands under the empty source.
    """
    rows = MoneyEntry.objects.filter(kind=MoneyKind.SETTLED_BY_ITEM).values_list("charge__source")
    return dict(rows.annotate(fen=-Sum("owed_fen")).order_by("charge__source"))


def lines(patron: int, *, before: int | None = None, limit: int = 50) -> tuple[MoneyLine, ...]:
    """Return a reader's lines of the journal, the latest first (one statement)."""
    rows = MoneyEntry.objects.filter(patron=patron)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return tuple(money_line(row) for row in rows.select_related("receipt", "reversed_by").order_by("-id")[:limit])


def lines_of_receipt(receipt: int) -> tuple[MoneyLine, ...]:
    """Return what a receipt was issued for, with what reversed it (one statement)."""
    rows = MoneyEntry.objects.filter(receipt=receipt).select_related("receipt", "reversed_by")
    return tuple(money_line(row) for row in rows.order_by("id"))


def approval(approval_id: int) -> ApprovalView:
    """Return what was asked for. Raises NotFound."""
    row = Approval.objects.filter(pk=approval_id).first()
    if row is None:
        raise NotFound(what=str(approval_id))
    return approval_view(row)


def undecided(nodes: Collection[int], *, limit: int = 200) -> tuple[ApprovalView, ...]:
    """Return what waits for a decision at the places, the oldest first (one statement)."""
    rows = Approval.objects.filter(is_granted=None, node__in=nodes).order_by("id")
    return tuple(approval_view(row) for row in rows[:limit])


def unpaid(nodes: Collection[int], *, limit: int = 200) -> tuple[ApprovalView, ...]:
    """Return the approved refunds of the places that were not paid out yet, the oldest first (one statement)."""
    kinds = [ApprovalKind.REFUND_DEPOSIT, ApprovalKind.REFUND_CHARGE]
    rows = Approval.objects.filter(is_granted=True, done_at=None, kind__in=kinds, node__in=nodes).order_by("id")
    return tuple(approval_view(row) for row in rows[:limit])


def approvals(patron: int, *, limit: int = 20) -> tuple[ApprovalView, ...]:
    """Return what was asked for a reader, the latest first (one statement)."""
    return tuple(approval_view(row) for row in Approval.objects.filter(patron=patron).order_by("-id")[:limit])


def charge_view(row: Charge) -> ChargeView:
    """Return the public side of a charge."""
    return ChargeView(
        id=row.pk,
        patron=row.patron_id,
        kind=row.kind,
        amount_fen=row.amount_fen,
        open_fen=row.open_fen,
        paid_fen=row.paid_fen,
        days_late=row.days_late,
        day=row.day,
        node=row.node_id,
        item=row.item,
        rule=row.rule_id,
    )


def money_line(row: MoneyEntry) -> MoneyLine:
    """Return the public side of a line."""
    return MoneyLine(
        id=row.pk,
        at=row.at,
        kind=row.kind,
        means=row.means,
        money_fen=row.money_fen,
        deposit_fen=row.deposit_fen,
        owed_fen=row.owed_fen,
        patron=row.patron_id,
        charge=row.charge_id,
        operator=row.operator,
        node=row.node_id,
        receipt=row.receipt.text if row.receipt else "",
        voucher=row.voucher,
        reason=row.reason,
        is_reversed=hasattr(row, "reversed_by"),
    )


def approval_view(row: Approval) -> ApprovalView:
    """Return the public side of what was asked for."""
    return ApprovalView(
        id=row.pk,
        kind=row.kind,
        patron=row.patron_id,
        charge=row.charge_id,
        amount_fen=row.amount_fen,
        reason=row.reason,
        node=row.node_id,
        asked_at=row.asked_at,
        asked_by=row.asked_by,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        is_granted=row.is_granted,
        answer=row.answer,
        done_at=row.done_at,
    )
