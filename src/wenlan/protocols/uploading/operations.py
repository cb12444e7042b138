"""Writes of handing in: centres defined, records queued, settled, sent again, written to a file."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from wenlan.catalogue.overlay.originals import content_hashes, copied, newest_version, originals
from wenlan.jobs import operations as jobs
from wenlan.jobs.queries import answer
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import NotFound
from wenlan.network import queries as network
from wenlan.protocols.copying import sealing
from wenlan.protocols.uploading import queries
from wenlan.protocols.uploading.composing import Unfit, compose, encoded
from wenlan.protocols.uploading.errors import CentreInUse, CentreNameTaken, NothingWaits
from wenlan.protocols.uploading.models import Upload, UploadBatch, UploadCentre
from wenlan.protocols.uploading.types import (
    BatchView,
    CentreFacts,
    CentreView,
    QueueReport,
    UploadAction,
    UploadState,
)
from wenlan.staff.operations import audit

MOST_IN_A_FILE = 1000
OPEN_AGAIN = (UploadState.REFUSED, UploadState.UNCLEAR)
ANSWERABLE = (UploadState.SENT, UploadState.UNCLEAR)


@transaction.atomic
def save_centre(act: Act, *, facts: CentreFacts, centre: int | None = None) -> CentreView:
    """Define a centre, or change one; an empty password leaves the one that is kept, unless the user is emptied too.

    What was catalogued before a centre is defined goes to it only by hand. Raises NotFound, CentreNameTaken.
    """
    row = UploadCentre(looked_at=newest_version()) if centre is None else _locked_centre(centre)
    if UploadCentre.objects.filter(name=facts.name).exclude(pk=row.pk).exists():
        raise CentreNameTaken(name=facts.name)
    if facts.takes_by_itself and not row.takes_by_itself:
        row.looked_at = newest_version()
    values = asdict(facts)
    password = values.pop("password")
    for name, value in values.items():
        setattr(row, name, value)
    if password or not facts.user:
        row.sealed_password = sealing.seal(password)
    row.save()
    audit(act, "protocols.save_centre", f"centre:{row.pk}", after=values)
    return queries.centre(row.pk)


@transaction.atomic
def remove_centre(act: Act, *, centre: int) -> None:
    """Remove a centre that was never handed anything, its queue with it. Raises NotFound, CentreInUse."""
    row = _locked_centre(centre)
    if row.uploads.exclude(state=UploadState.QUEUED, sent_at=None).exists() or row.batches.exists():
        raise CentreInUse(name=row.name)
    row.uploads.all().delete()
    row.delete()
    audit(act, "protocols.remove_centre", f"centre:{centre}", before={"name": row.name, "host": row.host})


@transaction.atomic
def queue_records(act: Act, *, centre: int, records: Collection[int]) -> QueueReport:
    """Put records into a centre's queue; one that changed since the centre accepted it goes as a change.

    A record that came from elsewhere is not ours to hand in, and one that stands as it was sent last is not sent
    twice; both are reported. Locks the centre's row. Raises NotFound.
    """
    row = _locked_centre(centre)
    strange = copied(records)
    ours = [one for one in sorted(set(records)) if one not in strange]
    known = {one.record_id: one for one in Upload.objects.filter(centre=row, record__in=ours)}
    hashes = content_hashes(ours)
    new, changed = [], []
    for record in hashes:
        before = known.get(record)
        if before is None:
            new.append(_new(act, row, record))
        elif before.state in (*OPEN_AGAIN, UploadState.ACCEPTED) and before.content_hash != hashes[record]:
            changed.append(before)
    Upload.objects.bulk_create(new)
    for before in changed:
        _open_again(act, before)
    queued = tuple(sorted([*(one.record_id for one in new), *(one.record_id for one in changed)]))
    if queued:
        audit(act, "protocols.queue_uploads", f"centre:{row.pk}", after={"records": len(queued)})
    left = tuple(one for one in hashes if one not in queued)
    return QueueReport(queued=queued, unchanged=left, copied=tuple(sorted(strange)))


@transaction.atomic
def send_again(act: Act, *, uploads: Collection[int]) -> int:
    """Put records that were refused, or of which nobody knows whether they arrived, back into the queue.

    Returns how many. It is for somebody who has asked the centre, or has mended the record.
    """
    rows = list(Upload.objects.select_for_update().filter(pk__in=uploads, state__in=OPEN_AGAIN).order_by("pk"))
    for row in rows:
        _open_again(act, row)
    if rows:
        audit(act, "protocols.send_again", "uploads", after={"uploads": [row.pk for row in rows]})
    return len(rows)


@transaction.atomic
def withdraw(act: Act, *, uploads: Collection[int]) -> int:
    """Take records that wait out of the queue; returns how many. One the centre has already stays accepted."""
    waiting = Upload.objects.filter(pk__in=uploads, state=UploadState.QUEUED)
    kept = waiting.filter(action=UploadAction.REPLACE).update(state=UploadState.ACCEPTED, reason="", details="")
    gone, _each = waiting.filter(action=UploadAction.CREATE).delete()
    if kept + gone:
        audit(act, "protocols.withdraw_uploads", "uploads", after={"withdrawn": kept + gone})
    return kept + gone


@transaction.atomic
def settle(act: Act, *, uploads: Collection[int], is_accepted: bool, details: str = "") -> int:
    """Enter what a centre said by letter or telephone of records that were sent; returns how many."""
    rows = Upload.objects.filter(pk__in=uploads, state__in=ANSWERABLE)
    state = UploadState.ACCEPTED if is_accepted else UploadState.REFUSED
    done = rows.update(state=state, settled_at=act.at, reason="", details=details[:300])
    if done:
        audit(act, "protocols.settle_uploads", "uploads", after={"state": state.value, "count": done}, reason=details)
    return done


def settle_batch(act: Act, *, batch: int, is_accepted: bool, details: str = "") -> int:
    """Enter what a centre said of all in a file that it has not answered for yet; returns how many."""
    open_rows = Upload.objects.filter(batch=batch, state__in=ANSWERABLE).values_list("pk", flat=True)
    return settle(act, uploads=list(open_rows), is_accepted=is_accepted, details=details)


@transaction.atomic
def make_file(act: Act, *, centre: int) -> BatchView:
    """Write what waits for a centre into a file (ISO 2709), at most 1,000 records; they count as sent.

    A record that must not go is refused with the reason. Repeating `act.key` returns the first file. Locks the
    centre's row. Raises NotFound, NothingWaits.
    """
    if act.key and (before := answer(act.key, "protocols.make_upload_file")):
        return next(one for one in queries.batches(centre, limit=1 << 20) if one.id == before["id"])
    row = _locked_centre(centre)
    waiting = row.uploads.select_for_update().filter(state=UploadState.QUEUED, due_at__lte=act.at).order_by("pk")
    facts = queries.view(row)
    written: list[tuple[Upload, str]] = []
    content = bytearray()
    for one in waiting[:MOST_IN_A_FILE]:
        try:
            composed = compose(act, record=one.record_id, centre=facts)
            content += encoded(composed, facts.encoding)
        except Unfit as unfit:
            _refuse(one, unfit, act.at)
        else:
            written.append((one, composed.content_hash))
    if not written:
        raise NothingWaits(name=row.name)
    batch = _kept(act, row, bytes(content))
    for one, content_hash in written:
        _mark_sent(one, batch, content_hash, act.at)
    audit(act, "protocols.make_upload_file", f"centre:{row.pk}", after={"file": batch.name, "records": len(written)})
    if act.key:
        jobs.remember(act.key, "protocols.make_upload_file", {"id": batch.pk}, at=act.at)
    return queries.batches(centre, limit=1)[0]


def queue_by_rule(at: datetime) -> int:
    """Queue the originals that have rested long enough for each centre that takes them by itself; returns how many.

    Each centre goes on from where it looked last, so a record is queued once however often this runs.
    """
    done = 0
    for centre in UploadCentre.objects.filter(is_active=True, takes_by_itself=True).values_list("pk", flat=True):
        with transaction.atomic():
            row = _locked_centre(centre)
            found = originals(after=row.looked_at, until=at - timedelta(hours=row.rest_hours))
            known = set(Upload.objects.filter(centre=row).values_list("record_id", flat=True)) if found else set()
            new = [one for one in found if one.record not in known]
            Upload.objects.bulk_create(
                Upload(centre=row, record_id=one.record, node_id=one.node, queued_at=at, due_at=at) for one in new
            )
            if found:
                UploadCentre.objects.filter(pk=centre).update(looked_at=found[-1].version)
        done += len(new)
    return done


def _locked_centre(centre: int) -> UploadCentre:
    row = UploadCentre.objects.select_for_update().filter(pk=centre).first()
    if row is None:
        raise NotFound(what=str(centre))
    return row


def _new(act: Act, centre: UploadCentre, record: int) -> Upload:
    return Upload(centre=centre, record_id=record, node_id=act.node, staff=act.staff, queued_at=act.at, due_at=act.at)


def _open_again(act: Act, row: Upload) -> None:
    """Let a row wait again; what the centre has already goes as a change."""
    if row.state == UploadState.ACCEPTED:
        row.action = UploadAction.REPLACE
    row.state, row.reason, row.details = UploadState.QUEUED, "", ""
    row.queued_at = row.due_at = act.at
    row.node_id, row.staff = act.node, act.staff
    row.batch = row.settled_at = None
    row.save()


def _refuse(row: Upload, unfit: Unfit, at: datetime) -> None:
    row.state, row.settled_at = UploadState.REFUSED, at
    row.reason, row.details = unfit.reason, unfit.details
    row.save(update_fields=["state", "settled_at", "reason", "details"])


def _mark_sent(row: Upload, batch: UploadBatch, content_hash: str, at: datetime) -> None:
    row.state, row.batch, row.content_hash, row.sent_at = UploadState.SENT, batch, content_hash, at
    row.attempts += 1
    row.save(update_fields=["state", "batch", "content_hash", "sent_at", "attempts"])


def _kept(act: Act, centre: UploadCentre, content: bytes) -> UploadBatch:
    """Keep a file under a name that says whose it is and of which day; the number tells two of a day apart."""
    stem = f"{network.agency_of(act.node) or 'wenlan'}-{timezone.localtime(act.at):%Y%m%d}"
    number = jobs.next_number("protocols.upload_file", stem)
    return UploadBatch.objects.create(
        centre=centre, name=f"{stem}-{number}.mrc", made_at=act.at, staff=act.staff, content=content
    )
