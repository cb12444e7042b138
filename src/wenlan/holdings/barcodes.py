"""Which barcodes are on items already, asked for many at once."""

from collections.abc import Collection

from wenlan.holdings.models import Item
from wenlan.holdings.policies import barcode_key

CHUNK = 500


def taken(barcodes: Collection[str], *, scope: str = "") -> dict[str, int]:
    """Return the items that carry one of the barcodes in the scope, by the barcode's key (a statement each 500)."""
    keys = sorted({barcode_key(barcode) for barcode in barcodes} - {""})
    found: dict[str, int] = {}
    for start in range(0, len(keys), CHUNK):
        rows = Item.objects.filter(barcode_key__in=keys[start : start + CHUNK], barcode_scope=scope)
        found.update(rows.values_list("barcode_key", "id"))
    return found
