"""Reads of orders and themed sets. A page of orders costs three statements, an order with all of its books eight."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from wenlan.catalogue import queries as catalogue
from wenlan.circulation.models import BookOrder, OrderCopy, OrderLine, OrderStep, Reservation, ThemedSet, ThemedSetTitle
from wenlan.circulation.ordering.types import (
    TO_DO,
    Candidate,
    CopyState,
    CopyView,
    LineView,
    OrderState,
    OrderView,
    StepView,
    ThemedTitle,
    ThemedView,
)
from wenlan.circulation.reserving.policies import steps_between
from wenlan.circulation.reserving.types import ReservationState
from wenlan.circulation.types import ItemRef
from wenlan.holdings import queries as holdings
from wenlan.holdings import shelves
from wenlan.holdings.types import ItemView
from wenlan.kernel.errors import NotFound
from wenlan.network import queries as network
from wenlan.network import trees
from wenlan.patrons.identity import cipher

OF_RESERVATION = {
    ReservationState.WAITING: CopyState.WAITING,
    ReservationState.TO_PICK: CopyState.TO_PICK,
    ReservationState.ON_THE_WAY: CopyState.ON_THE_WAY,
    ReservationState.READY: CopyState.READY,
}
GIVEN = frozenset({CopyState.LENT, CopyState.BACK})
ABOUT = (
    "pk",
    "line_id",
    "line__order_id",
    "reservation_id",
    "reservation__state",
    "reservation__record_id",
    "reservation__assigned_id",
    "reservation__loan_id",
    "reservation__loan__due_on",
    "reservation__loan__returned_at",
    "reservation__loan__cancelled_at",
    "loan_id",
    "loan__item_id",
    "loan__due_on",
    "loan__returned_at",
    "loan__cancelled_at",
)


@dataclass(frozen=True, slots=True)
class CopyRow:
    """One copy as its row, its reservation and its loan say."""

    id: int
    line: int
    order: int
    reservation: int | None
    state: CopyState
    record: int | None
    item: int | None
    loan: int | None
    due_on: date | None


def copy_rows(among: Q) -> tuple[CopyRow, ...]:
    """Return copies of orders, in the order in which they were set about (one statement)."""
    rows = OrderCopy.objects.filter(among).order_by("pk").values_list(*ABOUT)
    return tuple(_copy_row(dict(zip(ABOUT, row, strict=True))) for row in rows)


def _copy_row(said: dict[str, object]) -> CopyRow:
    way = "reservation__loan" if said["reservation_id"] else "loan"
    loan = said[f"{way}_id"]
    if loan is None or said[f"{way}__cancelled_at"] is not None:
        state = OF_RESERVATION.get(ReservationState(str(said["reservation__state"] or "cancelled")), CopyState.GONE)
    else:
        state = CopyState.LENT if said[f"{way}__returned_at"] is None else CopyState.BACK
    return CopyRow(
        id=said["pk"],  # type: ignore[arg-type]
        line=said["line_id"],  # type: ignore[arg-type]
        order=said["line__order_id"],  # type: ignore[arg-type]
        reservation=said["reservation_id"],  # type: ignore[arg-type]
        state=state,
        record=said["reservation__record_id"],  # type: ignore[arg-type]
        item=said["reservation__assigned_id"] or said["loan__item_id"],  # type: ignore[arg-type]
        loan=loan,  # type: ignore[arg-type]
        due_on=said[f"{way}__due_on"] if state == CopyState.LENT else None,  # type: ignore[arg-type]
    )


def order(order_id: int) -> OrderView:
    """Return an order. Raises NotFound."""
    found = _views(BookOrder.objects.filter(pk=order_id))
    if not found:
        raise NotFound(what=str(order_id))
    return found[0]


def by_uid(uid: UUID) -> OrderView:
    """Return an order by the id that travels. Raises NotFound."""
    found = _views(BookOrder.objects.filter(uid=uid))
    if not found:
        raise NotFound(what=str(uid))
    return found[0]


def by_key(key: str) -> OrderView | None:
    """Return the order that was made with a key."""
    found = _views(BookOrder.objects.filter(key=key))
    return found[0] if found else None


def orders(
    places: Collection[int],
    *,
    states: Collection[str] = TO_DO,
    kind: str = "",
    number: str = "",
    to_door: bool | None = None,
    before: int | None = None,
    limit: int = 50,
) -> tuple[OrderView, ...]:
    """Return orders of the places, the latest first; `before` is the last id seen. A number is looked for in all."""
    rows = BookOrder.objects.filter(place__in=places)
    rows = rows.filter(number__iendswith=number.strip()) if number.strip() else rows.filter(state__in=states)
    if kind:
        rows = rows.filter(kind=kind)
    if to_door is not None:
        rows = rows.filter(to_door=to_door)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return _views(rows.order_by("-pk")[:limit])


def counts(places: Collection[int]) -> Counter[str]:
    """Return how many orders of the places stand in each state (one statement)."""
    rows = BookOrder.objects.filter(place__in=places).values_list("state").annotate(n=Count("pk")).order_by()
    return Counter(dict(rows))


def of_reader(patron: int, *, limit: int = 50) -> tuple[OrderView, ...]:
    """Return a reader's orders, the latest first."""
    return _views(BookOrder.objects.filter(patron=patron).order_by("-pk")[:limit])


def orders_by_id(ids: Collection[int]) -> dict[int, OrderView]:
    """Return several orders by id."""
    return {one.id: one for one in _views(BookOrder.objects.filter(pk__in=ids))}


def address(order_id: int) -> str:
    """Return where an order is brought, '' when none is kept. Who asks may see names."""
    row = BookOrder.objects.get(pk=order_id)
    if row.address_cipher is None:
        return ""
    return cipher(row.address_key_version).decrypt(bytes(row.address_cipher), bound_to=row.uid.bytes)


def steps(order_id: int) -> tuple[StepView, ...]:
    """Return the history of an order, the first step first (one statement)."""
    return steps_of([order_id])[order_id]


def steps_of(orders: Collection[int]) -> dict[int, tuple[StepView, ...]]:
    """Return the history of several orders, the first step first (one statement)."""
    found: dict[int, list[StepView]] = {order: [] for order in orders}
    for row in OrderStep.objects.filter(order__in=orders).order_by("pk"):
        found[row.order_id].append(StepView(at=row.at, kind=row.kind, by=row.by, note=row.note, told=row.told))
    return {order: tuple(steps) for order, steps in found.items()}


def lines(order_id: int) -> tuple[LineView, ...]:
    """Return the lines of an order with their copies (four statements)."""
    rows = list(OrderLine.objects.filter(order=order_id).order_by("position"))
    copies = copy_rows(Q(line__order=order_id))
    items = holdings.items_by_id({one.item for one in copies if one.item}) if copies else {}
    records = {row.record_id for row in rows} | {one.record for one in copies} | {i.record for i in items.values()}
    titles = catalogue.titles({record for record in records if record})
    views = [_copy_view(one, items.get(one.item or 0), titles) for one in copies]
    return tuple(_line_view(row, tuple(one for one in views if one.line == row.pk), titles) for row in rows)


def _copy_view(one: CopyRow, item: ItemView | None, titles: dict[int, str]) -> CopyView:
    record = item.record if item else one.record
    return CopyView(
        id=one.id,
        line=one.line,
        state=one.state,
        item=one.item,
        record=record,
        title=titles.get(record or 0, ""),
        barcode=item.barcode if item else "",
        call_number=item.call_number if item else "",
        item_at=item.present_node if item else None,
        reservation=one.reservation,
        loan=one.loan,
        due_on=one.due_on,
    )


def _line_view(row: OrderLine, copies: tuple[CopyView, ...], titles: dict[int, str]) -> LineView:
    standing = sum(one.state != CopyState.GONE for one in copies)
    return LineView(
        id=row.pk,
        text=row.text,
        record=row.record_id,
        title=titles.get(row.record_id or 0, ""),
        class_number=row.class_number,
        age_from=row.age_from,
        age_to=row.age_to,
        wanted=row.wanted,
        missing=max(row.wanted - standing, 0),
        copies=copies,
    )


def to_pick(nodes: Collection[int]) -> tuple[tuple[str, CopyView], ...]:
    """Return what is to be taken from the shelves of places for orders, in the order of the shelves, with its order."""
    among = Q(reservation__state=ReservationState.TO_PICK, reservation__assigned__present_node__in=nodes)
    copies = copy_rows(among)
    items = holdings.items_by_id({one.item for one in copies if one.item})
    titles = catalogue.titles({item.record for item in items.values()})
    numbers = dict(BookOrder.objects.filter(pk__in={one.order for one in copies}).values_list("pk", "number"))
    found = [(numbers[one.order], _copy_view(one, items.get(one.item or 0), titles)) for one in copies]
    return tuple(sorted(found, key=lambda pair: (pair[1].item_at or 0, pair[1].call_number, pair[1].id)))


def refs(items: Collection[int]) -> tuple[ItemRef, ...]:
    """Return items as they would be scanned (one statement)."""
    return tuple(ItemRef(item.barcode, item.barcode_scope) for item in holdings.items_by_id(items).values())


def candidates(records: Sequence[int], *, place: int, on: date, limit: int = 60) -> tuple[Candidate, ...]:
    """Return copies of records that stand free on a shelf, the nearest first, then as the records are given.

    One copy of each record comes before the second of any (three statements).
    """
    tree = trees.current()
    way_up = tree.ancestors(place, on)
    titles = catalogue.titles(records) if records else {}
    rank = {record: number for number, record in enumerate(records)}
    free = shelves.free_items(records)
    taken = _taken({item.id for item in free})
    found = [
        Candidate(
            item=item.id,
            record=item.record,
            title=titles.get(item.record, ""),
            barcode=item.barcode,
            call_number=item.call_number,
            place=item.present_node,
            steps=steps_between(tree.ancestors(item.present_node, on), way_up),
        )
        for item in free
        if item.id not in taken
    ]
    found.sort(key=lambda one: (one.steps, rank[one.record], one.item))
    turn: Counter[int] = Counter()
    turns = []
    for one in found:
        turns.append((turn[one.record], one))
        turn[one.record] += 1
    return tuple(one for _turn, one in sorted(turns, key=lambda pair: pair[0])[:limit])


def _taken(items: Collection[int]) -> frozenset[int]:
    rows = Reservation.objects.filter(assigned__in=items, state=ReservationState.TO_PICK)
    return frozenset(item for item in rows.values_list("assigned_id", flat=True) if item is not None)


def _views(found: Iterable[BookOrder]) -> tuple[OrderView, ...]:
    rows = list(found)
    ids = [row.pk for row in rows]
    sums = OrderLine.objects.filter(order__in=ids).values_list("order").annotate(n=Sum("wanted")).order_by()
    wanted = dict(sums) if ids else {}
    copies = copy_rows(Q(line__order__in=ids)) if ids else ()
    each: dict[int, list[CopyRow]] = {pk: [] for pk in ids}
    for one in copies:
        each[one.order].append(one)
    return tuple(_view(row, wanted.get(row.pk, 0), each[row.pk]) for row in rows)


SAME: tuple[str, ...] = (
    "uid",
    "number",
    "kind",
    "channel",
    "state",
    "wish",
    "unit",
    "persons",
    "wanted_on",
    "to_door",
    "taken_by",
    "made_at",
    "made_on",
    "reason",
)


def _view(row: BookOrder, wanted: int, copies: Sequence[CopyRow]) -> OrderView:
    tally = Counter(one.state for one in copies)
    return OrderView(
        id=row.pk,
        themed=row.themed_id,
        patron=row.patron_id,
        place=row.place_id,
        has_address=row.address_cipher is not None,
        wanted=wanted,
        ready=tally[CopyState.READY],
        given=sum(tally[state] for state in GIVEN),
        out=tally[CopyState.LENT],
        due_on=min((one.due_on for one in copies if one.due_on), default=None),
        **{name: getattr(row, name) for name in SAME},
    )


def menu(on: date, *, at: int | None = None, nodes: Collection[int] | None = None) -> tuple[ThemedView, ...]:
    """Return the themed sets offered on a day, of a place and all above it, or of some places (two statements)."""
    rows = ThemedSet.objects.filter(Q(until_day=None) | Q(until_day__gt=on), from_day__lte=on)
    if at is not None:
        rows = rows.filter(node__in=network.ancestors(at))
    if nodes is not None:
        rows = rows.filter(node__in=nodes)
    return _themed(rows)


def all_sets(nodes: Collection[int]) -> tuple[ThemedView, ...]:
    """Return every themed set of the places, also those no longer offered, the latest first (two statements)."""
    return _themed(ThemedSet.objects.filter(node__in=nodes))


def themed(themed_id: int) -> ThemedView:
    """Return a themed set. Raises NotFound."""
    found = _themed(ThemedSet.objects.filter(pk=themed_id))
    if not found:
        raise NotFound(what=str(themed_id))
    return found[0]


def titles_of(themed_id: int) -> tuple[ThemedTitle, ...]:
    """Return the titles of a themed set, as they were entered (one statement)."""
    rows = ThemedSetTitle.objects.filter(themed=themed_id).order_by("pk")
    return tuple(ThemedTitle(record=row.record_id, copies=row.copies) for row in rows)


def _themed(rows: QuerySet[ThemedSet]) -> tuple[ThemedView, ...]:
    found = list(rows.annotate(n=Count("titles"), volumes=Sum("titles__copies")).order_by("-from_day", "-pk"))
    chosen = BookOrder.objects.filter(themed__in=[row.pk for row in found]).exclude(state=OrderState.CANCELLED)
    ordered = dict(chosen.values_list("themed").annotate(n=Count("pk")).order_by())
    return tuple(
        ThemedView(
            id=row.pk,
            node=row.node_id,
            words=row.words,
            about=row.about,
            from_day=row.from_day,
            until_day=row.until_day,
            titles=row.n,
            volumes=row.volumes or 0,
            orders=ordered.get(row.pk, 0),
        )
        for row in found
    )
