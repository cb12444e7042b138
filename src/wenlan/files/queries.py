"""Reads of stored files."""

from collections.abc import Collection
from uuid import UUID

from django.core.files.storage import default_storage

from wenlan.files import policies, sealing
from wenlan.files.errors import FileGone
from wenlan.files.models import StoredFile
from wenlan.files.types import FileView


def file(uid: UUID) -> FileView:
    """Return what is known of a file. Raises FileGone."""
    row = StoredFile.objects.filter(uid=uid).first()
    if row is None:
        raise FileGone(what=str(uid)[:13])
    return file_view(row)


def files_of(owners: Collection[str]) -> dict[str, tuple[FileView, ...]]:
    """Return the files of some records by owner, oldest first (one statement)."""
    found: dict[str, list[FileView]] = {}
    for row in StoredFile.objects.filter(owner__in=owners).order_by("id"):
        found.setdefault(row.owner, []).append(file_view(row))
    return {owner: tuple(kept) for owner, kept in found.items()}


def content(of: FileView) -> bytes:
    """Return the bytes of a file. Whoever asks has made sure that they may be shown. Raises FileGone."""
    place = policies.address(of.digest)
    if of.is_gone or not default_storage.exists(place):
        raise FileGone(what=of.name)
    with default_storage.open(place) as kept:
        return sealing.open_seal(kept.read(), digest=of.digest)


def file_view(row: StoredFile) -> FileView:
    """Return what others may know of a file."""
    return FileView(
        id=row.pk,
        uid=row.uid,
        owner=row.owner,
        name=row.name,
        content_type=row.content_type,
        size=row.size,
        digest=row.digest,
        node=row.node_id,
        visibility=row.visibility,
        keep_until=row.keep_until,
        stored_at=row.stored_at,
        stored_by=row.stored_by,
        is_gone=row.gone_at is not None,
    )
