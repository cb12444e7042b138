"""Passwords for targets, which have to be sent as they are: kept sealed under the installation's key."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from wenlan.protocols.copying.types import TargetFailed


def seal(password: str) -> bytes:
    """Return the password as it is stored; nothing for none."""
    return _box().encrypt(password.encode()) if password else b""


def open_seal(sealed: bytes) -> str:
    """Return the password; nothing for none. Raises TargetFailed when the installation's key has changed since."""
    try:
        return _box().decrypt(sealed).decode() if sealed else ""
    except InvalidToken as error:
        raise TargetFailed(TargetFailed.LOCKED) from error


def _box() -> Fernet:
    key = hashlib.blake2b(settings.SECRET_KEY.encode(), digest_size=32, person=b"wenlan.targets").digest()
    return Fernet(base64.urlsafe_b64encode(key))
