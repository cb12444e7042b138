"""Reads of counts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, QuerySet

from wenlan.holdings.models import CountFinding, CountScan, Item, StockCount
from wenlan.holdings.policies import barcode_key
from wenlan.holdings.stocktaking.policies import CountFacts, finding
from wenlan.holdings.stocktaking.types import FindingKind
from wenlan.holdings.types import ItemStatus
from wenlan.kernel.errors import NotFound

MOST_FINDINGS = 500
MOST_COUNTS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class CountView:
    """A count. `expected` are the items that belong to it, `scanned` the barcodes read, `open` what is unresolved."""

    id: int
    name: str
    node: int
    department: int | None
    class_start: str
    opened_on: date
    opened_by: str
    compared_at: datetime | None
    closed_at: datetime | None
    closed_by: str
    statement: dict[str, Any] | None
    expected: int
    scanned: int
    findings: int
    open: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountLine:
    """A count as the list of counts shows it."""

    id: int
    name: str
    node: int
    opened_on: date
    is_closed: bool
    scanned: int
    open: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingView:
    """A difference and what was done about it."""

    id: int
    kind: str
    item: int | None
    barcode: str
    resolution: str


def count(count_id: int) -> CountView:
    """Return a count. Raises NotFound."""
    row = StockCount.objects.filter(pk=count_id).first()
    if row is None:
        raise NotFound(what=str(count_id))
    return _view(row)


def counts(nodes: Collection[int]) -> tuple[CountLine, ...]:
    """Return the counts of the nodes, the latest first (three statements)."""
    rows = list(StockCount.objects.filter(node__in=nodes).order_by("-id")[:MOST_COUNTS])
    ids = [row.pk for row in rows]
    scanned = CountScan.objects.filter(count__in=ids).values_list("count").annotate(n=Count("id")).order_by()
    unresolved = CountFinding.objects.filter(count__in=ids, resolution="").values_list("count")
    read, left = dict(scanned), dict(unresolved.annotate(n=Count("id")).order_by())
    return tuple(
        CountLine(
            id=row.pk,
            name=row.name,
            node=row.node_id,
            opened_on=row.opened_on,
            is_closed=row.closed_at is not None,
            scanned=read.get(row.pk, 0),
            open=left.get(row.pk, 0),
        )
        for row in rows
    )


def belonging(row: StockCount) -> QuerySet[Item]:
    """Return the items that belong to a count: owned still, with their place in it."""
    rows = Item.objects.filter(shelved_at=row.node_id).exclude(status=ItemStatus.WITHDRAWN)
    if row.department_id:
        rows = rows.filter(department=row.department_id)
    return rows.filter(call_number__startswith=row.class_start) if row.class_start else rows


def findings(count_id: int, kind: str = "") -> tuple[FindingView, ...]:
    """Return the differences of a count in the order of the shelf, what is unresolved first."""
    rows = CountFinding.objects.filter(count=count_id)
    rows = rows.filter(kind=kind) if kind else rows
    return tuple(
        FindingView(id=row.pk, kind=row.kind, item=row.item_id, barcode=row.barcode, resolution=row.resolution)
        for row in rows.order_by("resolution", "kind", "item__call_key", "id")[:MOST_FINDINGS]
    )


def by_kind(count_id: int) -> dict[str, tuple[int, int]]:
    """Return for each kind how many differences there are, and how many are unresolved (one statement)."""
    found: dict[str, tuple[int, int]] = {}
    rows = CountFinding.objects.filter(count=count_id).values_list("kind", "resolution").annotate(n=Count("id"))
    for kind, resolution, n in rows.order_by("kind"):
        every, unresolved = found.get(kind, (0, 0))
        found[kind] = every + n, unresolved + (0 if resolution else n)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanSaid:
    """What a scan says at once: how shelf and record differ ('' when they agree), and of which item."""

    kind: str
    item: int | None
    record: int | None
    shelved_at: int | None


def said_of(count_id: int, barcodes: Collection[str]) -> dict[str, ScanSaid]:
    """Return for each barcode of a count what its scan says, by the barcode's key (three statements)."""
    row = StockCount.objects.get(pk=count_id)
    scans = CountScan.objects.filter(count=row, barcode_key__in={barcode_key(code)[:60] for code in barcodes})
    items = dict(scans.values_list("barcode_key", "item"))
    known = {item.pk: item for item in Item.objects.filter(pk__in=[one for one in items.values() if one])}
    return {key: _said(row, known.get(item or 0)) for key, item in items.items()}


def _said(row: StockCount, item: Item | None) -> ScanSaid:
    if item is None:
        return ScanSaid(kind=FindingKind.UNKNOWN, item=None, record=None, shelved_at=None)
    facts = CountFacts(
        status=item.status,
        status_since=item.status_since,
        belongs_here=belongs(row, item),
        stands_here=item.present_node_id == row.node_id,
        was_scanned=True,
    )
    kind = finding(facts, opened_on=row.opened_on) or ""
    return ScanSaid(kind=kind, item=item.pk, record=item.record_id, shelved_at=item.shelved_at_id)


def belongs(row: StockCount, item: Item) -> bool:
    """Return whether an item belongs to a count, as `belonging` has it for all."""
    in_room = not row.department_id or item.department_id == row.department_id
    here = item.shelved_at_id == row.node_id and item.status != ItemStatus.WITHDRAWN
    return here and in_room and item.call_number.startswith(row.class_start)


def last_scans(count_id: int, limit: int = 10) -> tuple[str, ...]:
    """Return the last barcodes that were read."""
    return tuple(CountScan.objects.filter(count=count_id).order_by("-id").values_list("barcode", flat=True)[:limit])


def _view(row: StockCount) -> CountView:
    kinds = by_kind(row.pk)
    return CountView(
        id=row.pk,
        name=row.name,
        node=row.node_id,
        department=row.department_id,
        class_start=row.class_start,
        opened_on=row.opened_on,
        opened_by=row.opened_by,
        compared_at=row.compared_at,
        closed_at=row.closed_at,
        closed_by=row.closed_by,
        statement=row.statement,
        expected=belonging(row).count(),
        scanned=row.scans.count(),
        findings=sum(every for every, _ in kinds.values()),
        open=sum(unresolved for _, unresolved in kinds.values()),
    )
