"""The decision and the write of a check-in, and what else arrives at a return desk."""

from wenlan.circulation import events, gathering, policies, statements
from wenlan.circulation.models import Transit
from wenlan.circulation.statements import HotRead, ItemRow, LoanRow
from wenlan.circulation.types import ItemRef, NextStep, Returned
from wenlan.holdings.types import ItemStatus
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import DomainError
from wenlan.kernel.ids import new_uid
from wenlan.ledger.kinds import Kind

RETURNED = Kind.LOAN_RETURNED.value


def take_back(act: Act, read: HotRead, item: ItemRef) -> Returned | DomainError | None:
    """Close the loan of what was read; None when it changed meanwhile and has to be read again."""
    if refused := gathering.not_one_item(read, item):
        return refused
    found = read.items[0]
    if (read.loan is None) != (found.status != ItemStatus.ON_LOAN):
        return None
    if read.loan is None or read.reader is None:
        return take_in(act, found, floats=floats(act, read, found, category=""))
    return close(act, read, read.loan)


def close(act: Act, read: HotRead, loan: LoanRow) -> Returned | None:
    """Write the return; None when nothing was written."""
    found, day, at = read.items[0], read.on, statements.stored(act.at)
    late = 0
    if day > loan.due_on:
        is_open = gathering.calendar_of(read, act.node)
        late = policies.overdue_days(due_on=loan.due_on, returned_on=day, is_open=is_open)
    stays = floats(act, read, found, category=loan.reader_category)
    status, step = policies.after_return(place=act.node, shelved_at=found.shelved_at, floats=stays)
    transit = (new_uid(), found.id, loan.id, act.node, found.shelved_at, at) if step == NextStep.SEND else ()
    source = events.return_source(loan.uid, loan.returns_undone)
    written = statements.write_return(
        returned=(at, day, act.node, act.operator, act.key, late),
        loan=loan,
        item=found.id,
        status=status,
        event=events.of_loan(act, RETURNED, read, loan=events.dimensions_of(loan), source=source),
        transit=transit,
    )
    if not written:
        return None
    return Returned(
        item=found.id,
        record=found.record,
        title=found.title,
        barcode=found.barcode,
        was_on_loan=True,
        next_step=step,
        status=status,
        loan=loan.uid,
        patron=loan.patron,
        due_on=loan.due_on,
        overdue_days=late,
        destination=found.shelved_at if transit else None,
        material=found.material,
        owner_node=found.owner_node,
        main_class=found.main_class,
    )


def floats(act: Act, read: HotRead, item: ItemRow, *, category: str) -> bool:
    """Return whether the rule of this place lets the item stay here."""
    if item.shelved_at == act.node:
        return False
    decision = gathering.decision_for(read, node=act.node, category=category)
    return decision is not None and decision.floats


def take_in(act: Act, item: ItemRow, *, floats: bool) -> Returned:
    """Answer for a locked item that is not on loan: it arrives, is sent on, or its record says something else."""
    status, step = item.status, NextStep.LOOK
    if item.status == ItemStatus.ON_HOLD_SHELF:
        step = NextStep.HOLD
    elif item.status in {ItemStatus.AVAILABLE, ItemStatus.IN_TRANSIT}:
        status, step = policies.after_return(place=act.node, shelved_at=item.shelved_at, floats=floats)
        if status == ItemStatus.AVAILABLE:
            arrive(act, item)
        elif item.status == ItemStatus.AVAILABLE:
            send(act, item)
    return Returned(
        item=item.id,
        record=item.record,
        title=item.title,
        barcode=item.barcode,
        was_on_loan=False,
        next_step=step,
        status=status,
        destination=item.shelved_at if step == NextStep.SEND else None,
        material=item.material,
        owner_node=item.owner_node,
        main_class=item.main_class,
    )


def arrive(act: Act, item: ItemRow) -> None:
    """Put a locked item on the shelf of this place, and sign for it if it was on its way."""
    if item.status == ItemStatus.IN_TRANSIT:
        open_transits = Transit.objects.filter(item=item.id, arrived_at=None, cancelled_at=None)
        open_transits.update(arrived_at=act.at, arrived_node=act.node)
    if item.status != ItemStatus.AVAILABLE or item.present_node != act.node:
        statements.place_item(item=item.id, status=ItemStatus.AVAILABLE.value, on=act.day, node=act.node)


def send(act: Act, item: ItemRow) -> None:
    """Send a locked item from this place to its own."""
    Transit.objects.create(item_id=item.id, from_node_id=act.node, to_node_id=item.shelved_at, sent_at=act.at)
    statements.place_item(item=item.id, status=ItemStatus.IN_TRANSIT.value, on=act.day, node=act.node)
