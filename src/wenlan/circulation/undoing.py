"""Taking back the last act of a desk: which it was, whether it may go, and the rows it leaves as they were before."""

from datetime import timedelta

from wenlan.circulation import events, statements
from wenlan.circulation.errors import CannotUndo
from wenlan.circulation.models import Loan, Renewal, Transit, Undoing
from wenlan.circulation.reserving import trapping
from wenlan.circulation.types import UndoneAct
from wenlan.credit import operations as credit
from wenlan.credit.money import queries as charges
from wenlan.holdings.types import ItemStatus
from wenlan.kernel.acts import Act
from wenlan.ledger import operations as ledger
from wenlan.patrons import queries as patrons
from wenlan.patrons.types import PatronStatus

WITHIN = timedelta(minutes=1)
AFTER_A_RETURN = frozenset(
    {ItemStatus.AVAILABLE, ItemStatus.IN_TRANSIT, ItemStatus.ON_HOLD_SHELF, ItemStatus.IN_PROCESSING}
)


def find(key: str) -> tuple[UndoneAct, Loan, Renewal | None]:
    """Return the act done with this key and its loan. Raises CannotUndo when there is none left to undo."""
    if loan := Loan.objects.filter(out_key=key, cancelled_at=None).first():
        return UndoneAct.CHECK_OUT, loan, None
    if loan := Loan.objects.filter(in_key=key, returned_at__isnull=False).first():
        return UndoneAct.CHECK_IN, loan, None
    if renewal := Renewal.objects.filter(key=key, cancelled_at=None).select_related("loan").first():
        return UndoneAct.RENEW, renewal.loan, renewal
    raise CannotUndo()


def undo_check_out(act: Act, loan: Loan) -> None:
    """Cancel an open loan that nothing followed. The item is back on the shelf of this place."""
    insist(act, node=loan.lent_node_id, by=loan.lent_by, at=loan.lent_at)
    cancel_loan(act, loan)


def cancel_loan(act: Act, loan: Loan) -> None:
    """Cancel an open loan of a locked reader and item, whenever and by whom it was made. Raises CannotUndo."""
    if loan.returned_at is not None or loan.renewals:
        raise CannotUndo()
    Loan.objects.filter(pk=loan.pk).update(cancelled_at=act.at)
    statements.unlend_item(item=loan.item_id, on=act.day, node=act.node)
    if (held_for := trapping.unlent(loan.pk)) is not None:
        on_shelf = ItemStatus.ON_HOLD_SHELF.value
        statements.place_item(item=loan.item_id, status=on_shelf, on=act.day, node=act.node, held_for=held_for)
    statements.change_tally(patron=loan.patron_id, by=-1)
    ledger.reverse(act, day=loan.lent_on, source=events.loan_source(loan.uid))


def undo_check_in(act: Act, loan: Loan, *, item_status: str) -> None:
    """Open a returned loan again, if the item is still as the return left it and the reader's account is open."""
    insist(act, node=loan.returned_node_id, by=loan.returned_by, at=loan.returned_at)
    is_out = Loan.objects.filter(item=loan.item_id, returned_at=None, cancelled_at=None).exists()
    if is_out or loan.patron_id is None or loan.returned_on is None or item_status not in AFTER_A_RETURN:
        raise CannotUndo()
    if patrons.patron(loan.patron_id).status == PatronStatus.DEREGISTERED:
        raise CannotUndo()
    source = events.return_source(loan.uid, loan.returns_undone)
    if (charge := charges.charge_of(source)) is not None and charge.paid_fen:
        raise CannotUndo()
    ledger.reverse(act, day=loan.returned_on, source=source)
    credit.take_back(act, source=source)
    trapping.untrap(loan.item_id)
    Transit.objects.filter(loan=loan, arrived_at=None, cancelled_at=None).update(cancelled_at=act.at)
    Loan.objects.filter(pk=loan.pk).update(
        returned_at=None,
        returned_on=None,
        returned_node=None,
        returned_by="",
        overdue_days=None,
        returns_undone=loan.returns_undone + 1,
    )
    statements.place_item(item=loan.item_id, status=ItemStatus.ON_LOAN.value, on=act.day, node=loan.lent_node_id)
    statements.change_tally(patron=loan.patron_id, by=1)


def undo_renewal(act: Act, loan: Loan, renewal: Renewal) -> None:
    """Give a loan its due date back, if nothing followed the renewal."""
    insist(act, node=renewal.node_id, by=renewal.renewed_by, at=renewal.renewed_at)
    cancel_renewal(act, loan, renewal)


def cancel_renewal(act: Act, loan: Loan, renewal: Renewal) -> None:
    """Cancel the last renewal of an open loan whose reader and item are locked. Raises CannotUndo."""
    if loan.returned_at is not None or loan.due_on != renewal.due_on:
        raise CannotUndo()
    Renewal.objects.filter(pk=renewal.pk).update(cancelled_at=act.at)
    Loan.objects.filter(pk=loan.pk).update(due_on=renewal.due_before, renewals=loan.renewals - 1)
    ledger.reverse(act, day=renewal.renewed_on, source=events.renewal_source(renewal.uid))


def insist(act: Act, *, node: int | None, by: str, at: object) -> None:
    """Raise CannotUndo unless the act was done by this desk within the last minute."""
    if node != act.node or by != act.operator or not timedelta(0) <= act.at - at <= WITHIN:  # type: ignore[operator]
        raise CannotUndo()


def write_down(act: Act, undone: UndoneAct, loan: Loan, key: str) -> None:
    """Keep that and by whom the act was taken back."""
    Undoing.objects.create(
        key=act.key,
        undone_key=key,
        act=undone,
        loan=loan,
        undone_at=act.at,
        node_id=act.node,
        undone_by=act.operator,
    )
