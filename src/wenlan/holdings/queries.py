"""Reads of items and of what is available where."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, datetime, time

from django.db.models import Count, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from wenlan.holdings import policies
from wenlan.holdings.errors import ItemAmbiguous, ItemUnknown
from wenlan.holdings.models import FormerHolding, Item, StateChange, Treatment
from wenlan.holdings.policies import barcode_key
from wenlan.holdings.types import Availability, ItemStatus, ItemView, Lending, StateChangeView, TreatmentView

MOST_TREATMENTS = 500
MOST_OF_A_BARCODE = 50


def item(item_id: int) -> ItemView:
    """Return an item. Raises ItemUnknown."""
    row = Item.objects.filter(pk=item_id).first()
    if row is None:
        raise ItemUnknown(what=item_id)
    return item_view(row)


def item_by_barcode(barcode: str, scope: str = "") -> ItemView:
    """Return the item that carries the barcode. Without a scope it must be the only one.

    Raises ItemUnknown and ItemAmbiguous.
    """
    rows = Item.objects.filter(barcode_key=barcode_key(barcode))
    if scope:
        rows = rows.filter(barcode_scope=scope)
    found = list(rows.order_by("barcode_scope")[:10])
    if not found:
        raise ItemUnknown(what=barcode)
    if len(found) > 1:
        raise ItemAmbiguous(barcode=barcode, scopes=tuple(row.barcode_scope for row in found))
    return item_view(found[0])


def items_with_barcode(barcode: str) -> tuple[ItemView, ...]:
    """Return every item that carries the barcode, by scope: old branches may have used the same numbers."""
    rows = Item.objects.filter(barcode_key=barcode_key(barcode)).order_by("barcode_scope")
    return tuple(item_view(row) for row in rows[:MOST_OF_A_BARCODE])


def items_by_id(ids: Collection[int]) -> dict[int, ItemView]:
    """Return several items by id (one statement)."""
    return {row.pk: item_view(row) for row in Item.objects.filter(pk__in=ids)}


def set_price_fen(item: ItemView) -> int | None:
    """Return the price of the whole work that a volume belongs to (one statement); None for a work of one volume.

    The price of a volume is that of any copy of it; None also when a volume of the work has none.
    """
    rows = Item.objects.filter(record=item.record).exclude(volume="").order_by("id")
    prices: dict[str, int | None] = {}
    for volume, price in rows.values_list("volume", "list_price_fen"):
        prices[volume] = prices.get(volume) or price
    known = [price for price in prices.values() if price]
    return sum(known) if item.volume and len(prices) > 1 and len(known) == len(prices) else None


def items_of(record: int) -> tuple[ItemView, ...]:
    """Return the items of a record that the library holds, by place and barcode."""
    rows = Item.objects.filter(record=record).exclude(status=ItemStatus.WITHDRAWN)
    return tuple(item_view(row) for row in rows.order_by("shelved_at", "barcode_key", "id"))


def availability(records: Collection[int]) -> dict[int, tuple[Availability, ...]]:
    """Return for each record its units by node, those with something to borrow first (one statement).

    A unit is held where its place is, and available where it stands. A record without units is not in the answer.
    """
    held: Counter[tuple[int, int]] = Counter()
    available: Counter[tuple[int, int]] = Counter()
    marks: dict[tuple[int, int], str] = {}
    rows = Item.objects.filter(record__in=records).exclude(status=ItemStatus.WITHDRAWN)
    kinds = rows.values_list("record_id", "status", "lending", "shelved_at_id", "present_node_id", "call_number")
    for record, status, lending, shelved_at, present_node, mark, units in kinds.annotate(n=Count("id")).order_by():
        can_go = status == ItemStatus.AVAILABLE and lending == Lending.LENDABLE
        place = record, present_node if status == ItemStatus.AVAILABLE else shelved_at
        held[place] += units
        available[place] += units if can_go else 0
        marks.setdefault(place, mark)
    found: dict[int, list[Availability]] = {}
    for (record, node), units in sorted(held.items(), key=lambda entry: (-available[entry[0]], entry[0])):
        line = Availability(node=node, held=units, available=available[record, node], call_number=marks[record, node])
        found.setdefault(record, []).append(line)
    return {record: tuple(lines) for record, lines in found.items()}


def copies_at_hand(records: Collection[int]) -> tuple[Availability, ...]:
    """Return the units of some records together by node, the most first, without those that are lost or searched for.

    What is on loan counts where it has its place (one statement).
    """
    gone = (*policies.GONE, ItemStatus.SET_ASIDE, ItemStatus.WITHDRAWN)
    rows = Item.objects.filter(record__in=records).exclude(status__in=gone)
    free = Q(status=ItemStatus.AVAILABLE, lending=Lending.LENDABLE)
    counted = rows.values_list("shelved_at_id").annotate(n=Count("id"), free=Count("id", filter=free))
    found = counted.order_by("-n", "shelved_at_id")
    return tuple(Availability(node=node, held=n, available=free, call_number="") for node, n, free in found)


def available_records(records: Collection[int], nodes: Iterable[int] | None = None) -> frozenset[int]:
    """Return which of the records can be borrowed now, at one of the nodes if given (one statement)."""
    rows = Item.objects.filter(record__in=records, status=ItemStatus.AVAILABLE, lending=Lending.LENDABLE)
    if nodes is not None:
        rows = rows.filter(present_node__in=nodes)
    return frozenset(rows.values_list("record_id", flat=True))


def stock(nodes: Collection[int], on: date) -> dict[str, int]:
    """Return how many units the nodes own at the end of the day by material, as the table of items has it."""
    rows = Item.objects.filter(owner_node__in=nodes, accessioned_on__lte=on)
    rows = rows.exclude(withdrawn_on__lte=on)
    found = Counter(dict(rows.values_list("material").annotate(units=Count("id")).order_by("material")))
    former = FormerHolding.objects.filter(owner_node__in=nodes, accessioned_on__lte=on, left_on__gt=on)
    found.update(dict(former.values_list("item__material").annotate(units=Count("id")).order_by()))
    return dict(sorted(found.items()))


def state_changes(item_id: int) -> tuple[StateChangeView, ...]:
    """Return the history of an item's states outside of circulation, the latest first (one statement)."""
    return tuple(
        StateChangeView(
            at=row.at,
            node=row.node_id,
            operator=row.operator,
            before=row.before,
            after=row.after,
            transition=row.transition,
            reason=row.reason,
        )
        for row in StateChange.objects.filter(item=item_id).order_by("-at", "-id")
    )


def shelved(nodes: Collection[int], *, start: date, end: date) -> Counter[tuple[str, date]]:
    """Return how many items staff put on shelves at the places in `[start, end)`, by operator and day (one statement).

    From processing, repair, search or a journey; what comes back from a loan is counted as a return.
    """
    zone = timezone.get_default_timezone()
    first, last = (datetime.combine(day, time(), zone) for day in (start, end))
    rows = StateChange.objects.filter(
        node__in=nodes, at__gte=first, at__lt=last, after=ItemStatus.AVAILABLE, operator__startswith="staff:"
    ).values_list("operator", TruncDate("at", tzinfo=zone))
    return Counter({(operator, day): count for operator, day, count in rows.annotate(Count("id")).order_by()})


def treatments(item_id: int) -> tuple[TreatmentView, ...]:
    """Return an item's repairs and bindings, the latest first (one statement)."""
    return tuple(treatment_view(row) for row in Treatment.objects.filter(item=item_id).order_by("-id"))


def open_treatments(nodes: Collection[int]) -> tuple[TreatmentView, ...]:
    """Return what is at repair or at the bindery from the shelves of the nodes, the longest away first."""
    rows = Treatment.objects.filter(returned_on=None, item__shelved_at__in=nodes)
    return tuple(treatment_view(row) for row in rows.order_by("sent_on", "id")[:MOST_TREATMENTS])


def treatment_view(row: Treatment) -> TreatmentView:
    """Return the public side of a repair or a binding."""
    return TreatmentView(
        id=row.pk,
        item=row.item_id,
        kind=row.kind,
        sent_on=row.sent_on,
        sent_to=row.sent_to,
        work=row.work,
        expected_on=row.expected_on,
        returned_on=row.returned_on,
        outcome=row.outcome,
        cost_fen=row.cost_fen,
        note=row.note,
    )


def owners() -> tuple[int, ...]:
    """Return the nodes that own items, or did."""
    present = Item.objects.order_by("owner_node").values_list("owner_node", flat=True).distinct()
    former = FormerHolding.objects.order_by("owner_node").values_list("owner_node", flat=True).distinct()
    return tuple(sorted({*present, *former}))


def item_view(row: Item) -> ItemView:
    """Return the public side of an item."""
    return ItemView(
        id=row.pk,
        uid=row.uid,
        record=row.record_id,
        barcode=row.barcode,
        barcode_scope=row.barcode_scope,
        owner_node=row.owner_node_id,
        shelved_at=row.shelved_at_id,
        present_node=row.present_node_id,
        department=row.department_id,
        status=row.status,
        status_since=row.status_since,
        lending=row.lending,
        material=row.material,
        call_number=row.call_number,
        main_class=row.main_class,
        audience=row.audience,
        language=row.language,
        volume=row.volume,
        list_price_fen=row.list_price_fen,
        accession_number=row.accession_number,
        accessioned_on=row.accessioned_on,
        withdrawn_on=row.withdrawn_on,
        loans=row.loans,
    )
