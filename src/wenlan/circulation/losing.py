"""Ends of loans that are no return: lost, claimed to be returned, damaged; and what is found again.

What an end costs is the reader's account's business (`credit`); it follows in the same transaction.
"""

from dataclasses import dataclass

from django.db import transaction

from wenlan.catalogue import queries as catalogue
from wenlan.circulation import statements
from wenlan.circulation.errors import NotOnLoan, ReasonMissing
from wenlan.circulation.models import OPEN, Loan, Transit
from wenlan.circulation.reserving import trapping
from wenlan.circulation.types import LoanEnd
from wenlan.credit import operations as credit
from wenlan.credit.money import queries as money
from wenlan.credit.types import Consequence, EndedItem
from wenlan.holdings import operations as holdings
from wenlan.holdings import queries as items
from wenlan.holdings.types import ItemStatus, ItemView, Transition
from wenlan.kernel.acts import Act
from wenlan.staff.operations import audit


@dataclass(frozen=True, slots=True)
class Paid:
    """What a reader paid for a loss, in fen; the library's rule says for how long it may be asked back."""

    patron: int
    charge: int
    paid_fen: int


def loss_source(loan: Loan) -> str:
    """Return the key that a loss has in the reader's account."""
    return f"loss:{loan.uid}"


def locked(item: int) -> Loan:
    """Lock the reader of an item's open loan, then the item; return the loan. Raises NotOnLoan."""
    before = Loan.objects.filter(OPEN, item=item).first()
    if before is None:
        raise NotOnLoan()
    statements.lock_both(patron=before.patron_id, item=item)
    loan = Loan.objects.filter(OPEN, pk=before.pk).first()
    if loan is None:
        raise NotOnLoan()
    return loan


def ended(item: ItemView, title: str) -> EndedItem:
    """Return what the account has to know of an item: also when it came out and what its whole set costs."""
    work = catalogue.records([item.record]).get(item.record)
    return EndedItem(
        barcode=item.barcode,
        title=title or (work.title if work else ""),
        price_fen=item.list_price_fen,
        set_price_fen=items.set_price_fen(item),
        published=work.year if work else None,
    )


@transaction.atomic
def report_lost(act: Act, *, item: int, title: str = "", reason: str = "") -> Consequence:
    """End the loan of an item that its reader has lost: the item is lost, and what it costs stands on the account.

    It is no return and counts as none. Raises NotOnLoan. Repeating `act.key` changes nothing.
    """
    done = Loan.objects.filter(in_key=act.key, ended_as=LoanEnd.LOST).first()
    if done is not None and done.patron_id is not None:
        source = loss_source(done)
        return credit.after_loss(act, patron=done.patron_id, source=source, item=ended(items.item(item), title))
    loan = locked(item)
    Loan.objects.filter(pk=loan.pk).update(
        returned_at=act.at,
        returned_on=act.day,
        returned_node=act.node,
        returned_by=act.operator,
        in_key=act.key,
        overdue_days=0,
        ended_as=LoanEnd.LOST,
    )
    statements.place_item(item=item, status=ItemStatus.AVAILABLE.value, on=act.day, node=loan.lent_node_id)
    statements.change_tally(patron=loan.patron_id, by=-1)
    lost = holdings.change_state(act, item=item, transition=Transition.LOSE, reason=reason or str(LoanEnd.LOST.label))
    after = {"patron": loan.patron_id, "item": item}
    audit(act, "circulation.lost", f"loan:{loan.uid}", after=after, reason=reason)
    assert loan.patron_id is not None
    return credit.after_loss(act, patron=loan.patron_id, source=loss_source(loan), item=ended(lost, title))


@transaction.atomic
def report_claimed(act: Act, *, item: int, reason: str) -> None:
    """Write down that the reader says they brought an item back (声称已还).

    The shelves are searched and the loan stays open; when it is found its scan closes the loan as of then. Raises
    NotOnLoan and ReasonMissing.
    """
    if not reason.strip():
        raise ReasonMissing()
    loan = locked(item)
    if loan.claimed_on is None:
        Loan.objects.filter(pk=loan.pk).update(claimed_on=act.day)
        audit(act, "circulation.claimed", f"loan:{loan.uid}", after={"patron": loan.patron_id}, reason=reason)


@transaction.atomic
def report_damage(act: Act, *, item: int, reason: str, sum_fen: int = 0, title: str = "") -> Consequence | None:
    """Take an item that came back damaged out of its way to the shelf, and let its last reader answer for it.

    A reader it was kept for waits on for another copy. Returns None when nobody answers: the last reader is forgotten
    or there was none. Raises ReasonMissing, and StatusNotAllowed for an item that is on loan or elsewhere.
    """
    if not reason.strip():
        raise ReasonMissing()
    last = Loan.objects.filter(item=item, returned_at__isnull=False).order_by("-returned_at").first()
    status = statements.lock_both(patron=last.patron_id if last else None, item=item)
    kept = status in {ItemStatus.IN_TRANSIT, ItemStatus.ON_HOLD_SHELF}
    if kept and items.item(item).present_node == act.node:
        Transit.objects.filter(item=item, arrived_at=None, cancelled_at=None).update(cancelled_at=act.at)
        trapping.untrap(item)
        statements.place_item(item=item, status=ItemStatus.AVAILABLE.value, on=act.day, node=act.node)
    damaged = holdings.change_state(act, item=item, transition=Transition.DAMAGE, reason=reason)
    if last is None or last.patron_id is None:
        return None
    source = f"damage:{last.uid}"
    return credit.after_damage(act, patron=last.patron_id, source=source, item=ended(damaged, title), sum_fen=sum_fen)


@transaction.atomic
def report_found(act: Act, *, item: int) -> ItemView:
    """Take back what was lost and is found: it may be lent again, and what is not paid for the loss falls away.

    What was paid is refunded at the till, by the library's rule. Raises StatusNotAllowed for what was not lost.
    """
    found = holdings.change_state(act, item=item, transition=Transition.FIND)
    last = Loan.objects.filter(item=item, ended_as=LoanEnd.LOST).order_by("-returned_at").first()
    if last is not None and last.patron_id is not None:
        credit.take_back(act, source=loss_source(last))
    return found


def paid_for(item: int) -> Paid | None:
    """Return what was paid for the last loss of an item and may be asked back, None when nothing was or is known."""
    last = Loan.objects.filter(item=item, ended_as=LoanEnd.LOST).order_by("-returned_at").first()
    charge = money.charge_of(loss_source(last)) if last else None
    if charge is None or not charge.paid_fen:
        return None
    return Paid(patron=charge.patron, charge=charge.id, paid_fen=charge.paid_fen)
