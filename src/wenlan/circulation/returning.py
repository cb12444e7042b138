"""The decision and the write of a check-in, and what else arrives at a return desk."""

from dataclasses import dataclass, replace

from wenlan.circulation import events, gathering, policies, statements
from wenlan.circulation.models import Transit
from wenlan.circulation.reserving import trapping
from wenlan.circulation.reserving.trapping import Claim
from wenlan.circulation.statements import HotRead, ItemRow, LoanRow
from wenlan.circulation.types import ItemRef, NextStep, Returned
from wenlan.credit import operations as credit
from wenlan.credit import queries as accounts
from wenlan.credit.types import EndedItem, Event
from wenlan.holdings.types import ItemStatus, Lending
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import DomainError
from wenlan.kernel.ids import new_uid
from wenlan.ledger.kinds import Kind
from wenlan.network import trees

RETURNED = Kind.LOAN_RETURNED.value


def take_back(act: Act, read: HotRead, item: ItemRef) -> Returned | DomainError | None:
    """Close the loan of what was read; None when it has to be read again: changed, or not locked."""
    if refused := gathering.not_one_item(read, item):
        return refused
    found = read.items[0]
    if (read.loan is None) != (found.status != ItemStatus.ON_LOAN):
        return None
    if not read.is_locked and not is_one_write(read):
        return None
    if read.loan is None or read.reader is None:
        return take_in(act, read, found)
    return close(act, read, read.loan)


def is_one_write(read: HotRead) -> bool:
    """Return whether nothing follows from the return but that the loan is closed."""
    if read.loan is None or read.reader is None or read.on > read.loan.due_on:
        return False
    return not (read.items[0].reserved or read.items[0].held_for is not None or is_rewarded(read))


def close(act: Act, read: HotRead, loan: LoanRow) -> Returned | None:
    """Write the return; None when nothing was written."""
    found, day, at = read.items[0], read.on, statements.stored(act.at)
    late = days_late(act, read, loan)
    claimed = trapping.claim(act, read, found)
    way = onward(act, read, found, claimed, category=loan.reader_category)
    transit = (new_uid(), found.id, loan.id, act.node, way.to, at) if way.step == NextStep.SEND else ()
    source = events.return_source(loan.uid, loan.returns_undone)
    written = statements.write_return(
        returned=(at, day, act.node, act.operator, act.key, late),
        read=read,
        loan=loan,
        status=way.status,
        held_for=claimed.patron if claimed else None,
        event=events.of_loan(act, RETURNED, read, loan=events.dimensions_of(loan), source=source),
        transit=transit,
    )
    if not written:
        return None
    if claimed:
        trapping.settle(act, claimed, found.id, loan=loan.id)
    consequence = None
    if late or is_rewarded(read):
        ended = EndedItem(barcode=found.barcode, title=found.title, price_fen=found.list_price_fen)
        consequence = credit.after_return(act, patron=loan.patron, source=source, days_late=late, item=ended)
    return replace(
        came_in(found, way, claimed),
        was_on_loan=True,
        loan=loan.uid,
        patron=loan.patron,
        due_on=loan.due_on,
        overdue_days=late,
        consequence=consequence,
    )


def days_late(act: Act, read: HotRead, loan: LoanRow) -> int:
    """Return how many days late the item is, by the calendar of this place."""
    if read.on <= loan.due_on:
        return 0
    is_open = gathering.calendar_of(read, act.node)
    return policies.overdue_days(due_on=loan.due_on, returned_on=read.on, is_open=is_open)


def came_in(item: ItemRow, way: "Way", claimed: Claim | None) -> Returned:
    """Return the answer for an item that came in and was not on loan."""
    return Returned(
        item=item.id,
        record=item.record,
        title=item.title,
        barcode=item.barcode,
        was_on_loan=False,
        next_step=way.step,
        status=way.status,
        destination=way.to if way.step == NextStep.SEND else None,
        held=claimed.held if claimed else None,
        material=item.material,
        owner_node=item.owner_node,
        main_class=item.main_class,
    )


def is_rewarded(read: HotRead) -> bool:
    """Return whether a rule gives points for a return in time; no statement while the rules are unchanged."""
    reader = read.reader
    assert reader is not None
    return accounts.rewards(
        home_node=reader.home_node,
        category=reader.category_id,
        event=Event.ON_TIME.value,
        version=read.versions.policies,
        on=read.on,
    )


@dataclass(frozen=True, slots=True)
class Way:
    """Where an item that came in goes: its status, the next step, and the node it is sent to with SEND."""

    status: str
    step: NextStep
    to: int


def onward(act: Act, read: HotRead, item: ItemRow, claimed: Claim | None, *, category: str) -> Way:
    """Return where a locked item goes from here: to who waits for it, to its shelf, by a hub, or it stays.

    The books of a place that was closed for good go to the place above it.
    """
    pickup = claimed.pickup if claimed else None
    stays, hub, home = False, None, item.shelved_at
    was_first = item.lending == Lending.FIRST_LOAN
    if pickup is None and home != act.node:
        home = trees.current(read.versions.tree).standing_in(home, read.on)
    if pickup is None and home != act.node:
        decision = gathering.decision_for(read, node=act.node, category=category)
        if decision is not None:
            stays = decision.floats and not was_first and may_float(act, item, decision.float_limit)
            hub = decision.hub if decision.hub != act.node else None
    status, step = policies.after_return(
        place=act.node, shelved_at=home, floats=stays, pickup=pickup, was_first=was_first
    )
    return Way(status, step, pickup or hub or home)


def may_float(act: Act, item: ItemRow, most: int | None) -> bool:
    """Return whether one more copy of the title may stay here. One statement where the rule has a limit."""
    return most is None or statements.copies_here(record=item.record, node=act.node) < most


def take_in(act: Act, read: HotRead, item: ItemRow) -> Returned:
    """Answer for a locked item that is not on loan: it arrives, is sent on, or its record says something else."""
    way, claimed = Way(item.status, NextStep.LOOK, item.shelved_at), None
    if item.status == ItemStatus.ON_HOLD_SHELF and item.present_node == act.node:
        way = Way(item.status, NextStep.HOLD, item.shelved_at)
    elif item.status in {ItemStatus.AVAILABLE, ItemStatus.IN_TRANSIT, ItemStatus.ON_HOLD_SHELF}:
        claimed = trapping.arrive(act, item) if item.held_for is not None else trapping.claim(act, read, item)
        way = onward(act, read, item, claimed, category="")
        move(act, item, way, claimed)
    return came_in(item, way, claimed)


def move(act: Act, item: ItemRow, way: Way, claimed: Claim | None) -> None:
    """Write where a locked item stands or goes, and sign for it where its way ends or turns here."""
    held_for = claimed.patron if claimed else None
    sent = None
    if item.status == ItemStatus.IN_TRANSIT:
        sent = Transit.objects.filter(item=item.id, arrived_at=None, cancelled_at=None).first()
    goes_on = way.step == NextStep.SEND and sent is not None and sent.to_node_id == way.to
    if sent is not None and not goes_on:
        Transit.objects.filter(pk=sent.pk).update(arrived_at=act.at, arrived_node=act.node)
    if way.step == NextStep.SEND and not goes_on:
        Transit.objects.create(item_id=item.id, from_node_id=act.node, to_node_id=way.to, sent_at=act.at)
    if (item.status, item.present_node, item.held_for) != (way.status, act.node, held_for):
        statements.place_item(item=item.id, status=way.status, on=act.day, node=act.node, held_for=held_for)
    was_ready = item.status == ItemStatus.ON_HOLD_SHELF
    if claimed and (was_ready or item.held_for is None or claimed.pick_up_by is not None):
        trapping.settle(act, claimed, item.id)
