"""A batch arrives: its files are read, its titles matched, its copies listed. Nothing is written to the catalogue."""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from io import BytesIO
from time import sleep
from typing import Any

from django.db import transaction

from wenlan.acquisitions import packing_list
from wenlan.acquisitions.copies import StatedCopy
from wenlan.acquisitions.errors import FileElsewhere, NothingReceived, RecordsUnreadable, SupplierUnknown
from wenlan.acquisitions.matching import matches
from wenlan.acquisitions.merging import Arrived, arrived, merged
from wenlan.acquisitions.models import Batch, BatchCopy, BatchFile, BatchStep, BatchTitle, Parcel, Supplier
from wenlan.acquisitions.packing_list import PackingList
from wenlan.acquisitions.policies import Match, batch_number
from wenlan.acquisitions.types import BatchState, CopyProblem, FileKind, Outcome, PaidBy, Receipt, Step, Upload
from wenlan.catalogue.cnmarc import Found, family, read_stream, unplaced_kind
from wenlan.catalogue.types import MarcFormat
from wenlan.holdings.barcodes import taken
from wenlan.holdings.policies import barcode_key
from wenlan.jobs import operations as jobs
from wenlan.jobs.queries import answer
from wenlan.kernel.acts import Act
from wenlan.staff.operations import audit

OPERATION = "acquisitions.receive"
CHUNK = 200
PAUSE_SECONDS = 0.005
ONE_PARCEL = "1"


def receive(act: Act, *, receipt: Receipt) -> str:
    """Take in what a supplier brought and return its 批次号.

    Titles are matched with the catalogue; only the doubtful ones wait for a person. A file that came before is
    the same batch, unless that was sent back. A batch is written some hundred titles in a transaction, so that a desk
    can write between them; one that was interrupted goes on when its files are received again. Raises NothingReceived,
    SupplierUnknown, RecordsUnreadable, ListUnreadable, and FileElsewhere when the two files belong to different
    batches; then nothing is written.
    """
    if before := answer(act.key, OPERATION):
        return str(before["number"])
    given = [upload for upload in (receipt.marc, receipt.packing_list) if upload]
    if not given:
        raise NothingReceived
    number = _batch_of(given)
    if number and not Batch.objects.filter(number=number, state=BatchState.RECEIVING).exists():
        return number
    records, rejected = _records(receipt.marc)
    listed = packing_list.read_list(receipt.packing_list) if receipt.packing_list else None
    titles = merged(arrived(records), listed.rows if listed else ())
    found = matches([(one.known, one.description.title_proper, one.description.volume) for one in titles])
    batch = Batch.objects.get(number=number or _begin(act, receipt, len(records) + len(rejected), rejected, listed))
    rows = [_title(batch, place, one) for place, one in enumerate(titles, start=1)]
    apply_matches(rows, found)
    while _write_titles(batch, rows):
        sleep(PAUSE_SECONDS)
    copies = _copies(batch, rows, titles)
    while _write_copies(batch, copies):
        sleep(PAUSE_SECONDS)
    return _end(act, batch, copies)


def _batch_of(given: Sequence[Upload]) -> str:
    """Return the batch to which the files belong already, or an empty string."""
    digests = {digest(upload): upload for upload in given}
    rows = BatchFile.objects.filter(digest__in=digests, is_live=True).select_related("batch")
    known = {row.digest: row.batch.number for row in rows}
    if known and (len(known) < len(digests) or len(set(known.values())) > 1):
        which = next(iter(known))
        raise FileElsewhere(file=digests[which].name, number=known[which])
    return next(iter(known.values()), "")


def digest(upload: Upload) -> str:
    """Return what a file is known by: its bytes, not its name."""
    return sha256(upload.content).hexdigest()


def _records(upload: Upload | None) -> tuple[list[tuple[Found, MarcFormat]], list[tuple[int, str]]]:
    """Return the bibliographic records of a file, and what was none, with its position and the reason."""
    if upload is None:
        return [], []
    records: list[tuple[Found, MarcFormat]] = []
    rejected: list[tuple[int, str]] = []
    for found in read_stream(BytesIO(upload.content)):
        if found.record is None:
            rejected.append((found.position, found.reason))
            continue
        of = family(found.record)
        if kind := unplaced_kind(found.record, of):
            rejected.append((found.position, str(kind.label)))
        else:
            records.append((found, of))
    if not records:
        raise RecordsUnreadable(file=upload.name)
    return records, rejected


@transaction.atomic
def _begin(act: Act, receipt: Receipt, read: int, rejected: list[tuple[int, str]], listed: PackingList | None) -> str:
    """Give the batch its number, and keep its files: they belong to it from now on."""
    batch = _batch(act, receipt, listed)
    if receipt.marc:
        _keep_records(batch, receipt.marc, read, rejected)
    if receipt.packing_list and listed:
        _keep_list(batch, receipt.packing_list, listed)
    return batch.number


def _lock_arriving(batch: Batch) -> bool:
    """Lock the batch's row and return whether it is still being received."""
    state = Batch.objects.select_for_update().filter(pk=batch.pk).values_list("state", flat=True).get()
    return state == BatchState.RECEIVING


@transaction.atomic
def _write_titles(batch: Batch, rows: Sequence[BatchTitle]) -> int:
    """Write the next titles; returns how many. What stands already is taken over by the rows, which then have ids."""
    if not _lock_arriving(batch):
        return 0
    standing = dict(BatchTitle.objects.filter(batch=batch).values_list("position", "pk"))
    for row in rows:
        row.pk = standing.get(row.position)
    following = [row for row in rows if row.pk is None][:CHUNK]
    later = [(row, row.same_as) for row in following if row.same_as]
    for row, _earlier in later:
        row.same_as = None  # a title without a number yet cannot be pointed at
    BatchTitle.objects.bulk_create(following)
    for row, earlier in later:
        row.same_as = earlier
    BatchTitle.objects.bulk_update([row for row, _earlier in later], ["same_as"])
    return len(following)


@transaction.atomic
def _write_copies(batch: Batch, copies: Sequence[BatchCopy]) -> int:
    """Write the next copies; returns how many."""
    if not _lock_arriving(batch):
        return 0
    written = BatchCopy.objects.filter(batch=batch).count()
    following = copies[written : written + CHUNK]
    BatchCopy.objects.bulk_create(following)
    return len(following)


@transaction.atomic
def _end(act: Act, batch: Batch, copies: Sequence[BatchCopy]) -> str:
    """Let the batch begin: its parcels, its state by what is doubtful, its first step."""
    if _lock_arriving(batch):
        Parcel.objects.bulk_create(Parcel(batch=batch, number=one) for one in sorted({one.parcel for one in copies}))
        titles = BatchTitle.objects.filter(batch=batch)
        doubtful = titles.filter(outcome=Outcome.DOUBTFUL).count()
        batch.state = BatchState.MATCHING if doubtful else BatchState.CHECKING
        batch.save(update_fields=["state"])
        details = {"titles": titles.count(), "copies": len(copies), "doubtful": doubtful}
        record_step(act, batch, Step.RECEIVED, details=details)
        jobs.remember(act.key, OPERATION, {"number": batch.number}, at=act.at)
    return batch.number


def _batch(act: Act, receipt: Receipt, listed: PackingList | None) -> Batch:
    supplier = Supplier.objects.filter(pk=receipt.supplier, is_active=True).first()
    if supplier is None:
        raise SupplierUnknown(what=receipt.supplier)
    year = act.day.year
    owner = receipt.owner or act.node
    return Batch.objects.create(
        number=batch_number(year, jobs.next_number("batch", str(year))),
        node_id=act.node,
        supplier=supplier,
        state=BatchState.RECEIVING,
        arrived_at=act.at,
        arrived_on=act.day,
        owner_node_id=owner,
        shelved_at_id=receipt.shelved_at or owner,
        barcode_scope=receipt.barcode_scope,
        origin=receipt.origin,
        is_ready=receipt.is_ready,
        sample_percent=supplier.sample_percent,
        most_errors_permille=supplier.most_errors_permille,
        scans_parcels=supplier.scans_parcels,
        gives_call_numbers=supplier.gives_call_numbers,
        **_paid(supplier, listed),
    )


def _paid(supplier: Supplier, listed: PackingList | None) -> dict[str, Any]:
    """Return how it is known what the volumes cost: by the list, where each line says it, else as agreed."""
    if listed and (stated := packing_list.paid_of(listed.rows)) is not None:
        return {"paid_by": PaidBy.LIST, "paid_fen": stated}
    if supplier.discount_permille is not None:
        return {"paid_by": PaidBy.DISCOUNT, "discount_permille": supplier.discount_permille}
    return {}


def _keep_records(batch: Batch, upload: Upload, read: int, rejected: list[tuple[int, str]]) -> None:
    BatchFile.objects.create(
        batch=batch,
        kind=FileKind.MARC,
        name=upload.name[:255],
        digest=digest(upload),
        read=read,
        rejected=[list(one) for one in rejected],
        content=upload.content,
    )


def _keep_list(batch: Batch, upload: Upload, listed: PackingList) -> None:
    BatchFile.objects.create(
        batch=batch,
        kind=FileKind.LIST,
        name=upload.name[:255],
        digest=digest(upload),
        read=len(listed.rows),
        rejected=[list(one) for one in listed.rejected],
        columns=[list(one) for one in listed.columns],
        sample=[list(one) for one in listed.sample],
        content=upload.content,
    )


def _title(batch: Batch, position: int, one: Arrived) -> BatchTitle:
    described = one.description
    return BatchTitle(
        batch=batch,
        position=position,
        title=(described.title_proper or "—")[:500],
        volume=described.volume[:500],
        responsibility=described.responsibility[:1000],
        publisher=described.publisher[:500],
        year=described.year_text[:100],
        isbn=next(iter(described.isbn), ""),
        class_number=described.class_number[:100],
        price_fen=described.price_fen,
        listed=one.listed,
        outcome=Outcome.NEW,
        notes=list(dict.fromkeys(one.notes)),
        marc=one.marc.to_json(),
    )


def apply_matches(rows: Sequence[BatchTitle], found: Iterable[Match]) -> None:
    """Set what each title is, by the matches in the order of the rows; the rows are not saved."""
    by_place = dict(enumerate(rows, start=1))
    for row, one in zip(rows, found, strict=True):
        row.outcome = one.outcome
        row.record_id, row.same_as = None, None
        if one.record is not None and one.record > 0:
            row.record_id = one.record
        elif one.record is not None:
            row.same_as = by_place[-one.record]
        row.candidates = {str(record): list(doubts) for record, doubts in (one.candidates or {}).items()}


def _copies(batch: Batch, rows: Sequence[BatchTitle], titles: Sequence[Arrived]) -> list[BatchCopy]:
    stated = [(row, copy) for row, title in zip(rows, titles, strict=True) for copy in title.copies]
    copies = [_copy(batch, place, row, copy) for place, (row, copy) in enumerate(stated, start=1)]
    find_problems(batch, copies)
    return copies


def _copy(batch: Batch, position: int, row: BatchTitle, stated: StatedCopy) -> BatchCopy:
    return BatchCopy(
        batch=batch,
        title=row,
        position=position,
        barcode=stated.barcode,
        call_number=stated.call_number,
        volume=stated.volume,
        price_fen=stated.price_fen if stated.price_fen is not None else row.price_fen,
        paid_fen=stated.paid_fen,
        parcel=stated.parcel or ONE_PARCEL,
    )


def find_problems(batch: Batch, copies: Sequence[BatchCopy]) -> None:
    """Set on each copy why no item can be made of it, and else its barcode's key; the rows are not saved."""
    carried = taken([copy.barcode for copy in copies], scope=batch.barcode_scope)
    seen: set[str] = set()
    for copy in copies:
        found = barcode_key(copy.barcode)
        if not found:
            copy.problem = CopyProblem.NO_BARCODE
        elif found in carried:
            copy.problem = CopyProblem.TAKEN
        elif found in seen:
            copy.problem = CopyProblem.TWICE
        else:
            copy.problem = CopyProblem.NONE
        copy.barcode_key = "" if copy.problem else found
        seen.add(found)


def record_step(act: Act, batch: Batch, step: Step, *, reason: str = "", details: Mapping[str, object]) -> None:
    """Write a line of the batch's history, and of the audit trail."""
    BatchStep.objects.create(
        batch=batch, at=act.at, step=step, operator=act.operator, reason=reason[:200], details=dict(details)
    )
    audit(act, f"acquisitions.{step.value}", f"batch:{batch.number}", after=dict(details), reason=reason)
