"""Keeping files, and letting them go when their time is over."""

from datetime import datetime
from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from wenlan.files import policies, queries, sealing
from wenlan.files.errors import FileKindUnknown, FileTooLarge
from wenlan.files.models import StoredFile
from wenlan.files.types import FileView, NewFile
from wenlan.kernel.acts import Act

AT_ONCE = 100


@transaction.atomic
def keep(act: Act, *, new: NewFile) -> FileView:
    """Keep a photograph or a PDF, sealed on the disk.

    Bytes that are there already are not written again. Raises FileTooLarge over 12 MB and FileKindUnknown by the first
    bytes. Repeating `act.key` for the same owner returns the first answer; a transaction that fails leaves bytes
    that no row names, which nobody can open and the next of the same content uses.
    """
    key = f"{act.key}/{new.owner}"[:90]
    if before := StoredFile.objects.filter(key=key).first():
        return queries.file_view(before)
    if len(new.content) > policies.LARGEST:
        raise FileTooLarge(most=policies.LARGEST // 1_000_000)
    kind = policies.content_type(new.content)
    if not kind:
        raise FileKindUnknown()
    digest = sha256(new.content).hexdigest()
    place = policies.address(digest)
    if not default_storage.exists(place):
        default_storage.save(place, ContentFile(sealing.seal(new.content, digest=digest)))
    row = StoredFile.objects.create(
        owner=new.owner,
        name=new.name[-120:],
        content_type=kind,
        size=len(new.content),
        digest=digest,
        node_id=act.node,
        visibility=new.visibility,
        consent=new.consent[:200],
        keep_until=new.keep_until,
        stored_at=act.at,
        stored_by=act.operator,
        key=key,
    )
    return queries.file_view(row)


def expire_owned(act: Act, *, owner: str) -> int:
    """Let the files of a record go at the next look of the clock, whatever time they had; return how many."""
    return StoredFile.objects.filter(owner=owner, gone_at=None).update(keep_until=act.day)


def let_go(at: datetime) -> int:
    """Let files go whose time is over, at most 100; return how many. The row stays and says that it is gone."""
    today = timezone.localdate(at)
    due = list(StoredFile.objects.filter(gone_at=None, keep_until__lte=today).order_by("id")[:AT_ONCE])
    for row in due:
        with transaction.atomic():
            StoredFile.objects.filter(pk=row.pk).update(gone_at=at)
            still = StoredFile.objects.filter(digest=row.digest, gone_at=None).exists()
        if not still:
            default_storage.delete(policies.address(row.digest))
    return len(due)
