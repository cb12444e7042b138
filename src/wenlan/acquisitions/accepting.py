"""The end of a batch: accepted, when its records and items come into being, or sent back, when nothing does."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet

from wenlan.acquisitions import policies
from wenlan.acquisitions.errors import BatchClosed, BatchUnknown, NotAccepted, ReasonMissing
from wenlan.acquisitions.models import Batch, BatchCopy, BatchFile, BatchTitle, Parcel, SampleError
from wenlan.acquisitions.policies import AcceptanceFacts
from wenlan.acquisitions.receiving import record_step
from wenlan.acquisitions.types import Accepted, BatchState, Hindrance, Outcome, Step
from wenlan.acquisitions.verifying import lock_batch, matches_of
from wenlan.catalogue import operations as catalogue
from wenlan.catalogue.cnmarc import MarcRecord
from wenlan.holdings import operations as holdings
from wenlan.holdings.types import ItemStatus, NewItem
from wenlan.jobs import operations as jobs
from wenlan.jobs.queries import answer
from wenlan.kernel.acts import Act

ACCEPT = "acquisitions.accept"


@transaction.atomic
def accept(act: Act, *, batch: str, overrules: bool = False, reason: str = "") -> Accepted:
    """Accept a batch: new titles become records, every copy that is there an item of the owner's property.

    This is the act of registration (财产登记): accession numbers are taken and the ledger counts here, not at
    arrival. Copies that are missing, or have no barcode of their own, are left out and stay on the batch's record.
    `overrules` accepts more errors than agreed and needs a `reason`. Locks the batch's row. Repeating `act.key`
    returns the first answer. Raises BatchUnknown, BatchClosed, ReasonMissing, NotAccepted with every hindrance, and
    BarcodeTaken when an item got one of the barcodes since; then nothing is written.
    """
    if before := answer(act.key, ACCEPT):
        return Accepted(**{**before, "items": tuple(before["items"])})
    found = lock_batch(batch)
    if overrules and not reason.strip():
        raise ReasonMissing
    titles = list(BatchTitle.objects.filter(batch=found).order_by("position"))
    if hindrances := policies.hindrances(facts_of(found, titles), overrules=overrules):
        raise NotAccepted(hindrances)
    added = _add_records(act, titles)
    copies = list(makeable(found).order_by("position"))
    items = _make_items(act, found, {row.pk: row for row in titles}, copies)
    accepted = Accepted(
        number=batch,
        records=added,
        items=items,
        left_out=BatchCopy.objects.filter(batch=found).count() - len(items),
    )
    _close(act, found, BatchState.ACCEPTED)
    details = {"records": added, "items": len(items), "left_out": accepted.left_out, "overruled": overrules}
    record_step(act, found, Step.ACCEPTED, reason=reason, details=details)
    kept = {"number": batch, "records": added, "items": list(items), "left_out": accepted.left_out}
    jobs.remember(act.key, ACCEPT, kept, at=act.at)
    return accepted


@transaction.atomic
def send_back(act: Act, *, batch: str, reason: str) -> None:
    """Send a batch back: the catalogue stays as it was, the batch with its errors is kept on record.

    The same files may come again as a new batch. Sending back twice is as once. Raises BatchUnknown,
    ReasonMissing, and BatchClosed for a batch that was accepted.
    """
    if not reason.strip():
        raise ReasonMissing
    try:
        found = lock_batch(batch)
    except BatchClosed:
        if Batch.objects.filter(number=batch, state=BatchState.SENT_BACK).exists():
            return
        raise
    _close(act, found, BatchState.SENT_BACK)
    BatchFile.objects.filter(batch=found).update(is_live=False)
    copies = BatchCopy.objects.filter(batch=found).count()
    record_step(act, found, Step.SENT_BACK, reason=reason, details={"copies": copies})


def _close(act: Act, batch: Batch, state: BatchState) -> None:
    batch.state, batch.closed_on = state, act.day
    batch.save(update_fields=["state", "closed_on"])


def hindrances(batch: str) -> tuple[Hindrance, ...]:
    """Return every reason why the batch cannot be accepted now (a fixed number of statements)."""
    found = Batch.objects.filter(number=batch).first()
    if found is None:
        raise BatchUnknown(what=batch)
    return policies.hindrances(facts_of(found, list(BatchTitle.objects.filter(batch=found).order_by("position"))))


def facts_of(batch: Batch, titles: Sequence[BatchTitle]) -> AcceptanceFacts:
    """Return what decides about the acceptance of a batch; `titles` are all of its titles, in order."""
    sampled = BatchCopy.objects.filter(batch=batch, is_sampled=True)
    parcels = list(Parcel.objects.filter(batch=batch).values_list("closed_at", flat=True))
    return AcceptanceFacts(
        doubtful=sum(row.outcome == Outcome.DOUBTFUL for row in titles),
        changed=_changed(titles),
        scans_parcels=batch.scans_parcels,
        parcels=len(parcels),
        parcels_open=parcels.count(None),
        sample_percent=batch.sample_percent,
        sample_size=sampled.count(),
        sample_done=sampled.filter(inspected_at__isnull=False).count(),
        sample_wrong=SampleError.objects.filter(copy__in=sampled).values("copy").distinct().count(),
        most_errors_permille=batch.most_errors_permille,
        makeable=makeable(batch).count(),
    )


def _changed(titles: Sequence[BatchTitle]) -> int:
    """How many titles the catalogue would answer otherwise now; what a person decided stands."""
    now = matches_of(titles)
    return sum(
        (row.outcome, row.record_id) != (one.outcome, one.record if one.record and one.record > 0 else None)
        for row, one in zip(titles, now, strict=True)
        if not row.decided_at
    )


def makeable(batch: Batch) -> QuerySet[BatchCopy]:
    """Return the copies of which an item can be made: they are there, with a barcode of their own."""
    return BatchCopy.objects.filter(batch=batch, problem="", is_missing=False)


def _add_records(act: Act, titles: Sequence[BatchTitle]) -> int:
    """Add the records of the new titles, and lead every title to its record; returns how many were added."""
    new = [row for row in titles if row.outcome == Outcome.NEW]
    ids = catalogue.add_records(act, records=[MarcRecord.from_json(row.marc) for row in new])
    by_title = dict(zip((row.pk for row in new), ids, strict=True))
    for row in titles:  # an earlier title has its record before a later one asks for it
        if row.pk in by_title:
            row.record_id = by_title[row.pk]
        elif row.same_as_id:
            row.record_id = by_title.setdefault(row.pk, by_title.get(row.same_as_id) or 0) or None
        by_title[row.pk] = row.record_id or 0
    BatchTitle.objects.bulk_update(titles, ["record"], batch_size=500)
    return len(new)


def _make_items(act: Act, batch: Batch, titles: dict[int, BatchTitle], copies: Sequence[BatchCopy]) -> tuple[int, ...]:
    items = holdings.accession_many(act, items=[_new_item(batch, titles[copy.title_id], copy) for copy in copies])
    for copy, item in zip(copies, items, strict=True):
        copy.item_id = item
    BatchCopy.objects.bulk_update(copies, ["item"], batch_size=500)
    return items


def _new_item(batch: Batch, title: BatchTitle, copy: BatchCopy) -> NewItem:
    """An item as the batch has it. A further copy stands beside the others: the supplier's mark does not part them."""
    keeps_mark = batch.gives_call_numbers and title.outcome == Outcome.NEW
    return NewItem(
        record=title.record_id or 0,
        barcode=copy.barcode,
        barcode_scope=batch.barcode_scope,
        owner=batch.owner_node_id,
        shelved_at=batch.shelved_at_id,
        status=ItemStatus.AVAILABLE if batch.is_ready else ItemStatus.IN_PROCESSING,
        call_number=copy.call_number if keeps_mark else "",
        volume=copy.volume or title.volume[:60],
        list_price_fen=copy.price_fen,
        origin=batch.origin,
        batch=batch.number,
        source=batch.supplier.name,
        key=f"{batch.number}/{copy.position}",
    )
