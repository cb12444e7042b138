"""Between arrival and acceptance: the doubtful decided, parcels scanned, a sample looked at."""

from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from time import sleep

from django.db import transaction

from wenlan.acquisitions import policies
from wenlan.acquisitions.errors import BatchArriving, BatchClosed, BatchUnknown, NotInBatch
from wenlan.acquisitions.matching import matches
from wenlan.acquisitions.merging import known_of
from wenlan.acquisitions.models import Batch, BatchCopy, BatchTitle, Parcel, ParcelScan, SampleError
from wenlan.acquisitions.queries import scan_view
from wenlan.acquisitions.receiving import apply_matches, find_problems, record_step
from wenlan.acquisitions.types import BatchState, ErrorKind, Outcome, ScanOutcome, ScanView, Step
from wenlan.catalogue.cnmarc import MarcRecord, family
from wenlan.catalogue.description import describe
from wenlan.holdings.policies import barcode_key
from wenlan.kernel.acts import Act

OPEN = (BatchState.MATCHING, BatchState.CHECKING)
MATCHED = ("outcome", "record", "same_as", "candidates")
CHUNK = 200
PAUSE_SECONDS = 0.005


def lock_batch(number: str, *, arriving: bool = False) -> Batch:
    """Return the batch, its row locked.

    Raises BatchUnknown, BatchClosed for one that is done with, and BatchArriving for one that is not here whole unless
    `arriving` ones will do.
    """
    batch = Batch.objects.select_for_update(of=("self",)).select_related("supplier").filter(number=number).first()
    if batch is None:
        raise BatchUnknown(what=number)
    is_arriving = batch.state == BatchState.RECEIVING
    if is_arriving and not arriving:
        raise BatchArriving(number=number)
    if batch.state not in OPEN and not is_arriving:
        raise BatchClosed(number=number, state=BatchState(batch.state).label)
    return batch


@transaction.atomic
def decide(act: Act, *, batch: str, title: int, record: int | None) -> int:
    """Say what a doubtful title is: a further copy of a candidate, or new (None); returns how many still wait.

    `record` is a candidate as the title lists it: the id of a record, or the place of an earlier title of the
    batch as a negative number. It may be decided again until acceptance. Raises BatchUnknown, BatchClosed,
    NotInBatch.
    """
    found = lock_batch(batch)
    row = BatchTitle.objects.filter(batch=found, pk=title).first()
    if row is None or not row.candidates or (record is not None and str(record) not in row.candidates):
        raise NotInBatch(what=record if row else title, number=batch)
    row.outcome = Outcome.NEW if record is None else Outcome.COPY
    row.record_id = record if record is not None and record > 0 else None
    row.same_as = BatchTitle.objects.get(batch=found, position=-record) if record is not None and record < 0 else None
    row.decided_by, row.decided_at = act.staff, act.at
    row.save(update_fields=["outcome", "record", "same_as", "decided_by", "decided_at"])
    details = {"title": row.position, "outcome": row.outcome, "record": record}
    record_step(act, found, Step.DECIDED, details=details)
    return _settle(found)


def match_again(act: Act, *, batch: str) -> int:
    """Compare the batch with the catalogue and its barcodes as they are now; returns how many titles wait.

    What a person decided stands. It is compared before anything is locked, and what is different now is written some
    hundred rows in a transaction, so that a desk can write between them; one that was interrupted is simply repeated.
    Raises BatchUnknown, BatchClosed.
    """
    with transaction.atomic():
        found = lock_batch(batch)
    rows = list(BatchTitle.objects.filter(batch=found).order_by("position"))
    before = [_match(row) for row in rows]
    apply_matches(rows, matches_of(rows))
    other = [row for row, was in zip(rows, before, strict=True) if not row.decided_at and _match(row) != was]
    for start in range(0, len(other), CHUNK):
        _write_matches(batch, {row.pk: row for row in other[start : start + CHUNK]})
        sleep(PAUSE_SECONDS)
    _find_problems_again(batch, found)
    return _end(act, batch)


def _match(row: BatchTitle) -> tuple[object, ...]:
    return row.outcome, row.record_id, row.same_as_id, row.candidates


@transaction.atomic
def _write_matches(number: str, rows: Mapping[int, BatchTitle]) -> None:
    """Write what titles are now, but for those that a person has decided meanwhile."""
    lock_batch(number)
    undecided = BatchTitle.objects.filter(pk__in=rows, decided_at__isnull=True).values_list("pk", flat=True)
    BatchTitle.objects.bulk_update([rows[title] for title in undecided], MATCHED)


def _find_problems_again(number: str, batch: Batch) -> None:
    """Write which copies have another problem now: first those that lose their barcode, for another may get it."""
    copies = list(BatchCopy.objects.filter(batch=batch, item=None).order_by("position"))
    was = {copy.pk: (copy.problem, copy.barcode_key) for copy in copies}
    find_problems(batch, copies)
    other = [copy for copy in copies if (copy.problem, copy.barcode_key) != was[copy.pk]]
    other.sort(key=lambda copy: bool(copy.barcode_key))
    for start in range(0, len(other), CHUNK):
        with transaction.atomic():
            lock_batch(number)
            BatchCopy.objects.bulk_update(other[start : start + CHUNK], ["problem", "barcode_key"])
        sleep(PAUSE_SECONDS)


@transaction.atomic
def _end(act: Act, number: str) -> int:
    """Let the batch stand where it stands by now; returns how many titles wait."""
    found = lock_batch(number)
    waiting = _settle(found)
    record_step(act, found, Step.MATCHED, details={"doubtful": waiting})
    return waiting


def matches_of(rows: Sequence[BatchTitle]) -> list[policies.Match]:
    """Return what the titles are to the catalogue as it is now; they stand in the order of their positions."""
    described = [describe(marc, family(marc)) for marc in (MarcRecord.from_json(row.marc) for row in rows)]
    return matches([(known_of(one), one.title_proper, one.volume) for one in described])


def _settle(batch: Batch) -> int:
    """Set the batch's state by what still waits, and return how much."""
    waiting = BatchTitle.objects.filter(batch=batch, outcome=Outcome.DOUBTFUL).count()
    batch.state = BatchState.MATCHING if waiting else BatchState.CHECKING
    batch.save(update_fields=["state"])
    return waiting


@transaction.atomic
def scan(act: Act, *, batch: str, parcel: str, code: str) -> ScanView:
    """Take the scan of a book in a parcel: found, scanned before, listed in another parcel, or not in the list.

    A book that was missing and turns up is found. Repeating `act.key` returns the first answer. Raises
    BatchUnknown, BatchClosed, NotInBatch for an unknown parcel.
    """
    found = lock_batch(batch)
    before = ParcelScan.objects.filter(key=act.key).select_related("copy__title").first()
    if before:
        return scan_view(before)
    if not Parcel.objects.filter(batch=found, number=parcel).exists():
        raise NotInBatch(what=parcel, number=batch)
    wanted = barcode_key(code)
    copies = BatchCopy.objects.select_related("title").filter(batch=found)
    copy = copies.filter(barcode_key=wanted).first() if wanted else None
    outcome = _outcome(copy, parcel)
    if copy and copy.found_at is None:
        copy.found_at, copy.is_missing = act.at, False
        copy.save(update_fields=["found_at", "is_missing"])
    row = ParcelScan.objects.create(
        batch=found,
        parcel=parcel,
        code=code.strip()[:40],
        outcome=outcome,
        copy=copy,
        at=act.at,
        operator=act.operator,
        key=act.key,
    )
    return scan_view(row)


def _outcome(copy: BatchCopy | None, parcel: str) -> ScanOutcome:
    if copy is None:
        return ScanOutcome.NOT_LISTED
    if copy.found_at is not None:
        return ScanOutcome.AGAIN
    return ScanOutcome.FOUND if copy.parcel == parcel else ScanOutcome.OTHER_PARCEL


@transaction.atomic
def close_parcel(act: Act, *, batch: str, parcel: str) -> int:
    """Close a parcel: what was not found is missing; returns how many. Closing it again counts anew.

    Raises BatchUnknown, BatchClosed, NotInBatch.
    """
    found = lock_batch(batch)
    row = Parcel.objects.filter(batch=found, number=parcel).first()
    if row is None:
        raise NotInBatch(what=parcel, number=batch)
    copies = BatchCopy.objects.filter(batch=found, parcel=parcel)
    missing = copies.filter(found_at__isnull=True).update(is_missing=True)
    row.closed_at = act.at
    row.save(update_fields=["closed_at"])
    details = {"parcel": parcel, "found": copies.filter(found_at__isnull=False).count(), "missing": missing}
    record_step(act, found, Step.PARCEL_CLOSED, details=details)
    return missing


@transaction.atomic
def draw_sample(act: Act, *, batch: str, percent: int | None = None) -> int:
    """Draw the volumes to look at (抽检), `percent` or as agreed; returns how many.

    The seed comes from `act.key` and is kept, so that the draw can be shown to have been a draw. A sample is drawn
    once: asking again returns its size. Raises BatchUnknown, BatchClosed.
    """
    found = lock_batch(batch)
    copies = BatchCopy.objects.filter(batch=found)
    if found.sample_seed:
        return copies.filter(is_sampled=True).count()
    there = copies.filter(is_missing=False).values_list("pk", "position")
    by_position = {position: copy for copy, position in there}
    seed = sha256(f"{found.number}/{act.key}".encode()).hexdigest()[:16]
    share = found.sample_percent if percent is None else percent
    drawn = policies.sample_of(by_position, percent=share, seed=seed)
    copies.filter(pk__in=[by_position[position] for position in drawn]).update(is_sampled=True)
    found.sample_seed, found.sample_percent = seed, share
    found.save(update_fields=["sample_seed", "sample_percent"])
    record_step(act, found, Step.SAMPLE_DRAWN, details={"seed": seed, "percent": share, "size": len(drawn)})
    return len(drawn)


@transaction.atomic
def inspect(act: Act, *, batch: str, copy: int, errors: Collection[tuple[ErrorKind, str]] = ()) -> None:
    """Enter that a volume of the sample was looked at, with what is wrong as (kind, note); looking again replaces it.

    Raises BatchUnknown, BatchClosed, NotInBatch for a volume that is not in the sample.
    """
    found = lock_batch(batch)
    row = BatchCopy.objects.filter(batch=found, pk=copy, is_sampled=True).first()
    if row is None:
        raise NotInBatch(what=copy, number=batch)
    row.inspected_at = act.at
    row.save(update_fields=["inspected_at"])
    SampleError.objects.filter(copy=row).delete()
    SampleError.objects.bulk_create(
        SampleError(copy=row, kind=kind, note=note[:200], at=act.at, operator=act.operator) for kind, note in errors
    )
