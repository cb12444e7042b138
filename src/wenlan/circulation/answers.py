"""First answers, found again by the key of their act."""

from wenlan.catalogue import queries as catalogue
from wenlan.circulation.errors import ActUndone
from wenlan.circulation.models import Loan, Renewal, Reservation, Transit
from wenlan.circulation.reserving.types import Held
from wenlan.circulation.types import Lent, NextStep, Renewed, Returned
from wenlan.holdings import queries as holdings
from wenlan.holdings.types import ItemStatus, Lending
from wenlan.patrons import queries as patrons


def first_lent(key: str) -> Lent | None:
    """Return what a check-out with this key answered, None when there was none. Raises ActUndone."""
    loan = Loan.objects.filter(out_key=key).first()
    if loan is None:
        return None
    if loan.cancelled_at is not None:
        raise ActUndone()
    item = holdings.item(loan.item_id)
    renewed = Renewal.objects.filter(loan=loan, cancelled_at=None).order_by("id").first()
    reader = patrons.patron(loan.patron_id) if loan.patron_id else None
    return Lent(
        loan=loan.uid,
        item=item.id,
        record=item.record,
        title=title_of(item.record),
        barcode=item.barcode,
        patron=loan.patron_id or 0,
        due_on=renewed.due_before if renewed else loan.due_on,
        open_loans=reader.open_loans if reader else 0,
        loan_limit=reader.category.loan_limit if reader else 0,
        terms=None,
        material=item.material,
        was_repeated=True,
    )


def first_returned(loan_id: int) -> Returned:
    """Return what the check-in of a loan answered. Raises ActUndone."""
    loan = Loan.objects.get(pk=loan_id)
    if loan.returned_at is None:
        raise ActUndone()
    item = holdings.item(loan.item_id)
    sent = Transit.objects.filter(loan=loan, cancelled_at=None).first()
    kept = Reservation.objects.filter(trapped=loan).first()
    here = (NextStep.HOLD, ItemStatus.ON_HOLD_SHELF) if kept else (NextStep.SHELVE, ItemStatus.AVAILABLE)
    if item.lending == Lending.FIRST_LOAN:
        here = (NextStep.PROCESS, ItemStatus.IN_PROCESSING)
    step, status = (NextStep.SEND, ItemStatus.IN_TRANSIT) if sent else here
    held = None
    if kept is not None and kept.patron_id is not None:
        held = Held(reservation=kept.uid, patron=kept.patron_id, pickup=kept.pickup_id, pick_up_by=kept.pick_up_by)
    return Returned(
        item=item.id,
        record=item.record,
        title=title_of(item.record),
        barcode=item.barcode,
        was_on_loan=True,
        next_step=step,
        status=status.value,
        held=held,
        loan=loan.uid,
        patron=loan.patron_id,
        due_on=loan.due_on,
        overdue_days=loan.overdue_days or 0,
        destination=sent.to_node_id if sent else None,
        material=item.material,
        owner_node=item.owner_node,
        main_class=item.main_class,
        was_repeated=True,
    )


def first_renewed(key: str) -> Renewed | None:
    """Return what a renewal with this key answered, None when there was none. Raises ActUndone."""
    renewal = Renewal.objects.filter(key=key).select_related("loan").first()
    if renewal is None:
        return None
    if renewal.cancelled_at is not None:
        raise ActUndone()
    loan = renewal.loan
    item = holdings.item(loan.item_id)
    return Renewed(
        loan=loan.uid,
        item=item.id,
        record=item.record,
        title=title_of(item.record),
        barcode=item.barcode,
        patron=loan.patron_id or 0,
        due_before=renewal.due_before,
        due_on=renewal.due_on,
        renewals=loan.renewals,
        terms=None,
        was_repeated=True,
    )


def title_of(record: int) -> str:
    """Return the title of a record."""
    return catalogue.titles([record]).get(record, "")
