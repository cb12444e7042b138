"""The copies of records as fields: 905 in CNMARC, 852 in MARC 21, one field a copy."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from wenlan.catalogue.cnmarc import Field, field
from wenlan.catalogue.exporting import Copies
from wenlan.catalogue.types import MarcFormat
from wenlan.holdings.models import Item
from wenlan.holdings.types import ItemStatus
from wenlan.kernel.words import say
from wenlan.network import queries as network


def held_records(nodes: Collection[int]) -> frozenset[int]:
    """Return the ids of the records with an item whose place is at one of the nodes."""
    rows = Item.objects.filter(shelved_at__in=nodes).exclude(status=ItemStatus.WITHDRAWN)
    return frozenset(rows.values_list("record_id", flat=True).distinct())


def copies_at(nodes: Collection[int]) -> Copies:
    """Return what gives the fields of the copies whose place is at one of the nodes (one statement a batch)."""
    names = {node.id: say(node.names, "zh") for node in network.nodes()}

    def fields(records: Sequence[int], of: MarcFormat) -> Mapping[int, Sequence[Field]]:
        rows = Item.objects.filter(record__in=records, shelved_at__in=nodes).exclude(status=ItemStatus.WITHDRAWN)
        found: dict[int, list[Field]] = {}
        for row in rows.order_by("record_id", "barcode_key", "id"):
            found.setdefault(row.record_id, []).append(_copy(row, names.get(row.shelved_at_id, ""), of))
        return found

    return fields


def _copy(row: Item, place: str, of: MarcFormat) -> Field:
    """Return one copy; the profiles `905-per-copy` and `852-marc21` read it back."""
    class_number, _, book_number = row.call_number.partition("/")
    said = (
        (("b", place), ("h", class_number), ("i", book_number), ("p", row.barcode), ("3", row.volume))
        if of == MarcFormat.MARC21
        else (
            *(("a", place), ("b", row.barcode), ("h", row.accession_number), ("d", class_number)),
            *(("e", book_number), ("s", row.call_number), ("v", row.volume)),
        )
    )
    tag, indicators = ("852", "  ") if of == MarcFormat.MARC21 else ("905", "  ")
    return field(tag, indicators, *(one for one in said if one[1]))
