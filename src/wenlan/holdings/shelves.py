"""What stands on the shelves and may be borrowed now."""

from collections.abc import Collection

from wenlan.holdings.models import Item
from wenlan.holdings.queries import item_view
from wenlan.holdings.types import ItemStatus, ItemView, Lending


def free_items(records: Collection[int]) -> tuple[ItemView, ...]:
    """Return the items of records that stand on a shelf and may be borrowed now, by record and id (one statement)."""
    rows = Item.objects.filter(record__in=records, status=ItemStatus.AVAILABLE, lending=Lending.LENDABLE)
    return tuple(item_view(row) for row in rows.order_by("record", "id"))
