"""The bill of a month: a statement is made, approved by somebody else, then paid; or sent back, and made anew."""

from datetime import date

from django.db import transaction
from django.db.models import Sum

from wenlan.acquisitions.bookshop import queries
from wenlan.acquisitions.bookshop.errors import NothingToSettle, NotInOrder, SameHand, SettlementUnknown
from wenlan.acquisitions.bookshop.models import Choice, ChoiceCampaign, ShopSettlement
from wenlan.acquisitions.bookshop.policies import statement_number
from wenlan.acquisitions.bookshop.types import ChoiceState, SettlementState, SettlementView
from wenlan.acquisitions.errors import ReasonMissing
from wenlan.holdings.accounts.entering import following
from wenlan.kernel.acts import Act
from wenlan.staff.operations import audit


@transaction.atomic
def settle(act: Act, *, shop: int, month: date) -> SettlementView:
    """Make the statement of a shop for a month that is over: all that was chosen in it and not given back.

    Its number is the voucher under which the books stand in the batch register; one that is made anew after it was
    sent back has another. Locks the campaigns of the lines, so that nothing is given back meanwhile. Raises
    ShopUnknown, NothingToSettle. Repeating `act.key` returns the first.
    """
    if before := ShopSettlement.objects.filter(key=act.key).first():
        return queries.settlement_view(before)
    of, first = queries.shop(shop), month.replace(day=1)
    end = following(first)
    lines = Choice.objects.filter(shop=shop, state=ChoiceState.LENT, settlement=None, day__gte=first, day__lt=end)
    campaigns = sorted(set(lines.values_list("campaign_id", flat=True)))
    list(ChoiceCampaign.objects.select_for_update().filter(pk__in=campaigns).order_by("pk"))
    ids = list(lines.values_list("id", flat=True))
    if act.day < end or not ids:
        raise NothingToSettle(month=f"{first:%Y-%m}")
    sums = Choice.objects.filter(pk__in=ids).aggregate(listed=Sum("list_price_fen"), paid=Sum("paid_fen"))
    again = ShopSettlement.objects.filter(shop=shop, month=first).count()
    row = ShopSettlement.objects.create(
        number=statement_number(of.code, first) + (f"-{again + 1}" if again else ""),
        shop_id=shop,
        month=first,
        state=SettlementState.MADE,
        volumes=len(ids),
        list_price_fen=sums["listed"],
        paid_fen=sums["paid"],
        made_at=act.at,
        made_on=act.day,
        made_by=act.operator,
        key=act.key,
    )
    Choice.objects.filter(pk__in=ids).update(settlement=row)
    _audit(act, row, "made")
    return queries.settlement_view(row)


@transaction.atomic
def approve(act: Act, *, number: str) -> SettlementView:
    """Approve a statement (复核): it may be paid. Raises SettlementUnknown, SameHand, NotInOrder. Twice is as once."""
    row = _locked(number)
    if row.state == SettlementState.APPROVED:
        return queries.settlement_view(row)
    _insist(row, SettlementState.MADE)
    if act.operator == row.made_by:
        raise SameHand
    row.state, row.approved_on, row.approved_by = SettlementState.APPROVED, act.day, act.operator
    row.save(update_fields=["state", "approved_on", "approved_by"])
    _audit(act, row, "approved")
    return queries.settlement_view(row)


@transaction.atomic
def pay(act: Act, *, number: str, voucher: str) -> SettlementView:
    """Write down that a statement was paid, by which voucher. Raises SettlementUnknown, NotInOrder, ReasonMissing."""
    row = _locked(number)
    if row.state == SettlementState.PAID:
        return queries.settlement_view(row)
    _insist(row, SettlementState.APPROVED)
    if not voucher.strip():
        raise ReasonMissing
    row.state, row.paid_on, row.voucher = SettlementState.PAID, act.day, voucher.strip()[:60]
    row.save(update_fields=["state", "paid_on", "voucher"])
    _audit(act, row, "paid")
    return queries.settlement_view(row)


@transaction.atomic
def send_back(act: Act, *, number: str, reason: str) -> SettlementView:
    """Send a statement back that is not paid yet: its lines stand on none again. Raises as the others do."""
    row = _locked(number)
    if row.state == SettlementState.SENT_BACK:
        return queries.settlement_view(row)
    _insist(row, SettlementState.MADE, SettlementState.APPROVED)
    if not reason.strip():
        raise ReasonMissing
    Choice.objects.filter(settlement=row).update(settlement=None)
    row.state, row.reason = SettlementState.SENT_BACK, reason.strip()[:200]
    row.save(update_fields=["state", "reason"])
    _audit(act, row, "sent_back")
    return queries.settlement_view(row)


def _locked(number: str) -> ShopSettlement:
    row = ShopSettlement.objects.select_for_update().filter(number=number).first()
    if row is None:
        raise SettlementUnknown(what=number)
    return row


def _insist(row: ShopSettlement, *states: SettlementState) -> None:
    if row.state not in states:
        raise NotInOrder(number=row.number, state=SettlementState(row.state).label)


def _audit(act: Act, row: ShopSettlement, what: str) -> None:
    told = {"paid_fen": row.paid_fen, "volumes": row.volumes, "state": str(row.state)}
    audit(act, f"acquisitions.settlement_{what}", f"settlement:{row.number}", after=told, reason=row.reason)
