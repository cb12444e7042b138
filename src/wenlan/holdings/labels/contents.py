"""What stands on the label of an item, and on a reader's card."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from wenlan.catalogue import queries as catalogue
from wenlan.holdings.call_numbers import policies as call_numbers
from wenlan.holdings.labels.bars import bars
from wenlan.holdings.labels.types import Label, LabelKind, Symbology
from wenlan.holdings.models import Item
from wenlan.network import queries as network
from wenlan.patrons import queries as patrons

CHUNK = 500


def of_items(items: Sequence[Item], kind: LabelKind, symbology: Symbology, *, with_place: bool) -> list[Label]:
    """Return the labels of items, in their order. Raises NotAsBars. `with_place` names the shelving library."""
    names = network.node_names() if with_place or kind != LabelKind.SPINE else {}
    if kind == LabelKind.SPINE:
        return [spine(item, names) for item in items]
    if kind == LabelKind.BARCODE:
        return [
            Label(head=names.get(item.owner_node_id, ""), bars=bars(item.barcode, symbology), code=item.barcode)
            for item in items
        ]
    return _pockets(items, symbology, names)


def spine(item: Item, names: Mapping[int, str]) -> Label:
    """Return a spine label: collection, class, book number, volume, year and copy, a line each."""
    lines = call_numbers.lines(item.call_number)
    if item.volume and item.volume not in lines:
        lines = (*lines, item.volume)
    return Label(head=names.get(item.shelved_at_id, ""), lines=lines or (item.barcode,))


def _pockets(items: Sequence[Item], symbology: Symbology, names: Mapping[int, str]) -> list[Label]:
    ids = sorted({item.record_id for item in items})
    records = {}
    for start in range(0, len(ids), CHUNK):
        records.update(catalogue.records(ids[start : start + CHUNK]))
    return [
        Label(
            head=names.get(item.owner_node_id, ""),
            lines=(records[item.record_id].title, records[item.record_id].responsibility, item.call_number),
            bars=bars(item.barcode, symbology),
            code=item.barcode,
            foot=_price(item),
        )
        for item in items
    ]


def _price(item: Item) -> str:
    price = f"{item.list_price_fen / 100:.2f}" if item.list_price_fen is not None else ""
    return " · ".join(part for part in (item.accession_number, price) if part)


def of_cards(numbers: Sequence[str], symbology: Symbology) -> list[Label]:
    """Return the cards of readers by card number, in the order given. Raises CardUnknown, NotAsBars."""
    library = network.root().name
    return [card(number, symbology, library) for number in dict.fromkeys(one.strip() for one in numbers if one.strip())]


def card(number: str, symbology: Symbology, library: str) -> Label:
    """Return a reader's card; the number is printed as it stands on the card that was given."""
    reader = patrons.patron_by_card(number)
    until = reader.valid_until.isoformat() if reader.valid_until else ""
    return Label(
        head=library,
        lines=(_("Reader's card"), reader.name),
        bars=bars(number, symbology),
        code=number,
        foot=_("valid until %(day)s") % {"day": until} if until else "",
    )
