"""The end of a batch: accepted, when its records and items come into being, or sent back, when nothing does."""

from collections.abc import Mapping, Sequence
from time import sleep

from django.db import connection, transaction

from wenlan.acquisitions import policies
from wenlan.acquisitions.errors import BatchClosed, BatchUnknown, NotAccepted, ReasonMissing
from wenlan.acquisitions.models import Batch, BatchCopy, BatchFile, BatchTitle, Parcel, SampleError
from wenlan.acquisitions.paying import makeable, paid_shares
from wenlan.acquisitions.policies import AcceptanceFacts
from wenlan.acquisitions.receiving import record_step
from wenlan.acquisitions.types import Accepted, BatchState, CopyProblem, Hindrance, Outcome, Step
from wenlan.acquisitions.verifying import OPEN, lock_batch, matches_of
from wenlan.catalogue import operations as catalogue
from wenlan.catalogue.cnmarc import MarcRecord
from wenlan.holdings import operations as holdings
from wenlan.holdings.accounts.entering import refuse_locked
from wenlan.holdings.barcodes import taken
from wenlan.holdings.errors import BarcodeTaken
from wenlan.holdings.types import ItemStatus, NewItem
from wenlan.jobs import operations as jobs
from wenlan.jobs.queries import answer
from wenlan.kernel.acts import Act

ACCEPT = "acquisitions.accept"
CHUNK = 20
PAUSE_SECONDS = 0.005


def accept(act: Act, *, batch: str, overrules: bool = False, reason: str = "") -> Accepted:
    """Accept a batch: new titles become records, every copy that is there an item of the owner's property.

    This is the act of registration (财产登记): accession numbers are taken and the ledger counts here, not at
    arrival. Copies that are missing, or have no barcode of their own, are left out and stay on the batch's record.
    `overrules` accepts more errors than agreed and needs a `reason`. It is decided in one transaction, and carried
    out some dozen titles and copies in a transaction, so that a desk can write between them; an acceptance that was
    interrupted goes on when it is asked for again. Locks the batch's row. Repeating `act.key` returns the first
    answer. Raises BatchUnknown, BatchClosed, ReasonMissing, NotAccepted with every hindrance, MonthLocked, and
    BarcodeTaken when an item got one of the barcodes since; then nothing is written.
    """
    if before := answer(act.key, ACCEPT):
        return Accepted(**{**before, "items": tuple(before["items"])})
    _decide(act, batch, overrules=overrules, reason=reason)
    while _add_some_records(act, batch):
        sleep(PAUSE_SECONDS)
    paid = paid_shares(_accepting(batch))
    while _make_some_items(act, batch, paid):
        sleep(PAUSE_SECONDS)
    return _end(act, batch)


def _decide(act: Act, number: str, *, overrules: bool, reason: str) -> None:
    """Let the acceptance begin, or raise why it may not; what is read of the whole batch is read before the lock."""
    found = Batch.objects.filter(number=number).first()
    if found is None:
        raise BatchUnknown(what=number)
    if found.state == BatchState.ACCEPTING:
        return
    if overrules and not reason.strip():
        raise ReasonMissing
    titles = list(BatchTitle.objects.filter(batch=found).order_by("position"))
    changed = _changed(titles) if found.state in OPEN else 0
    carried = _carried(found) if found.state in OPEN else []
    with transaction.atomic():
        found = lock_batch(number)
        if hindrances := policies.hindrances(facts_of(found, changed), overrules=overrules):
            raise NotAccepted(hindrances)
        refuse_locked(found.owner_node_id, act.day)
        if carried:
            raise BarcodeTaken(barcode=carried[0])
        found.state = BatchState.ACCEPTING
        found.save(update_fields=["state"])
        record_step(act, found, Step.ACCEPTING, reason=reason, details={"overruled": overrules})


def _carried(batch: Batch) -> list[str]:
    """Return the barcodes of the batch that an item has got since they were looked up."""
    barcodes = list(makeable(batch).values_list("barcode", flat=True))
    return list(taken(barcodes, scope=batch.barcode_scope))


def _accepting(number: str) -> Batch:
    """Return the batch that is being accepted, its row locked where a transaction is open. Raises BatchClosed."""
    rows = Batch.objects.select_related("supplier")
    if connection.in_atomic_block:
        rows = rows.select_for_update(of=("self",))
    found = rows.get(number=number)
    if found.state != BatchState.ACCEPTING:
        raise BatchClosed(number=number, state=BatchState(found.state).label)
    return found


@transaction.atomic
def _add_some_records(act: Act, number: str) -> int:
    """Lead the next titles without a record to theirs, new ones added; returns how many there were."""
    waiting = BatchTitle.objects.filter(batch=_accepting(number), record=None)
    titles = list(waiting.select_related("same_as").order_by("position")[:CHUNK])
    new = [row for row in titles if row.outcome == Outcome.NEW]
    ids = catalogue.add_records(act, records=[MarcRecord.from_json(row.marc) for row in new])
    by_title = dict(zip((row.pk for row in new), ids, strict=True))
    for row in titles:  # an earlier title has its record before a later one asks for it
        if row.same_as and row.pk not in by_title:
            by_title[row.pk] = by_title.get(row.same_as.pk) or row.same_as.record_id or 0
        row.record_id = by_title[row.pk]
    BatchTitle.objects.bulk_update(titles, ["record"])
    return len(titles)


@transaction.atomic
def _make_some_items(act: Act, number: str, paid: Mapping[int, int | None]) -> int:
    """Make items of the next copies; returns how many were looked at.

    A barcode that another item has got since the decision leaves its copy out.
    """
    batch = _accepting(number)
    waiting = makeable(batch).filter(item=None).select_related("title").defer("title__marc")
    copies = list(waiting.order_by("position")[:CHUNK])
    carried = taken([copy.barcode for copy in copies], scope=batch.barcode_scope)
    for copy in copies:
        if copy.barcode_key in carried:
            copy.problem, copy.barcode_key = CopyProblem.TAKEN, ""
    made = [copy for copy in copies if not copy.problem]
    items = holdings.accession_many(act, items=[_new_item(batch, copy, paid.get(copy.pk)) for copy in made])
    for copy, item in zip(made, items, strict=True):
        copy.item_id = item
    BatchCopy.objects.bulk_update(copies, ["item", "problem", "barcode_key"])
    return len(copies)


@transaction.atomic
def _end(act: Act, number: str) -> Accepted:
    found = _accepting(number)
    items = tuple(
        BatchCopy.objects.filter(batch=found, item__isnull=False).order_by("position").values_list("item", flat=True)
    )
    titles = BatchTitle.objects.filter(batch=found, outcome=Outcome.NEW)
    accepted = Accepted(
        number=number,
        records=titles.count(),
        items=items,
        left_out=BatchCopy.objects.filter(batch=found, item=None).count(),
    )
    _close(act, found, BatchState.ACCEPTED)
    counts = {"records": accepted.records, "items": len(items), "left_out": accepted.left_out}
    record_step(act, found, Step.ACCEPTED, details=counts)
    jobs.remember(act.key, ACCEPT, {"number": number, **counts, "items": list(items)}, at=act.at)
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
        found = lock_batch(batch, arriving=True)
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
    titles = list(BatchTitle.objects.filter(batch=found).order_by("position"))
    return policies.hindrances(facts_of(found, _changed(titles)))


def facts_of(batch: Batch, changed: int) -> AcceptanceFacts:
    """Return what decides about the acceptance of a batch; so many of its titles the catalogue answers otherwise."""
    sampled = BatchCopy.objects.filter(batch=batch, is_sampled=True)
    parcels = list(Parcel.objects.filter(batch=batch).values_list("closed_at", flat=True))
    return AcceptanceFacts(
        doubtful=BatchTitle.objects.filter(batch=batch, outcome=Outcome.DOUBTFUL).count(),
        changed=changed,
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


def _new_item(batch: Batch, copy: BatchCopy, paid_fen: int | None) -> NewItem:
    """An item as the batch has it. A further copy stands beside the others: the supplier's mark does not part them."""
    title = copy.title
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
        paid_fen=paid_fen,
        origin=batch.origin,
        batch=batch.number,
        source=batch.supplier.name,
        key=f"{batch.number}/{copy.position}",
    )
