"""What the ledger keeps of an item: its attributes as they are at the moment of the act."""

from wenlan.holdings.models import Item
from wenlan.ledger.types import ItemDimensions


def dimensions(row: Item) -> ItemDimensions:
    """Return an item as the ledger's rows carry it."""
    return ItemDimensions(
        material=row.material,
        main_class=row.main_class,
        audience=row.audience,
        language=row.language,
        owner_node=row.owner_node_id,
    )
