"""Keeping a reader's photograph."""

from hashlib import sha256

from django.db import transaction

from wenlan.files import operations as files
from wenlan.files.types import FileView, NewFile
from wenlan.kernel.acts import Act
from wenlan.patrons import queries
from wenlan.patrons.portraits.queries import owner_of, portrait
from wenlan.staff.operations import audit


@transaction.atomic
def keep_portrait(act: Act, *, patron: int, content: bytes, name: str) -> FileView:
    """Keep a photograph of a reader in place of an earlier one; the same one again changes nothing.

    It is erased with the account. Raises PatronUnknown, FileTooLarge and FileKindUnknown.
    """
    reader = queries.patron(patron)
    before = portrait(reader.uid)
    if before is not None and before.digest == sha256(content).hexdigest():
        return before
    files.expire_owned(act, owner=owner_of(reader.uid))
    kept = files.keep(act, new=NewFile(content=content, name=name, owner=owner_of(reader.uid)))
    audit(act, "patrons.portrait", f"patron:{patron}")
    return kept
