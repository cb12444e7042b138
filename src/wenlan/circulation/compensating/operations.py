"""Taking a copy for a lost one."""

from dataclasses import replace

from django.db import transaction

from wenlan.catalogue import queries as catalogue
from wenlan.circulation import losing, statements
from wenlan.circulation.compensating import policies, queries
from wenlan.circulation.compensating.errors import CopyUnfit, LossPaid, NothingLost
from wenlan.circulation.compensating.models import Compensation
from wenlan.circulation.compensating.types import BY_RULE, CompensationView, Match, NewCopy
from wenlan.circulation.errors import OverrideNotAllowed
from wenlan.circulation.models import OPEN, Loan
from wenlan.circulation.types import LoanEnd
from wenlan.credit.money import operations as money
from wenlan.credit.money import queries as charges
from wenlan.holdings import operations as holdings
from wenlan.holdings import queries as items
from wenlan.holdings.types import ItemStatus, ItemView, NewItem
from wenlan.kernel.acts import Act
from wenlan.staff import queries as staff
from wenlan.staff.operations import audit
from wenlan.staff.types import Right

ORIGIN = "compensation"


@transaction.atomic
def take_copy(act: Act, *, loan: int, copy: NewCopy, reason: str = "") -> CompensationView:
    """Take a copy that a reader hands over for one that they lost (赔书).

    A loan that is still open is ended as lost in the same act. The copy is registered with an accession number of its
    own for the owner of the lost one and goes to processing; the lost one is deregistered; what is still owed for the
    loss is settled, points that it cost stay as they are. Locks the reader, then the item. Raises NothingLost,
    LossPaid, CopyUnfit for another or an older work without a `reason`, OverrideNotAllowed for a reason without the
    right, BarcodeTaken, MonthLocked; then nothing is written. Repeating `act.key` returns the first answer.
    """
    if done := Compensation.objects.filter(key=act.key).first():
        return queries.view(done)
    row, lost = _lost(act, loan)
    match = _judged(act, lost, copy, reason)
    new = _registered(act, lost, copy)
    holdings.replace_lost(act, item=lost.id, by=new.id)
    made = Compensation.objects.create(
        loan=row,
        lost_item_id=lost.id,
        new_item_id=new.id,
        at=act.at,
        day=act.day,
        node_id=act.node,
        by=act.operator,
        match=match,
        reason=reason.strip()[:200],
        settled_fen=_settled(act, row, new),
        key=act.key,
    )
    after = {"lost": lost.accession_number, "new": new.accession_number, "match": match.value}
    audit(act, "circulation.compensated", f"loan:{row.uid}", after=after, reason=reason)
    return queries.view(made)


@transaction.atomic
def rebuild_settled(act: Act) -> int:
    """Let each compensation say what the reader's account says it settled; returns how many did not."""
    differing, _forgotten = queries.settled_otherwise()
    for pk, told_fen, said_fen in differing:
        Compensation.objects.filter(pk=pk).update(settled_fen=told_fen)
        before, after = {"settled_fen": said_fen}, {"settled_fen": told_fen}
        audit(act, "circulation.settled_rebuilt", f"compensation:{pk}", before=before, after=after)
    return len(differing)


def _lost(act: Act, loan: int) -> tuple[Loan, ItemView]:
    """Return the locked loan, ended as lost, and its item. Raises NothingLost and LossPaid."""
    known = Loan.objects.filter(pk=loan).first()
    if known is None:
        raise NothingLost()
    if Loan.objects.filter(OPEN, pk=loan).exists():
        losing.report_lost(replace(act, key=f"{act.key}/lost"), item=known.item_id)
    else:
        statements.lock_both(patron=known.patron_id, item=known.item_id)
    known.refresh_from_db()
    if known.ended_as != LoanEnd.LOST or Compensation.objects.filter(loan=known).exists():
        raise NothingLost()
    item = items.item(known.item_id)
    charge = charges.charge_of(losing.loss_source(known))
    if charge is not None and charge.paid_fen and not charge.open_fen:
        raise LossPaid()
    if item.status != ItemStatus.LOST:
        raise NothingLost()
    return known, item


def _judged(act: Act, lost: ItemView, copy: NewCopy, reason: str) -> Match:
    """Return how the copies relate, if that is enough. Raises CopyUnfit and OverrideNotAllowed."""
    match = policies.judge(*(queries.work_of(catalogue.record(one)) for one in (lost.record, copy.record)))
    if match in BY_RULE:
        return match
    if not reason.strip():
        raise CopyUnfit(match=match.label)
    if act.staff is None or not staff.may(act.staff, Right.OVERRIDE, act.node, act.day):
        raise OverrideNotAllowed()
    return match


def _registered(act: Act, lost: ItemView, copy: NewCopy) -> ItemView:
    """Register the new copy where the lost one belongs, to be processed."""
    same_volume = lost.volume if copy.record == lost.record else ""
    return holdings.accession(
        act,
        item=NewItem(
            record=copy.record,
            barcode=copy.barcode,
            barcode_scope=lost.barcode_scope,
            owner=lost.owner_node,
            shelved_at=lost.shelved_at,
            department=lost.department,
            lending=lost.lending,
            status=ItemStatus.IN_PROCESSING,
            volume=same_volume,
            list_price_fen=copy.price_fen,
            origin=ORIGIN,
            key=f"compensation:{lost.uid}",
        ),
    )


def _settled(act: Act, loan: Loan, new: ItemView) -> int:
    """Take what is still owed for the loss, but for handling, off the account; return how much it was, in fen."""
    charge = charges.charge_of(losing.loss_source(loan))
    if charge is None or not charge.open_fen:
        return 0
    settled = money.settle_by_item(act, charge_id=charge.id, reason=new.accession_number)
    return charge.open_fen - settled.open_fen
