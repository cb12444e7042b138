"""What the holdings add to a search: what can be borrowed now, and the record under a barcode."""

from __future__ import annotations

from wenlan.catalogue import queries as catalogue
from wenlan.catalogue.types import RecordView
from wenlan.holdings import queries as holdings
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network

LONGEST_BARCODE = 40


def available_in(node: int | None) -> catalogue.Available:
    """Return what tells which records can be borrowed now, at a node or under it, or anywhere."""
    nodes = network.subtree(node) if node is not None else None
    return lambda records: holdings.available_records(records, nodes)


def by_barcode(text: str) -> RecordView | None:
    """Return the record of the item with this barcode, when it is one item's and readers may see it."""
    if not text or len(text) > LONGEST_BARCODE or not text.isascii():
        return None
    try:
        item = holdings.item_by_barcode(text)
        return catalogue.shown_record(catalogue.record(item.record).uid)
    except DomainError:
        return None
