"""Preparing, running and undoing a batch of changes."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction

from wenlan.holdings import policies
from wenlan.holdings.batches.models import Batch, BatchLine
from wenlan.holdings.batches.queries import BatchView, batch, view
from wenlan.holdings.errors import BatchEmpty
from wenlan.holdings.models import Item
from wenlan.holdings.states import CHUNK, lock_items
from wenlan.kernel.acts import Act
from wenlan.staff.operations import audit

# What a batch may change, and the column it stands in. Prices and states have books of their own.
FIELDS = {
    "shelved_at": "shelved_at_id",
    "department": "department_id",
    "lending": "lending",
    "audience": "audience",
    "volume": "volume",
}
DONE, SKIPPED, REFUSED = "done", "skipped", "refused"


@transaction.atomic
def prepare(act: Act, *, items: Collection[int], changes: Mapping[str, Any]) -> BatchView:
    """Write down what would become of the items, to be looked at; no item is changed.

    `changes` maps names of `FIELDS` to their new values. Items that would stay as they are have no line. Raises
    BatchEmpty when no item would change, ItemUnknown. Repeating `act.key` returns the batch made first.
    """
    if known := Batch.objects.filter(key=act.key).first():
        return view(known)
    wanted = {name: changes[name] for name in FIELDS if name in changes}
    if "shelved_at" in wanted:
        wanted.setdefault("department", None)
    lines = []
    for row in lock_items(items).values():
        before = present(row, wanted)
        if before != wanted:
            lines.append((row, before))
    if not lines:
        raise BatchEmpty()
    made = Batch.objects.create(made_at=act.at, node_id=act.node, operator=act.operator, changes=wanted, key=act.key)
    BatchLine.objects.bulk_create(
        [BatchLine(batch=made, item=row, before=before, after=wanted) for row, before in lines], batch_size=CHUNK
    )
    return view(made)


def present(row: Item, names: Collection[str]) -> dict[str, Any]:
    """Return what an item is now in these fields."""
    return {name: getattr(row, FIELDS[name]) for name in names}


@transaction.atomic
def run(act: Act, *, batch_id: int) -> BatchView:
    """Change the items as the batch shows.

    An item that was changed after the batch was prepared is skipped, one that is out of the house and was to get
    another place is refused; both stay as they are and their lines say so. Running twice is as once.
    """
    made = Batch.objects.select_for_update().get(pk=batch(batch_id).id)
    if made.run_at is None:
        lines = list(made.lines.order_by("item_id"))
        rows = lock_items([line.item_id for line in lines])
        changed = []
        for line in lines:
            line.outcome = _written(rows[line.item_id], line)
            if line.outcome == DONE:
                changed.append(rows[line.item_id])
        Item.objects.bulk_update(changed, [*FIELDS, "present_node"], batch_size=CHUNK)
        BatchLine.objects.bulk_update(lines, ["outcome"], batch_size=CHUNK)
        Batch.objects.filter(pk=made.pk).update(run_at=act.at, run_by=act.operator)
        audit(act, "holdings.batch", f"batch:{made.pk}", after={"changes": made.changes, "items": len(changed)})
    return batch(batch_id)


def _written(row: Item, line: BatchLine) -> str:
    if present(row, line.after) != line.before:
        return SKIPPED
    if "shelved_at" in line.after and row.status in policies.NOT_TO_BE_MOVED:
        return REFUSED
    for name, value in line.after.items():
        setattr(row, FIELDS[name], value)
    if "shelved_at" in line.after:
        row.present_node_id = row.shelved_at_id
    return DONE


@transaction.atomic
def undo(act: Act, *, batch_id: int) -> BatchView:
    """Take a batch back by a second one: what it changed becomes what it was, if nobody changed it since.

    Returns the second batch, which has run. Undoing twice is as once. Raises BatchEmpty for one that changed nothing.
    """
    made = Batch.objects.select_for_update().get(pk=batch(batch_id).id)
    second = Batch.objects.filter(undoes=made).first()
    if second is None:
        lines = list(made.lines.filter(outcome=DONE))
        if not lines:
            raise BatchEmpty()
        second = Batch.objects.create(
            made_at=act.at, node_id=act.node, operator=act.operator, changes={}, undoes=made, key=act.key
        )
        BatchLine.objects.bulk_create(
            [BatchLine(batch=second, item_id=line.item_id, before=line.after, after=line.before) for line in lines],
            batch_size=CHUNK,
        )
    return run(act, batch_id=second.pk)
