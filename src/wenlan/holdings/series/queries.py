"""Reads of series: what was printed, what of it is on items, what is free."""

from collections.abc import Collection

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Length

from wenlan.holdings.models import BarcodeSeries, Item
from wenlan.holdings.series.errors import SeriesUnknown
from wenlan.holdings.series.policies import gaps
from wenlan.holdings.series.types import SeriesView

MOST = 100


def all_series(nodes: Collection[int]) -> tuple[SeriesView, ...]:
    """Return the series of these places, newest first, at most a hundred (one statement)."""
    return tuple(_view(row) for row in _counted().filter(node__in=nodes).order_by("-pk")[:MOST])


def series(series_id: int, nodes: Collection[int]) -> SeriesView:
    """Return one series of these places (one statement). Raises SeriesUnknown."""
    row = _counted().filter(node__in=nodes, pk=series_id).first()
    if row is None:
        raise SeriesUnknown
    return _view(row)


def any_series(series_id: int) -> SeriesView:
    """Return one series wherever it was made (one statement). Raises SeriesUnknown."""
    row = _counted().filter(pk=series_id).first()
    if row is None:
        raise SeriesUnknown
    return _view(row)


def free_spans(of: SeriesView) -> tuple[tuple[int, int], ...]:
    """Return which numbers of a series are on no item, as spans (one statement)."""
    keys = on_items(of.prefix, of.digits, of.scope).values_list("barcode_key", flat=True)
    start = len(of.prefix)
    wanted = keys.filter(barcode_key__gte=of.first_barcode, barcode_key__lte=of.last_barcode)
    return gaps(of.first, of.last, [int(key[start:]) for key in wanted if key[start:].isdecimal()])


def on_items(prefix: str, digits: int, scope: str) -> QuerySet[Item]:
    """Return the items whose barcode has this prefix and as many characters as the series' barcodes."""
    rows = Item.objects.annotate(length=Length("barcode_key"))
    return rows.filter(barcode_key__startswith=prefix, barcode_scope=scope, length=len(prefix) + digits)


def _counted() -> QuerySet[BarcodeSeries]:
    items = Item.objects.annotate(length=Length("barcode_key")).filter(
        barcode_scope=OuterRef("scope"),
        barcode_key__gte=OuterRef("first_key"),
        barcode_key__lte=OuterRef("last_key"),
        barcode_key__startswith=OuterRef("prefix"),
        length=Length(OuterRef("first_key")),
    )
    count = items.order_by().values("barcode_scope").annotate(found=Count("pk")).values("found")
    return BarcodeSeries.objects.annotate(used=Coalesce(Subquery(count, output_field=IntegerField()), Value(0)))


def _view(row: BarcodeSeries) -> SeriesView:
    return SeriesView(
        id=row.pk,
        node=row.node_id,
        prefix=row.prefix,
        digits=row.digits,
        scope=row.scope,
        first=row.first,
        last=row.last,
        made_at=row.made_at,
        made_by=row.made_by,
        note=row.note,
        used=getattr(row, "used", 0),
    )
