"""What waits for centres that take records one by one, sent in a thread of its own: nothing is sent twice.

A record is claimed, by one UPDATE, before it leaves. What breaks off between that and the answer is unclear, and
stays so until somebody has asked the centre.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import F, QuerySet

from wenlan.catalogue.cnmarc import element_text
from wenlan.kernel.acts import Act, Channel
from wenlan.protocols.copying import sealing
from wenlan.protocols.copying.types import TargetFailed
from wenlan.protocols.sru.update import MARCXML, SruUpdate
from wenlan.protocols.sru.wire import Target
from wenlan.protocols.uploading import operations, queries
from wenlan.protocols.uploading.composing import Composed, Unfit, compose
from wenlan.protocols.uploading.models import Upload, UploadCentre
from wenlan.protocols.uploading.types import Letter, Receipt, Route, UnionCentre, UploadState
from wenlan.protocols.uploading.words import BROKE_OFF

MOST_A_RUN = 50
LONGEST_SENDING = timedelta(minutes=5)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)

log = logging.getLogger(__name__)
_one_at_a_time = threading.Lock()

Reach = Callable[[UploadCentre], UnionCentre]


def start(at: datetime) -> bool:
    """Queue what the rules say, and send what is due in the background; returns whether anything is being sent."""
    operations.queue_by_rule(at)
    settle_broken_off(at)
    if not _due(at).exists():
        return False
    threading.Thread(target=_in_background, args=(at,), daemon=True).start()
    return True


def _in_background(at: datetime) -> None:
    """Send what is due, in a connection that ends with the thread; a run that goes on already is enough."""
    if not _one_at_a_time.acquire(blocking=False):
        return
    try:
        send_due(at)
    except Exception:  # the outermost edge: of this thread; what was being sent is unclear and is shown so
        log.exception("records could not be handed in")
    finally:
        connection.close()
        _one_at_a_time.release()


def settle_broken_off(at: datetime) -> int:
    """Mark what has been being sent for longer than any sending lasts as unclear; returns how many."""
    rows = Upload.objects.filter(state=UploadState.SENDING, sent_at__lt=at - LONGEST_SENDING)
    return rows.update(state=UploadState.UNCLEAR, reason=BROKE_OFF, details="")


def reach(row: UploadCentre) -> UnionCentre:
    """Return the centre as something that takes records. Raises TargetFailed when its password cannot be opened."""
    return SruUpdate(
        Target(
            host=row.host,
            port=row.port,
            path=row.path,
            is_encrypted=row.is_encrypted,
            user=row.user,
            password=sealing.open_seal(bytes(row.sealed_password)),
            seconds=row.seconds,
        )
    )


def send_due(at: datetime, reach: Reach = reach) -> int:
    """Send what is due to each centre, oldest first, at most 50 records each; returns how many got an answer.

    A centre that cannot be reached is left alone for a while, twice as long each time up to an hour.
    """
    return sum(_send_to(centre, at, reach) for centre in UploadCentre.objects.filter(pk__in=_due(at).values("centre")))


def _due(at: datetime) -> QuerySet[Upload]:
    return Upload.objects.filter(
        state=UploadState.QUEUED, due_at__lte=at, centre__is_active=True, centre__route=Route.SRU_UPDATE
    )


def _send_to(centre: UploadCentre, at: datetime, reach: Reach) -> int:
    done = 0
    for row in list(_due(at).filter(centre=centre).order_by("pk")[:MOST_A_RUN]):
        try:
            done += _send(row, centre, at, reach)
        except TargetFailed as failed:
            _pause(row, failed, at)
            break
    return done


def _send(row: Upload, centre: UploadCentre, at: datetime, reach: Reach) -> bool:
    """Send one record. Raises TargetFailed when the centre took nothing at all."""
    act = Act(at=at, node=row.node_id, channel=Channel.WEB, key="", staff=row.staff)
    try:
        composed = compose(act, record=row.record_id, centre=queries.view(centre))
    except Unfit as unfit:
        return _settle(row, UploadState.REFUSED, at, reason=unfit.reason, details=unfit.details)
    taker = reach(centre)
    if not _claim(row, composed, at):
        return False
    try:
        receipt = taker.hand_in(letter(row, composed))
    except TargetFailed as failed:
        if failed.was_sent:
            return _settle(row, UploadState.UNCLEAR, at, reason=failed.code, details=failed.details)
        if failed.code == TargetFailed.UNFIT:
            return _settle(row, UploadState.REFUSED, at, reason=failed.code, details=failed.details)
        raise
    return _write(row, receipt, at)


def letter(row: Upload, composed: Composed) -> Letter:
    """Return the record as it goes; a change names it as the centre does."""
    return Letter(
        identifier=row.remote_number or composed.number,
        record=element_text(composed.marc),
        action=row.action,
        schema=MARCXML,
    )


def _claim(row: Upload, composed: Composed, at: datetime) -> bool:
    """Take the record for this run; False when it was taken or withdrawn meanwhile."""
    free = Upload.objects.filter(pk=row.pk, state=UploadState.QUEUED)
    claimed = free.update(
        state=UploadState.SENDING,
        sent_at=at,
        attempts=F("attempts") + 1,
        content_hash=composed.content_hash,
        reason="",
        details="",
    )
    return bool(claimed)


def _write(row: Upload, receipt: Receipt, at: datetime) -> bool:
    if receipt.identifier:
        Upload.objects.filter(pk=row.pk).update(remote_number=receipt.identifier)
    return _settle(row, receipt.state, at, details=receipt.reason)


def _settle(row: Upload, state: UploadState, at: datetime, *, reason: str = "", details: str = "") -> bool:
    settled = at if state in (UploadState.ACCEPTED, UploadState.REFUSED) else None
    words = details.replace("\0", "")[:300]
    Upload.objects.filter(pk=row.pk).update(state=state, settled_at=settled, reason=reason, details=words)
    return True


def _pause(row: Upload, failed: TargetFailed, at: datetime) -> None:
    """Let the record wait again, and all that waits for the centre with it."""
    row.refresh_from_db(fields=["attempts"])
    pause = min(FIRST_PAUSE * 2 ** min(row.attempts, 12), LONGEST_PAUSE)
    words = failed.details.replace("\0", "")
    Upload.objects.filter(pk=row.pk).update(state=UploadState.QUEUED, reason=failed.code, details=words)
    Upload.objects.filter(centre=row.centre_id, state=UploadState.QUEUED, due_at__lt=at + pause).update(
        due_at=at + pause
    )
