"""Which items are meant: by a scanned list, a batch number, a span of call numbers, or the days of accession."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from wenlan.catalogue.clc import sort_key as class_key
from wenlan.holdings.call_numbers import policies as call_numbers
from wenlan.holdings.labels.errors import NothingToPrint, TooManyLabels
from wenlan.holdings.models import Item
from wenlan.holdings.policies import barcode_key
from wenlan.holdings.types import ItemStatus

MOST = 2_000
BEYOND_HEX = "g"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The items in the order of printing, and what of a scanned list no item carries."""

    items: tuple[Item, ...]
    unknown: tuple[str, ...] = ()


def of_barcodes(barcodes: Sequence[str], nodes: Collection[int]) -> Chosen:
    """Return the items of a scanned list in its order, each once; two under one barcode are both printed."""
    keys = list(dict.fromkeys(key for one in barcodes if (key := barcode_key(one))))
    rows = _bounded(_owned(nodes).filter(barcode_key__in=keys))
    place = {key: at for at, key in enumerate(keys)}
    rows.sort(key=lambda row: (place[row.barcode_key], row.pk))
    found = {row.barcode_key for row in rows}
    return Chosen(items=tuple(rows), unknown=tuple(key for key in keys if key not in found))


def of_batch(number: str, nodes: Collection[int]) -> Chosen:
    """Return the items that came with a supplier's batch (批次号) or an invoice, in the order they were registered."""
    if not number:
        return Chosen(items=())
    rows = _bounded(_owned(nodes).filter(entered_in__voucher=number))
    rows.sort(key=lambda row: row.pk)
    return Chosen(items=tuple(rows))


def of_call_numbers(first: str, last: str, nodes: Collection[int]) -> Chosen:
    """Return the items shelved at the nodes whose call number lies in the span, in shelf order.

    Both ends are included; a class alone holds for everything under it. Collections stand apart, as on the shelf.
    """
    rows = Item.objects.filter(shelved_at__in=nodes).exclude(status=ItemStatus.WITHDRAWN)
    found = _bounded(rows.filter(call_key__gte=bound(first), call_key__lt=bound(last or first) + BEYOND_HEX))
    return Chosen(items=tuple(sorted(found, key=lambda row: (row.call_key, row.pk))))


def bound(mark: str) -> str:
    """Return how the keys begin of all call numbers under this one: collection and class, and the book if stated."""
    parts = call_numbers.split(mark.strip().upper())
    stated = [parts.line, class_key(parts.class_number), *([call_numbers.book_key(parts.book)] if parts.book else [])]
    return "\0".join(stated).encode().hex()


def of_days(first: date, last: date, nodes: Collection[int]) -> Chosen:
    """Return the items of the nodes accessioned on these days, both included, in the order of the register."""
    rows = Item.objects.filter(shelved_at__in=nodes, accessioned_on__gte=first, accessioned_on__lte=last)
    found = _bounded(rows.exclude(status=ItemStatus.WITHDRAWN))
    return Chosen(items=tuple(sorted(found, key=lambda row: (row.accession_number, row.pk))))


def _owned(nodes: Collection[int]) -> QuerySet[Item]:
    return Item.objects.filter(shelved_at__in=nodes)


def _bounded(rows: QuerySet[Item], most: int = MOST) -> list[Item]:
    found = list(rows[: most + 1])
    if len(found) > most:
        raise TooManyLabels(count=f"> {most}", most=most)
    return found


def insist(chosen: Chosen) -> Chosen:
    """Return what was chosen. Raises NothingToPrint when that is nothing."""
    if not chosen.items:
        raise NothingToPrint
    return chosen
