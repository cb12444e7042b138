"""Where somebody is found, sealed as identity numbers are."""

import json
from uuid import UUID

from wenlan.outreach.doorstep.types import Doorplate
from wenlan.patrons.identity import cipher


def seal(said: Doorplate, *, uid: UUID) -> bytes:
    """Return a doorplate as it is stored, bound to its row."""
    text = json.dumps([said.address.strip()[:300], said.phone.strip()[:40], said.note.strip()[:200]])
    return cipher().encrypt(text, bound_to=uid.bytes)


def unseal(stored: bytes | memoryview | None, *, version: int, uid: UUID) -> Doorplate:
    """Return the doorplate; an empty one when it was forgotten. Raises ValueError for another row's."""
    if stored is None:
        return Doorplate(address="")
    address, phone, note = json.loads(cipher(version).decrypt(bytes(stored), bound_to=uid.bytes))
    return Doorplate(address=address, phone=phone, note=note)
