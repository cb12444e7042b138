"""Opening a count, taking scans, comparing, resolving, closing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from wenlan.holdings.errors import CountClosed, CountUnresolved, ResolutionNotOffered
from wenlan.holdings.models import CountFinding, CountScan, Item, StockCount
from wenlan.holdings.policies import barcode_key
from wenlan.holdings.states import CHUNK, change, lock_items
from wenlan.holdings.stocktaking.policies import CountFacts, finding
from wenlan.holdings.stocktaking.queries import CountView, belonging, by_kind, count
from wenlan.holdings.stocktaking.types import OFFERED, FindingKind, Resolution
from wenlan.holdings.types import Transition
from wenlan.kernel.acts import Act
from wenlan.staff.operations import audit

CHANGING = {
    Resolution.MISS: Transition.MISS,
    Resolution.SEARCH: Transition.SEARCH,
    Resolution.FOUND: Transition.FIND,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What is counted: a place, a room of it, or the call numbers that begin so."""

    node: int
    department: int | None = None
    class_start: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneScan:
    """A barcode read by a device that may have been off line: its id there, and when, by the device's clock."""

    barcode: str
    uid: UUID | None = None
    at: datetime | None = None


@transaction.atomic
def open_count(act: Act, *, name: str, scope: Scope) -> CountView:
    """Open a count; lending goes on. Repeating `act.key` returns the count opened first."""
    row, made = StockCount.objects.get_or_create(
        key=act.key,
        defaults={
            "name": name[:100],
            "node_id": scope.node,
            "department_id": scope.department,
            "class_start": scope.class_start[:40],
            "opened_at": act.at,
            "opened_on": act.day,
            "opened_by": act.operator,
        },
    )
    if made:
        audit(act, "holdings.count_opened", f"count:{row.pk}", after={"name": name})
    return count(row.pk)


def _open(count_id: int) -> StockCount:
    row = StockCount.objects.select_for_update().get(pk=count(count_id).id)
    if row.closed_at:
        raise CountClosed()
    return row


@transaction.atomic
def take_scans(act: Act, *, count_id: int, barcodes: Sequence[str]) -> int:
    """Take barcodes of a scanner, a phone that was off line, or an RFID cart; return how many were new.

    A barcode that several items carry is the one that belongs here. Scanning twice is as once. Raises CountClosed.
    """
    return _take(act, _open(count_id), [PhoneScan(barcode=code) for code in barcodes])


@transaction.atomic
def take_phone_scans(act: Act, *, count_id: int, scans: Sequence[PhoneScan]) -> int:
    """Take scans from a phone's journal, in any order and any number of times; return how many were new.

    A scan keeps the phone's time when that lies within the count, else it is as if it were made now. Raises
    CountClosed.
    """
    return _take(act, _open(count_id), scans)


def _take(act: Act, row: StockCount, made: Sequence[PhoneScan]) -> int:
    read = {key[:60]: scan for scan in made if (key := barcode_key(scan.barcode))}
    keys = sorted(read)
    before = row.scans.count()
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        carriers: dict[str, int] = {}
        for key, item, place in Item.objects.filter(barcode_key__in=chunk).values_list(
            "barcode_key", "id", "shelved_at"
        ):
            if key not in carriers or place == row.node_id:
                carriers[key] = item
        scans = [
            CountScan(
                count=row,
                uid=read[key].uid,
                barcode=read[key].barcode.strip()[:60],
                barcode_key=key,
                item_id=carriers.get(key),
                at=_time(act, row, read[key]),
                operator=act.operator,
            )
            for key in chunk
        ]
        CountScan.objects.bulk_create(scans, ignore_conflicts=True)
    return row.scans.count() - before


def _time(act: Act, row: StockCount, scan: PhoneScan) -> datetime:
    return scan.at if scan.at is not None and row.opened_at <= scan.at <= act.at else act.at


@transaction.atomic
def compare(act: Act, *, count_id: int) -> CountView:
    """Compare shelf and records. A second pass compares again: what is resolved stays, the rest is found anew.

    Raises CountClosed.
    """
    row = _open(count_id)
    row.findings.filter(resolution="").delete()
    settled = set(row.findings.exclude(item=None).values_list("item", flat=True))
    scanned = set(row.scans.exclude(item=None).values_list("item", flat=True))
    here = set(belonging(row).values_list("id", flat=True))
    found = []
    wanted = sorted((here | scanned) - settled)
    for start in range(0, len(wanted), CHUNK):
        for item in Item.objects.filter(pk__in=wanted[start : start + CHUNK]):
            facts = CountFacts(
                status=item.status,
                status_since=item.status_since,
                belongs_here=item.pk in here,
                stands_here=item.present_node_id == row.node_id,
                was_scanned=item.pk in scanned,
            )
            if kind := finding(facts, opened_on=row.opened_on):
                found.append(CountFinding(count=row, kind=kind, item=item))
    known = set(row.findings.filter(item=None).values_list("barcode", flat=True))
    unknown = row.scans.filter(item=None).values_list("barcode", flat=True)
    found += [CountFinding(count=row, kind=FindingKind.UNKNOWN, barcode=code) for code in unknown if code not in known]
    CountFinding.objects.bulk_create(found, batch_size=CHUNK)
    StockCount.objects.filter(pk=row.pk).update(compared_at=act.at)
    return count(count_id)


@transaction.atomic
def resolve(act: Act, *, count_id: int, findings: Sequence[int], resolution: str) -> int:
    """Resolve differences of one kind in one way; return how many were still open.

    Missing ones become missing or searched for, found ones come back to the shelf, a misplaced one may stay here.
    What is lost for good leaves the stock on a weeding list only. Raises CountClosed, ResolutionNotOffered,
    StatusNotAllowed when the record changed meanwhile: compare again.
    """
    row = _open(count_id)
    rows = list(row.findings.filter(pk__in=list(findings), resolution="").order_by("item_id"))
    for one in rows:
        if resolution not in OFFERED[one.kind]:
            raise ResolutionNotOffered()
    items = list(lock_items([one.item_id for one in rows if one.item_id]).values())
    if resolution in CHANGING and items:
        change(replace(act, key=f"{act.key}/count"), items, CHANGING[Resolution(resolution)], reason=row.name)
    if resolution == Resolution.STAYS:
        for item in items:
            item.shelved_at_id = item.present_node_id = row.node_id
            item.department_id = row.department_id
        Item.objects.bulk_update(items, ["shelved_at", "present_node", "department"], batch_size=CHUNK)
    for one in rows:
        one.resolution, one.resolved_at, one.resolved_by = resolution, act.at, act.operator
    CountFinding.objects.bulk_update(rows, ["resolution", "resolved_at", "resolved_by"], batch_size=CHUNK)
    return len(rows)


@transaction.atomic
def close_count(act: Act, *, count_id: int) -> CountView:
    """Close a count with its statement: expected, scanned, each kind, what is missing by class with its list price.

    Raises CountUnresolved before it was compared or while a difference is open. Closing twice is as once.
    """
    row = StockCount.objects.select_for_update().get(pk=count(count_id).id)
    if row.closed_at is None:
        found = count(count_id)
        if found.compared_at is None or found.open:
            raise CountUnresolved(count=found.open)
        missing = row.findings.filter(kind=FindingKind.MISSING).exclude(resolution=Resolution.THERE)
        prices = list(missing.values_list("item__main_class", "item__list_price_fen"))
        statement = {
            "expected": found.expected,
            "scanned": found.scanned,
            "kinds": {kind: every for kind, (every, _open) in by_kind(count_id).items()},
            "resolutions": dict(Counter(row.findings.values_list("resolution", flat=True))),
            "missing_by_class": dict(sorted(Counter(main_class for main_class, _ in prices).items())),
            "missing_fen": sum(fen or 0 for _, fen in prices),
        }
        StockCount.objects.filter(pk=row.pk).update(closed_at=act.at, closed_by=act.operator, statement=statement)
        audit(act, "holdings.count_closed", f"count:{row.pk}", after=statement)
    return count(count_id)
