"""Registering items as property, changing what may be done with them, and taking them out of the stock."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from wenlan.holdings import policies, queries, states, telling
from wenlan.holdings.accessioning import accession, accession_many
from wenlan.holdings.accounts import entering
from wenlan.holdings.dimensions import at_owner, dimensions
from wenlan.holdings.errors import ItemInUse, ReasonMissing
from wenlan.holdings.models import Item, Treatment
from wenlan.holdings.types import (
    Direction,
    ItemStatus,
    ItemView,
    NewTreatment,
    Transition,
    TreatmentOutcome,
    WithdrawalWay,
)
from wenlan.holdings.weeding.types import WeedingReason
from wenlan.kernel.acts import Act
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.ledger.types import EventRow
from wenlan.staff.operations import audit

__all__ = [
    "accession",
    "accession_many",
    "change_state",
    "deregister",
    "end_treatment",
    "give_back",
    "relocate",
    "replace_lost",
    "send_for_treatment",
]


@transaction.atomic
def change_state(act: Act, *, item: int, transition: str, reason: str = "") -> ItemView:
    """Take an item through one of the acts that staff do by hand: found, missing, damaged, out of service ...

    The stock does not change. Raises ItemUnknown, StatusNotAllowed and ReasonMissing. Repeating `act.key`
    changes nothing.
    """
    row = states.lock_item(item)
    if not states.done_before(act, item):
        if transition not in policies.BY_HAND:
            raise states.refuse(row, transition)
        states.change(act, [row], transition, reason=reason)
        _audit_state(act, row, transition, reason)
    return queries.item_view(row)


@transaction.atomic
def send_for_treatment(act: Act, *, item: int, treatment: NewTreatment) -> ItemView:
    """Send an item to repair (修补) or to the bindery (装订). Raises ItemUnknown, StatusNotAllowed, ReasonMissing.

    Repeating `act.key` changes nothing.
    """
    row = states.lock_item(item)
    if not states.done_before(act, item):
        if not treatment.work.strip():
            raise ReasonMissing()
        transition = policies.TREATMENTS[treatment.kind]
        states.change(act, [row], transition, reason=treatment.work)
        Treatment.objects.create(
            item=row,
            kind=treatment.kind,
            sent_on=act.day,
            sent_to=treatment.sent_to,
            work=treatment.work[:200],
            expected_on=treatment.expected_on,
            key=f"{act.key}/{item}"[:120],
        )
        _audit_state(act, row, transition, treatment.work)
    return queries.item_view(row)


@transaction.atomic
def end_treatment(act: Act, *, item: int, outcome: str, cost_fen: int | None = None, note: str = "") -> ItemView:
    """Take an item back from repair or bindery: fit for use, or beyond repair and then damaged.

    `cost_fen` is what the work cost. An item that was lent meanwhile, by somebody who overruled, keeps its state.
    Raises ItemUnknown, and StatusNotAllowed when there is no open treatment; repeating `act.key` changes nothing.
    """
    row = states.lock_item(item)
    open_now = Treatment.objects.filter(item=row, returned_on=None)
    if not states.done_before(act, item):
        transition = Transition.RESTORE if outcome == TreatmentOutcome.DONE else Transition.GIVE_UP
        if row.status in policies.AWAY or not open_now.exists():
            states.change(act, [row], transition, reason=note)
        open_now.update(returned_on=act.day, outcome=outcome, cost_fen=cost_fen, note=note[:200])
        _audit_state(act, row, transition, note)
    return queries.item_view(row)


def _audit_state(act: Act, row: Item, transition: str, reason: str) -> None:
    audit(act, f"holdings.{transition}", f"item:{row.pk}", after={"status": row.status}, reason=reason)


@transaction.atomic
def relocate(act: Act, *, item: int, shelved_at: int, department: int | None = None) -> ItemView:
    """Give an item that is in the house another place (馆藏地); the owner does not change.

    Raises ItemUnknown and ItemInUse.
    """
    row = states.lock_item(item)
    if row.status in policies.NOT_TO_BE_MOVED:
        raise ItemInUse(barcode=row.barcode)
    before = {"shelved_at": row.shelved_at_id, "department": row.department_id}
    row.shelved_at_id = row.present_node_id = shelved_at
    row.department_id = department
    row.save(update_fields=["shelved_at", "present_node", "department"])
    telling.let_know([row.record_id])
    after = {"shelved_at": shelved_at, "department": department}
    audit(act, "holdings.relocate", f"item:{item}", before=before, after=after)
    return queries.item_view(row)


@transaction.atomic
def replace_lost(act: Act, *, item: int, by: int) -> ItemView:
    """Take a lost item out of the stock because a reader brought another one for it (读者赔书): both registers, the
    ledger, the reason with the accession number of the new item `by`. Nothing else of the new item changes.

    Raises ItemUnknown, StatusNotAllowed for what is not recorded as lost, MonthLocked. Repeating `act.key` changes
    nothing.
    """
    row = states.lock_item(item)
    aside = replace(act, key=f"{act.key}/aside")
    if not states.done_before(aside, item):
        if row.status != ItemStatus.LOST:
            raise states.refuse(row, Transition.WITHDRAW)
        reason = f"{WeedingReason.PAID.value} {queries.item(by).accession_number}"
        states.change(aside, [row], Transition.SET_ASIDE, reason=reason)
        deregister(act, [row], reason=reason, way=WithdrawalWay.SCRAP)
        _audit_state(act, row, Transition.WITHDRAW, reason)
    return queries.item_view(row)


@transaction.atomic
def give_back(act: Act, *, item: int, reason: str, paid_fen: int | None = None) -> ItemView:
    """Take an item out of the stock because the seller took it back: both registers and the ledger, with the reason.

    `paid_fen` is what is not to be paid now: it leaves the sum of the line that the item came in by. Raises
    ItemUnknown, StatusNotAllowed for what is not at hand, and MonthLocked, also where the books of the day on which it
    came are closed. Repeating `act.key` changes nothing.
    """
    row = states.lock_item(item)
    aside = replace(act, key=f"{act.key}/aside")
    if not states.done_before(aside, item):
        entering.hold_books(row.owner_node_id)
        entering.refuse_locked(row.owner_node_id, row.accessioned_on)
        states.change(aside, [row], Transition.SET_ASIDE, reason=reason)
        deregister(act, [row], reason=reason)
        entering.add_paid([(row.entered_in_id, -paid_fen if paid_fen else None)])
        _audit_state(act, row, Transition.WITHDRAW, reason)
    return queries.item_view(row)


def deregister(act: Act, rows: Sequence[Item], *, reason: str, way: str = "", approval: str = "") -> None:
    """Take locked items that are set aside out of the stock (注销), out of both registers, and record it in the ledger.

    The last step of a disposal, in its transaction; `approval` is the number of its paper (批准文号). Raises
    StatusNotAllowed and MonthLocked; the items stay in the table for ever.
    """
    owners = sorted({row.owner_node_id for row in rows})
    for owner in owners:
        entering.hold_books(owner)
    entries = {
        owner: entering.entry(act, owner=owner, direction=Direction.OUT, way=way, voucher=approval) for owner in owners
    }
    for row in rows:
        row.withdrawn_on, row.withdrawal_reason = act.day, reason[:200]
        row.left_in = entries[row.owner_node_id]
    states.change(act, rows, Transition.WITHDRAW, reason=reason)
    ledger.record_many([_deregistered(act, row) for row in rows])


def _deregistered(act: Act, row: Item) -> EventRow:
    told = at_owner(act, row.owner_node_id)
    return ledger.event_row(told, Kind.STOCK_DEREGISTERED, item=dimensions(row), source=f"item-end:{row.uid}")
