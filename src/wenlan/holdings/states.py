"""Changing the state of locked items and keeping the history: what operations of this package are made of."""

from collections.abc import Collection, Sequence

from wenlan.holdings import policies
from wenlan.holdings.errors import ItemUnknown, ReasonMissing, StatusNotAllowed
from wenlan.holdings.models import Item, StateChange
from wenlan.holdings.telling import let_know
from wenlan.holdings.types import ItemStatus, Lending
from wenlan.kernel.acts import Act

CHUNK = 500
WRITTEN = (
    "status",
    "status_since",
    "lending",
    "present_node",
    "shelved_at",
    "department",
    "withdrawn_on",
    "withdrawal_reason",
    "left_in",
)


def lock_item(item_id: int) -> Item:
    """Return an item, locked until the transaction ends. Raises ItemUnknown."""
    row = Item.objects.select_for_update().filter(pk=item_id).first()
    if row is None:
        raise ItemUnknown(what=item_id)
    return row


def lock_items(ids: Collection[int]) -> dict[int, Item]:
    """Return items by id, locked in the order of their ids, so that two batches cannot deadlock. Raises ItemUnknown."""
    wanted = sorted(set(ids))
    found: dict[int, Item] = {}
    for start in range(0, len(wanted), CHUNK):
        rows = Item.objects.select_for_update().filter(pk__in=wanted[start : start + CHUNK]).order_by("pk")
        found.update({row.pk: row for row in rows})
    for item_id in wanted:
        if item_id not in found:
            raise ItemUnknown(what=item_id)
    return found


def refuse(row: Item, transition: str) -> StatusNotAllowed:
    """Return why the transition does not lead away from the item's state."""
    return StatusNotAllowed(
        barcode=row.barcode,
        present=ItemStatus(row.status).label,
        wanted=ItemStatus(policies.STEPS[transition].target).label,
    )


def change(act: Act, rows: Sequence[Item], transition: str, *, reason: str = "") -> None:
    """Take locked items through a transition and write their history, with few statements.

    Their place and the day they were withdrawn, set before on the rows, are written too. What is lost and found
    again stands where it was found. Raises StatusNotAllowed and ReasonMissing; then
    nothing was written.
    """
    step = policies.STEPS[transition]
    if step.needs_reason and not reason.strip():
        raise ReasonMissing()
    for row in rows:
        if not policies.may_take(transition, row.status):
            raise refuse(row, transition)
    changes = [
        StateChange(
            item=row,
            at=act.at,
            node_id=act.node,
            operator=act.operator,
            before=row.status,
            after=step.target,
            transition=transition,
            reason=reason[:200],
            key=act.key,
        )
        for row in rows
    ]
    for row in rows:
        if row.status in policies.GONE and step.target == ItemStatus.AVAILABLE:
            row.present_node_id = act.node  # found here
        if row.status == ItemStatus.IN_PROCESSING and row.lending == Lending.FIRST_LOAN:
            row.lending = Lending.LENDABLE  # what leaves processing is catalogued
        row.status, row.status_since = step.target, act.day
    Item.objects.bulk_update(rows, WRITTEN, batch_size=CHUNK)
    StateChange.objects.bulk_create(changes, batch_size=CHUNK)
    let_know(row.record_id for row in rows)


def done_before(act: Act, item_id: int) -> bool:
    """Return whether this act has changed the item already."""
    return StateChange.objects.filter(item=item_id, key=act.key).exists()
