"""Reads of what travels: by age, by crate, by month, and what stands away from home."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from wenlan.catalogue import queries as catalogue
from wenlan.circulation.models import Crate, Transit
from wenlan.circulation.transport import statements
from wenlan.circulation.transport.types import CrateView, Flow, ItemWords, OnTheWay
from wenlan.holdings import queries as holdings

OPEN = Q(arrived_at__isnull=True, cancelled_at__isnull=True)


def on_the_way(nodes: Collection[int], at: datetime, *, days: int = 0, limit: int = 200) -> tuple[OnTheWay, ...]:
    """Return what was sent from or to the places more than `days` days ago and nobody signed for, the oldest first."""
    rows = Transit.objects.filter(OPEN, sent_at__lte=at - timedelta(days=days)).select_related("crate")
    ours = Q(from_node__in=nodes) | Q(to_node__in=nodes)
    return _on_the_way(rows.filter(ours).order_by("sent_at", "id")[:limit], at)


def in_crate(crate: int, at: datetime) -> tuple[OnTheWay, ...]:
    """Return what is in a crate and not signed for."""
    return _on_the_way(Transit.objects.filter(OPEN, crate=crate).select_related("crate").order_by("id"), at)


def crates(nodes: Collection[int], at: datetime, *, limit: int = 200) -> tuple[CrateView, ...]:
    """Return the crates of the places that have not arrived, the oldest first (one statement)."""
    ours = Q(from_node__in=nodes) | Q(to_node__in=nodes)
    rows = Crate.objects.filter(ours, received_at=None).annotate(
        items=Count("transits", filter=Q(transits__cancelled_at=None))
    )
    return tuple(crate_view(row, at) for row in rows.order_by("opened_at", "id")[:limit])


def crate(crate_id: int, at: datetime) -> CrateView | None:
    """Return one crate."""
    found = Crate.objects.filter(pk=crate_id).annotate(items=Count("transits", filter=Q(transits__cancelled_at=None)))
    row = found.first()
    return crate_view(row, at) if row else None


def flows(start: date, end: date, nodes: Collection[int]) -> tuple[Flow, ...]:
    """Return how many items went between places in `[start, end)`, sent from or to these (the 互还 matrix)."""
    zone = timezone.get_default_timezone()
    first, last = (datetime.combine(day, time(), zone) for day in (start, end))
    ours = Q(from_node__in=nodes) | Q(to_node__in=nodes)
    rows = Transit.objects.filter(ours, sent_at__gte=first, sent_at__lt=last, cancelled_at=None)
    counted = rows.values_list("from_node_id", "to_node_id").annotate(items=Count("id"))
    return tuple(
        Flow(from_node=from_node, to_node=to_node, items=items)
        for from_node, to_node, items in counted.order_by("from_node_id", "to_node_id")
    )


def away_from_home(nodes: Collection[int], *, limit: int = 100) -> tuple[Flow, ...]:
    """Return what stands at the places though its shelf is elsewhere, the most first: what could be brought back."""
    found = statements.away_from_home(nodes, limit=limit)
    return tuple(Flow(from_node=home, to_node=here, items=items) for home, here, items in found)


def crate_view(row: Crate, at: datetime) -> CrateView:
    """Return the public side of a crate."""
    return CrateView(
        id=row.pk,
        code=row.code,
        from_node=row.from_node_id,
        to_node=row.to_node_id,
        opened_at=row.opened_at,
        sent_at=row.sent_at,
        received_at=row.received_at,
        run=row.run,
        items=getattr(row, "items", 0),
        days=((row.received_at or at) - row.opened_at).days,
    )


def words_of(ids: Collection[int]) -> dict[int, ItemWords]:
    """Return by what each item is known on a list: title, barcode, call number (two statements)."""
    items = holdings.items_by_id(ids) if ids else {}
    titles = catalogue.titles({item.record for item in items.values()}) if items else {}
    return {
        number: ItemWords(
            item=number, title=titles.get(item.record, ""), barcode=item.barcode, call_number=item.call_number
        )
        for number, item in items.items()
    }


def _on_the_way(found: Iterable[Transit], at: datetime) -> tuple[OnTheWay, ...]:
    rows = list(found)
    words = words_of({row.item_id for row in rows})
    return tuple(
        OnTheWay(
            transit=row.pk,
            **words[row.item_id],
            from_node=row.from_node_id,
            to_node=row.to_node_id,
            sent_at=row.sent_at,
            days=(at - row.sent_at).days,
            crate=row.crate.code if row.crate else "",
        )
        for row in rows
    )
