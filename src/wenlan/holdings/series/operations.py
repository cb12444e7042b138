"""Writes of series: numbers are given out once, whoever prints."""

from dataclasses import dataclass

from django.db import transaction

from wenlan.holdings.models import BarcodeSeries
from wenlan.holdings.policies import barcode_key
from wenlan.holdings.series import queries
from wenlan.holdings.series.errors import SeriesFull, SeriesTaken
from wenlan.holdings.series.types import SeriesView
from wenlan.jobs import operations as jobs
from wenlan.kernel.acts import Act
from wenlan.staff.operations import audit

COUNTER = "barcode_series"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """So many barcodes of a prefix and digits; `first` is told when they were bought printed, else the next free."""

    prefix: str
    digits: int
    count: int
    first: int | None = None
    scope: str = ""
    note: str = ""


@transaction.atomic
def make_series(act: Act, *, wanted: Wanted) -> SeriesView:
    """Give out a series of barcodes at `act.node`, above all that was given out or is on items of the prefix.

    Locks the counter of the prefix, so that two places never get the same numbers. Raises SeriesTaken for a first
    number that was told and is not free up to the last, SeriesFull. Repeating `act.key` returns the first series.
    """
    if before := BarcodeSeries.objects.filter(key=act.key).first():
        return queries.series(before.pk, [before.node_id])
    prefix = barcode_key(wanted.prefix)
    place = f"{wanted.scope}|{prefix}|{wanted.digits}"
    if wanted.first is None:
        jobs.raise_counters(COUNTER, {place: _highest(prefix, wanted)})
        first = jobs.next_number(COUNTER, place, count=wanted.count)
    else:
        first = wanted.first
        jobs.next_number(COUNTER, place, count=0)  # locks the counter
        _refuse_taken(prefix, wanted, first)
        jobs.raise_counters(COUNTER, {place: first + wanted.count - 1})
    last = first + wanted.count - 1
    if len(str(last)) > wanted.digits:
        raise SeriesFull(digits=wanted.digits, prefix=prefix)
    row = BarcodeSeries.objects.create(
        node_id=act.node,
        prefix=prefix,
        digits=wanted.digits,
        scope=wanted.scope,
        first=first,
        last=last,
        first_key=f"{prefix}{first:0{wanted.digits}d}",
        last_key=f"{prefix}{last:0{wanted.digits}d}",
        made_at=act.at,
        made_by=act.operator,
        note=wanted.note[:100],
        key=act.key,
    )
    audit(act, "holdings.barcode_series", f"series:{row.pk}", after={"first": row.first_key, "last": row.last_key})
    return queries.series(row.pk, [act.node])


def _highest(prefix: str, wanted: Wanted) -> int:
    """Return the highest number of the prefix and digits that an item carries already; 0 without any."""
    keys = queries.on_items(prefix, wanted.digits, wanted.scope).order_by("-barcode_key")
    ends = (key[len(prefix) :] for key in keys.values_list("barcode_key", flat=True).iterator(100))
    return next((int(end) for end in ends if end.isdecimal()), 0)


def _refuse_taken(prefix: str, wanted: Wanted, first: int) -> None:
    last = first + wanted.count - 1
    others = BarcodeSeries.objects.filter(prefix=prefix, digits=wanted.digits, scope=wanted.scope)
    if other := others.filter(first__lte=last, last__gte=first).order_by("-last").first():
        raise SeriesTaken(barcode=other.last_key)
    ends = [f"{prefix}{number:0{wanted.digits}d}" for number in (first, last)]
    items = queries.on_items(prefix, wanted.digits, wanted.scope)
    on_item = items.filter(barcode_key__gte=ends[0], barcode_key__lte=ends[1]).order_by("-barcode_key").first()
    if on_item:
        raise SeriesTaken(barcode=on_item.barcode)
