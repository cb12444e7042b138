"""Reads of what is handed to union centres."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Count, Q
from django.db.models.query import QuerySet

from wenlan.catalogue import queries as catalogue
from wenlan.kernel.errors import NotFound
from wenlan.protocols.uploading.models import Upload, UploadBatch, UploadCentre
from wenlan.protocols.uploading.types import SETTLED, BatchView, CentreView, UploadState, UploadView
from wenlan.protocols.uploading.words import said


def centres(*, active_only: bool = False) -> tuple[CentreView, ...]:
    """Return the centres by name, with how many records wait for each (one statement)."""
    waiting = Count("uploads", filter=Q(uploads__state=UploadState.QUEUED))
    rows = UploadCentre.objects.annotate(waiting=waiting).order_by("name")
    return tuple(view(row, row.waiting) for row in (rows.filter(is_active=True) if active_only else rows))


def centre(centre_id: int) -> CentreView:
    """Return one centre. Raises NotFound."""
    row = UploadCentre.objects.filter(pk=centre_id).first()
    if row is None:
        raise NotFound(what=str(centre_id))
    return view(row, row.uploads.filter(state=UploadState.QUEUED).count())


def view(row: UploadCentre, waiting: int = 0) -> CentreView:
    """Return a centre as pages show it, its password left out."""
    return CentreView(
        id=row.pk,
        has_password=bool(row.sealed_password),
        waiting=waiting,
        name=row.name,
        route=row.route,
        format=row.format,
        encoding=row.encoding,
        host=row.host,
        port=row.port,
        path=row.path,
        is_encrypted=row.is_encrypted,
        user=row.user,
        seconds=row.seconds,
        left_out=row.left_out,
        takes_by_itself=row.takes_by_itself,
        rest_hours=row.rest_hours,
        is_active=row.is_active,
    )


def counts(centre_id: int | None = None) -> Mapping[str, int]:
    """Return how many records stand in each state (one statement)."""
    rows = _of(centre_id).values_list("state").annotate(rows=Count("pk")).order_by()
    return dict(rows)


def uploads(
    *, state: str = "", centre_id: int | None = None, before: int | None = None, limit: int = 50
) -> tuple[UploadView, ...]:
    """Return what is on its way, the newest first, before the id `before` (two statements)."""
    rows = _of(centre_id).select_related("centre")
    if state:
        rows = rows.filter(state=state)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return _views(list(rows.order_by("-pk")[:limit]))


def uploads_of(record: int) -> tuple[UploadView, ...]:
    """Return where a record was handed in, by centre (two statements)."""
    return _views(list(Upload.objects.filter(record_id=record).select_related("centre").order_by("centre__name")))


def _of(centre_id: int | None) -> QuerySet[Upload]:
    return Upload.objects.all() if centre_id is None else Upload.objects.filter(centre_id=centre_id)


def _views(rows: list[Upload]) -> tuple[UploadView, ...]:
    records = catalogue.records([row.record_id for row in rows])
    return tuple(
        UploadView(
            id=row.pk,
            centre=row.centre_id,
            centre_name=row.centre.name,
            record=row.record_id,
            title=records[row.record_id].title,
            number=records[row.record_id].control_number,
            action=row.action,
            state=row.state,
            attempts=row.attempts,
            reason=said(row.reason, row.details),
            remote_number=row.remote_number,
            queued_at=row.queued_at,
            sent_at=row.sent_at,
            settled_at=row.settled_at,
            batch=row.batch_id,
        )
        for row in rows
    )


def batches(centre_id: int | None = None, limit: int = 20) -> tuple[BatchView, ...]:
    """Return the files made for centres, the newest first (one statement)."""
    rows = UploadBatch.objects.defer("content").select_related("centre")
    rows = rows.annotate(
        records=Count("uploads"), settled=Count("uploads", filter=Q(uploads__state__in=SETTLED))
    ).order_by("-pk")
    rows = rows.filter(centre_id=centre_id) if centre_id is not None else rows
    return tuple(
        BatchView(
            id=row.pk,
            centre_name=row.centre.name,
            name=row.name,
            made_at=row.made_at,
            records=row.records,
            settled=row.settled,
        )
        for row in rows[:limit]
    )


def batch_file(batch: int) -> tuple[str, bytes]:
    """Return a file as (name, content). Raises NotFound."""
    row = UploadBatch.objects.filter(pk=batch).first()
    if row is None:
        raise NotFound(what=str(batch))
    return row.name, bytes(row.content)
