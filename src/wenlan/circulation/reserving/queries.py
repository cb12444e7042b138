"""Reads of reservations: a reader's, a place's hold shelf, what is to be fetched, and the queue of a title."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from wenlan.catalogue import queries as catalogue
from wenlan.circulation.models import Reservation
from wenlan.circulation.reserving.models import OPEN_STATES
from wenlan.circulation.reserving.types import ReservationState, ReservationView
from wenlan.holdings import queries as holdings
from wenlan.holdings.types import ItemView
from wenlan.kernel.errors import NotFound


def reservation(reservation_id: int) -> ReservationView:
    """Return one reservation. Raises NotFound."""
    found = _views(Reservation.objects.filter(pk=reservation_id))
    if not found:
        raise NotFound(what=str(reservation_id))
    return found[0]


def by_uid(uid: UUID) -> ReservationView:
    """Return a reservation by the id that travels. Raises NotFound."""
    found = _views(Reservation.objects.filter(uid=uid))
    if not found:
        raise NotFound(what=str(uid))
    return found[0]


def by_key(key: str) -> ReservationView | None:
    """Return the reservation that was made with a key."""
    found = _views(Reservation.objects.filter(key=key))
    return found[0] if found else None


def of_reader(patron: int) -> tuple[ReservationView, ...]:
    """Return a reader's open reservations, the ready ones first."""
    found = _views(Reservation.objects.filter(patron=patron, state__in=OPEN_STATES).order_by("id"))
    return tuple(sorted(found, key=lambda one: (one.state != ReservationState.READY, one.id)))


def of_record(record: int, *, limit: int = 100) -> tuple[ReservationView, ...]:
    """Return who waits for a title, in the order of the queue."""
    return _views(Reservation.objects.filter(record=record, state__in=OPEN_STATES).order_by("id")[:limit])


def waiting_count(record: int) -> int:
    """Return how many wait for a title."""
    return Reservation.objects.filter(record=record, state=ReservationState.WAITING).count()


def hold_shelf(nodes: Collection[int], *, after: int = 0, limit: int = 100) -> tuple[ReservationView, ...]:
    """Return what is ready at the places, the first to expire first; `after` leaves out so many."""
    rows = Reservation.objects.filter(pickup__in=nodes, state=ReservationState.READY).order_by("pick_up_by", "id")
    return _views(rows[after : after + limit])


def to_fetch(nodes: Collection[int], *, limit: int = 200) -> tuple[ReservationView, ...]:
    """Return what is to be fetched from the shelves of the places (预借 pick list), in the order of the shelves."""
    rows = Reservation.objects.filter(assigned__present_node__in=nodes, state=ReservationState.TO_PICK)
    return _views(rows.order_by("assigned__present_node", "assigned__call_key", "id")[:limit])


def to_clear(nodes: Collection[int], since: date, *, limit: int = 200) -> tuple[ReservationView, ...]:
    """Return what was not collected, or cancelled when it was ready, and may still stand on a hold shelf."""
    ended = [ReservationState.EXPIRED, ReservationState.CANCELLED]
    rows = Reservation.objects.filter(
        pickup__in=nodes, state__in=ended, ready_on__isnull=False, ended_at__date__gte=since, assigned__held_for=None
    )
    return _views(rows.order_by("-ended_at")[:limit])


def waiting(nodes: Collection[int], *, after: int = 0, limit: int = 100) -> tuple[ReservationView, ...]:
    """Return what waits to be fetched at the places and has no copy yet, the longest first; `after` is an id."""
    rows = Reservation.objects.filter(pickup__in=nodes, state=ReservationState.WAITING, pk__gt=after)
    return _views(rows.order_by("id")[:limit])


def _places(rows: Collection[Reservation]) -> dict[int, int]:
    """Return the place in the queue of each waiting reservation."""
    records = {row.record_id for row in rows if row.state == ReservationState.WAITING}
    queue: QuerySet[Reservation] = Reservation.objects.filter(record__in=records, state=ReservationState.WAITING)
    places: dict[int, int] = {}
    standing: dict[int, int] = {}
    for pk, record in queue.order_by("id").values_list("id", "record_id") if records else ():
        standing[record] = standing.get(record, 0) + 1
        places[pk] = standing[record]
    return places


def _views(found: Iterable[Reservation]) -> tuple[ReservationView, ...]:
    rows = list(found)
    items = holdings.items_by_id({row.assigned_id or row.item_id or 0 for row in rows}) if rows else {}
    titles = catalogue.titles({row.record_id for row in rows}) if rows else {}
    places = _places(rows)
    return tuple(_view(row, items.get(row.assigned_id or row.item_id or 0), titles, places) for row in rows)


def _view(row: Reservation, item: ItemView | None, titles: dict[int, str], places: dict[int, int]) -> ReservationView:
    return ReservationView(
        id=row.pk,
        uid=row.uid,
        kind=row.kind,
        state=row.state,
        patron=row.patron_id or 0,
        record=row.record_id,
        title=titles.get(row.record_id, ""),
        item=item.id if item else None,
        barcode=item.barcode if item else "",
        call_number=item.call_number if item else "",
        pickup=row.pickup_id,
        item_at=item.present_node if item else None,
        made_at=row.made_at,
        made_on=row.made_on,
        suspended_until=row.suspended_until,
        place_in_queue=places.get(row.pk, 0),
        ready_on=row.ready_on,
        pick_up_by=row.pick_up_by,
    )
