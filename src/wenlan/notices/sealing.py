"""Secrets of carriers, which have to be sent as they are: kept sealed under a key of the installation's home."""

from wenlan.notices.errors import SealBroken
from wenlan.patrons import identity

KEY = "notices-1"
BOUND_TO = b"notices.sender"


def seal(secret: str) -> bytes:
    """Return a secret as it is stored; nothing for none."""
    return identity.AesGcm(identity.key(KEY)).encrypt(secret, bound_to=BOUND_TO) if secret else b""


def open_seal(sealed: bytes) -> str:
    """Return a secret; nothing for none. Raises SealBroken when the key has changed since."""
    try:
        return identity.AesGcm(identity.key(KEY)).decrypt(sealed, bound_to=BOUND_TO) if sealed else ""
    except ValueError as error:
        raise SealBroken() from error
