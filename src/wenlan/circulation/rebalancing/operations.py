"""Accepting proposals, dropping them, and sending what is packed; it travels in a crate like everything else."""

from collections.abc import Mapping

from django.db import transaction

from wenlan.circulation import statements
from wenlan.circulation.models import MoveOrder, Transit
from wenlan.holdings import queries as holdings
from wenlan.holdings.types import ItemStatus, ItemView
from wenlan.kernel.acts import Act
from wenlan.staff.operations import audit


@transaction.atomic
def accept(act: Act, *, moves: Mapping[int, int]) -> int:
    """Write down that items are to be brought elsewhere (item to place); return how many orders are new.

    What was lent meanwhile, moved, or ordered already is left out. They wait on the pick list of where they stand.
    """
    items = holdings.items_by_id(moves)
    standing = set(
        MoveOrder.objects.filter(item__in=list(moves), sent_at=None, dropped_at=None).values_list("item_id", flat=True)
    )
    orders = [
        MoveOrder(
            item_id=item.id,
            from_node_id=item.present_node,
            to_node_id=moves[item.id],
            made_at=act.at,
            made_by=act.operator,
            key=f"{act.key}/{item.id}",
        )
        for item in items.values()
        if item.status == ItemStatus.AVAILABLE and item.id not in standing and item.present_node != moves[item.id]
    ]
    MoveOrder.objects.bulk_create(orders, ignore_conflicts=True)
    audit(act, "circulation.rebalanced", f"node:{act.node}", after={"items": len(orders)})
    return len(orders)


@transaction.atomic
def drop(act: Act, *, order: int) -> None:
    """Give an order up: the item stays where it stands. Twice is as once."""
    MoveOrder.objects.filter(pk=order, sent_at=None, dropped_at=None).update(dropped_at=act.at)


def send_ordered(act: Act, item: ItemView, *, to_node: int) -> bool:
    """Send an item that stands here to where an order wants it; False without such an order. Joins a transaction.

    Locks the item. What was lent or moved since the order stands aside: nothing is sent.
    """
    order = MoveOrder.objects.filter(item=item.id, to_node=to_node, sent_at=None, dropped_at=None).first()
    if order is None or item.present_node != act.node:
        return False
    if statements.lock_both(patron=None, item=item.id) != ItemStatus.AVAILABLE:
        return False
    statements.place_item(item=item.id, status=ItemStatus.IN_TRANSIT.value, on=act.day, node=act.node)
    Transit.objects.create(item_id=item.id, from_node_id=act.node, to_node_id=to_node, sent_at=act.at)
    MoveOrder.objects.filter(pk=order.pk).update(sent_at=act.at)
    return True
