"""What the ledger keeps of an item: its attributes as they are at the moment of the act."""

from dataclasses import replace

from wenlan.holdings.models import Item
from wenlan.holdings.types import ItemView
from wenlan.kernel.acts import Act
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


def of_view(item: ItemView) -> ItemDimensions:
    """Return an item that another package has read as the ledger's rows carry it."""
    return ItemDimensions(
        material=item.material,
        main_class=item.main_class,
        audience=item.audience,
        language=item.language,
        owner_node=item.owner_node,
    )


def at_owner(act: Act, owner: int) -> Act:
    """Return the act as one of the owner: what a library owns is told there, whoever catalogues or signs where.

    The stock counts the owner's books only (总藏量：只计本馆所有), so that those of a branch whose books come
    ready from the centre are its own, and not the centre's.
    """
    return act if act.node == owner else replace(act, node=owner, department=None)
