"""The bytes of a file as they lie on the disk: sealed under a key of the installation (AES-256-GCM)."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from wenlan.files.errors import FileGone
from wenlan.kernel.keys import key

NAME = "files-1"
NONCE_BYTES = 12


def seal(content: bytes, *, digest: str) -> bytes:
    """Return the content as it is stored, bound to its digest."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key(NAME)).encrypt(nonce, content, digest.encode())


def open_seal(sealed: bytes, *, digest: str) -> bytes:
    """Return the content. Raises FileGone for bytes that were changed or belong elsewhere."""
    try:
        return AESGCM(key(NAME)).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], digest.encode())
    except InvalidTag as refused:
        raise FileGone(what=digest[:12]) from refused
