"""What stands in a room."""

from collections.abc import Collection

from django.db.models import Count

from wenlan.holdings.models import Item
from wenlan.holdings.queries import item_view
from wenlan.holdings.types import ItemStatus, ItemView


def usual_owner(node: int) -> int:
    """Return who owns most of what has its place at a node; the node itself where nothing stands (one statement)."""
    rows = Item.objects.filter(shelved_at=node).exclude(status=ItemStatus.WITHDRAWN).values_list("owner_node_id")
    found = rows.annotate(units=Count("id")).order_by("-units", "owner_node_id").first()
    return int(found[0]) if found else node


def at_hand(node: int, records: Collection[int]) -> tuple[ItemView, ...]:
    """Return the items of some records that stand at a place or have their place there, those at hand first."""
    here = Item.objects.filter(record__in=records, present_node=node) | Item.objects.filter(
        record__in=records, shelved_at=node
    )
    rows = here.exclude(status=ItemStatus.WITHDRAWN).order_by("record_id", "barcode_key", "id")[:100]
    found = [item_view(row) for row in rows]
    return tuple(sorted(found, key=lambda item: (item.status != ItemStatus.AVAILABLE, item.record)))
