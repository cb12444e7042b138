"""Reads of suppliers and of batches with all that happened to them."""

from collections.abc import Collection
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from wenlan.acquisitions.errors import BatchUnknown, SupplierUnknown
from wenlan.acquisitions.models import (
    Batch,
    BatchCopy,
    BatchFile,
    BatchStep,
    BatchTitle,
    Parcel,
    ParcelScan,
    SampleError,
    Supplier,
)
from wenlan.acquisitions.types import (
    BatchState,
    BatchView,
    CopyView,
    FileView,
    Outcome,
    ParcelView,
    ScanOutcome,
    ScanView,
    StepView,
    SupplierView,
    TitleView,
)

OPEN = (BatchState.MATCHING, BatchState.CHECKING)


def suppliers(*, only_active: bool = False) -> tuple[SupplierView, ...]:
    """Return the suppliers by code (one statement)."""
    rows = Supplier.objects.order_by("code")
    return tuple(supplier_view(row) for row in (rows.filter(is_active=True) if only_active else rows))


def supplier(code: str) -> SupplierView:
    """Return a supplier (one statement). Raises SupplierUnknown."""
    row = Supplier.objects.filter(code=code).first()
    if row is None:
        raise SupplierUnknown(what=code)
    return supplier_view(row)


def supplier_view(row: Supplier) -> SupplierView:
    """Return a supplier as others see them."""
    return SupplierView(
        id=row.pk,
        code=row.code,
        name=row.name,
        sample_percent=row.sample_percent,
        most_errors_permille=row.most_errors_permille,
        scans_parcels=row.scans_parcels,
        gives_call_numbers=row.gives_call_numbers,
        is_active=row.is_active,
        discount_permille=row.discount_permille,
    )


def batches(nodes: Collection[int], *, before: int | None = None, limit: int = 50) -> tuple[BatchView, ...]:
    """Return the batches that arrived at these nodes, newest first, under the id `before` (four statements)."""
    rows = Batch.objects.filter(node_id__in=nodes)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return _views(rows.order_by("-pk")[:limit])


def open_batches(nodes: Collection[int]) -> int:
    """Return how many batches of these nodes wait for something (one statement)."""
    return Batch.objects.filter(node_id__in=nodes, state__in=OPEN).count()


def batch(number: str) -> BatchView:
    """Return a batch (four statements). Raises BatchUnknown."""
    found = _views(Batch.objects.filter(number=number))
    if not found:
        raise BatchUnknown(what=number)
    return found[0]


def _views(rows: QuerySet[Batch]) -> tuple[BatchView, ...]:
    found = list(rows.select_related("supplier"))
    ids = [row.pk for row in found]
    titles = BatchTitle.objects.filter(batch_id__in=ids).values("batch_id").order_by().annotate(
        titles=Count("pk"),
        new=Count("pk", filter=Q(outcome=Outcome.NEW)),
        copies_of_held=Count("pk", filter=Q(outcome=Outcome.COPY)),
        doubtful=Count("pk", filter=Q(outcome=Outcome.DOUBTFUL)),
    )  # fmt: skip
    units = BatchCopy.objects.filter(batch_id__in=ids).values("batch_id").order_by().annotate(
        copies=Count("pk"),
        found=Count("pk", filter=Q(found_at__isnull=False)),
        missing=Count("pk", filter=Q(is_missing=True)),
        problems=Count("pk", filter=~Q(problem="")),
        without_barcode=Count("pk", filter=~Q(problem="") & Q(is_missing=False)),
        list_price_fen=Coalesce(Sum("price_fen"), 0),
        accepted_copies=Count("item"),
        sample_size=Count("pk", filter=Q(is_sampled=True)),
        sample_done=Count("pk", filter=Q(inspected_at__isnull=False)),
    )  # fmt: skip
    wrong = dict(
        SampleError.objects.filter(copy__batch_id__in=ids)
        .values_list("copy__batch_id")
        .annotate(copies=Count("copy", distinct=True))
    )
    by_titles = {one["batch_id"]: {name: counted(one, name) for name in NO_TITLES} for one in titles}
    by_units = {one["batch_id"]: {name: counted(one, name) for name in NO_UNITS} for one in units}
    return tuple(_view(row, by_titles.get(row.pk, NO_TITLES), by_units.get(row.pk, NO_UNITS), wrong) for row in found)


def counted(row: Any, name: str) -> int:
    """Return a count out of a row of an aggregate."""
    return int(row[name])


NO_TITLES = dict.fromkeys(("titles", "new", "copies_of_held", "doubtful"), 0)
NO_UNITS = dict.fromkeys(
    (
        *("copies", "found", "missing", "problems", "without_barcode", "list_price_fen", "accepted_copies"),
        *("sample_size", "sample_done"),
    ),
    0,
)


def _view(row: Batch, titles: dict[str, int], units: dict[str, int], wrong: dict[int, int]) -> BatchView:
    return BatchView(
        id=row.pk,
        number=row.number,
        node=row.node_id,
        supplier=supplier_view(row.supplier),
        state=row.state,
        arrived_on=row.arrived_on,
        owner=row.owner_node_id,
        shelved_at=row.shelved_at_id,
        is_ready=row.is_ready,
        paid_fen=row.paid_fen,
        paid_by=row.paid_by,
        discount_permille=row.discount_permille,
        sample_seed=row.sample_seed,
        sample_wrong=wrong.get(row.pk, 0),
        **titles,
        **units,
    )


def files(number: str) -> tuple[FileView, ...]:
    """Return the files of a batch, without their bytes (one statement)."""
    rows = BatchFile.objects.filter(batch__number=number).defer("content").order_by("-kind")
    return tuple(
        FileView(
            kind=row.kind,
            name=row.name,
            read=row.read,
            rejected=tuple((place, reason) for place, reason in row.rejected),
            columns=tuple((what, heading) for what, heading in row.columns),
            sample=tuple(tuple(line) for line in row.sample),
        )
        for row in rows
    )


def titles(
    number: str, *, outcome: str = "", noted: bool = False, after: int = 0, limit: int = 100
) -> tuple[TitleView, ...]:
    """Return titles of a batch by position, after a position: all, those of one outcome, or those with notes."""
    rows = BatchTitle.objects.filter(batch__number=number, position__gt=after)
    if outcome:
        rows = rows.filter(outcome=outcome)
    if noted:
        rows = rows.exclude(notes=[])
    rows = rows.annotate(units=Count("copies")).defer("marc").order_by("position")
    return tuple(title_view(row) for row in rows[:limit])


def title(number: str, title_id: int) -> TitleView | None:
    """Return one title of a batch, or None (one statement)."""
    rows = BatchTitle.objects.filter(batch__number=number, pk=title_id).annotate(units=Count("copies")).defer("marc")
    found = rows.first()
    return title_view(found) if found else None


def titles_at(number: str, positions: Collection[int]) -> dict[int, TitleView]:
    """Return the titles at these positions of a batch (one statement)."""
    rows = BatchTitle.objects.filter(batch__number=number, position__in=positions)
    return {row.position: title_view(row) for row in rows.annotate(units=Count("copies")).defer("marc")}


def titles_with_isbn(number: str, isbn: str) -> frozenset[int]:
    """Return the titles of a batch with this ISBN, as thirteen digits (one statement)."""
    return frozenset(BatchTitle.objects.filter(batch__number=number, isbn=isbn).values_list("pk", flat=True))


def title_view(row: BatchTitle) -> TitleView:
    """Return a title as others see it; the row carries `units`."""
    return TitleView(
        id=row.pk,
        position=row.position,
        title=row.title,
        volume=row.volume,
        responsibility=row.responsibility,
        publisher=row.publisher,
        year=row.year,
        isbn=row.isbn,
        class_number=row.class_number,
        price_fen=row.price_fen,
        outcome=row.outcome,
        record=row.record_id,
        same_as=row.same_as_id,
        copies=row.units,  # type: ignore[attr-defined]
        listed=row.listed,
        is_decided=row.decided_at is not None,
        notes=tuple(row.notes),
        candidates={int(record): tuple(doubts) for record, doubts in row.candidates.items()},
    )


def copies(number: str, **conditions: object) -> tuple[CopyView, ...]:
    """Return copies of a batch by position: `is_missing`, `is_sampled`, `with_problem`, `title` narrow it (two)."""
    rows = BatchCopy.objects.filter(batch__number=number)
    if conditions.pop("with_problem", False):
        rows = rows.exclude(problem="")
    rows = rows.filter(**conditions).select_related("title").defer("title__marc").prefetch_related("errors")
    return tuple(copy_view(row) for row in rows.order_by("position"))


def copy_view(row: BatchCopy) -> CopyView:
    """Return a copy as others see it."""
    return CopyView(
        id=row.pk,
        title_id=row.title_id,
        title=row.title.title,
        barcode=row.barcode,
        parcel=row.parcel,
        price_fen=row.price_fen,
        problem=row.problem,
        is_found=row.found_at is not None,
        is_missing=row.is_missing,
        is_sampled=row.is_sampled,
        is_inspected=row.inspected_at is not None,
        item=row.item_id,
        errors=tuple(error.kind for error in row.errors.all()),
    )


def items_of_batch(number: str) -> tuple[int, ...]:
    """Return the items that a batch became, in its order (one statement)."""
    rows = BatchCopy.objects.filter(batch__number=number, item__isnull=False)
    return tuple(rows.order_by("position").values_list("item_id", flat=True))


def parcels(number: str) -> tuple[ParcelView, ...]:
    """Return the parcels of a batch with their counts (three statements)."""
    units: dict[str, dict[str, int]] = {
        str(one["parcel"]): {name: one[name] for name in ("copies", "found", "missing")}
        for one in BatchCopy.objects.filter(batch__number=number)
        .values("parcel")
        .order_by()
        .annotate(
            copies=Count("pk"),
            found=Count("pk", filter=Q(found_at__isnull=False)),
            missing=Count("pk", filter=Q(is_missing=True)),
        )
    }
    strangers = ParcelScan.objects.filter(batch__number=number, outcome=ScanOutcome.NOT_LISTED)
    not_listed = dict(strangers.values_list("parcel").order_by().annotate(codes=Count("code", distinct=True)))
    return tuple(
        ParcelView(
            number=row.number,
            copies=units.get(row.number, {}).get("copies", 0),
            found=units.get(row.number, {}).get("found", 0),
            missing=units.get(row.number, {}).get("missing", 0),
            not_listed=not_listed.get(row.number, 0),
            is_closed=row.closed_at is not None,
        )
        for row in Parcel.objects.filter(batch__number=number).order_by("number")
    )


def scans(number: str, *, parcel: str = "", outcome: str = "", limit: int = 50) -> tuple[ScanView, ...]:
    """Return scans of a batch, newest first (one statement)."""
    rows = ParcelScan.objects.filter(batch__number=number).select_related("copy__title").defer("copy__title__marc")
    if parcel:
        rows = rows.filter(parcel=parcel)
    if outcome:
        rows = rows.filter(outcome=outcome)
    return tuple(scan_view(row) for row in rows.order_by("-pk")[:limit])


def scan_view(row: ParcelScan) -> ScanView:
    """Return a scan as others see it."""
    return ScanView(
        code=row.code,
        parcel=row.parcel,
        outcome=row.outcome,
        title=row.copy.title.title if row.copy else "",
        listed_in=row.copy.parcel if row.copy else "",
        at=row.at,
    )


def errors_by_kind(number: str) -> dict[str, int]:
    """Return how many volumes of the sample have each kind of error (one statement)."""
    rows = SampleError.objects.filter(copy__batch__number=number).values_list("kind").order_by("kind")
    return dict(rows.annotate(volumes=Count("pk")))


def steps(number: str) -> tuple[StepView, ...]:
    """Return the history of a batch, oldest first (one statement)."""
    return tuple(
        StepView(at=row.at, step=row.step, operator=row.operator, reason=row.reason, details=row.details)
        for row in BatchStep.objects.filter(batch__number=number).order_by("pk")
    )
