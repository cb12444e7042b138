"""What a slip that was signed for counts as, by its purpose: transferred, rotated, or distributed; never as loans."""

from dataclasses import replace

from wenlan.holdings.dimensions import dimensions
from wenlan.holdings.models import Item, Transfer
from wenlan.holdings.transfers.types import Outcome, Purpose
from wenlan.kernel.acts import Act
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.ledger.types import EventRow

BOTH_SIDES = {Purpose.TRANSFER: Kind.ITEM_TRANSFERRED, Purpose.ROTATION: Kind.ITEM_ROTATED}
GIVEN = {Purpose.DISTRIBUTION: "branch", Purpose.DEPOSIT: "deposit"}


def count(act: Act, slip: Transfer) -> None:
    """Record what came: where it left and where it arrived, or, for what is handed out, where it left only.

    A rotation, a distribution and a deposit count once more as a batch (流转批次, 配送批次).
    """
    if slip.to_node_id is None or slip.to_node_id == slip.from_node_id:
        return  # from room to room: no library gives or takes
    gone = replace(act, node=slip.from_node_id, department=None)
    come = replace(act, node=slip.to_node_id, department=slip.to_department_id)
    taken = list(Item.objects.filter(pk__in=slip.lines.filter(outcome=Outcome.RECEIVED).values("item")).order_by("pk"))
    purpose = Purpose(slip.purpose)
    if purpose in BOTH_SIDES:
        sides = ((gone, "out"), (come, "in"))
        rows = [_row(side, slip, item, BOTH_SIDES[purpose], way) for side, way in sides for item in taken]
    else:
        rows = [_row(gone, slip, item, Kind.ITEM_DISTRIBUTED, GIVEN[purpose]) for item in taken]
    if purpose != Purpose.TRANSFER and taken:
        subject = f"stock_slip.{purpose.value}"
        rows.append(ledger.event_row(gone, Kind.RECORD_ENTERED, subject=subject, source=f"transfer:{slip.pk}:batch"))
    ledger.record_many(rows)


def _row(side: Act, slip: Transfer, item: Item, kind: str, way: str) -> EventRow:
    source = f"transfer:{slip.pk}:{item.uid}:{way}"
    return ledger.event_row(side, kind, subject=way, item=dimensions(item), source=source)
