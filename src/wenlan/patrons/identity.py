"""Identity numbers: encrypted at rest, found by a keyed hash, never stored in clear.

The keys lie in the installation's home (`keys/`), readable by its owner only. A cipher is chosen by the
version that stands beside each number, so that keys are changed, and SM4 added, without a new column.
"""

import hashlib
import hmac
import os
from functools import lru_cache
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from wenlan.kernel.keys import key as key  # others of the package, and notices, ask for it here
from wenlan.patrons.policies import is_id_number, tidy

PRESENT_VERSION = 1
NONCE_BYTES = 12


class Cipher(Protocol):
    """What keeps a number secret; `bound_to` (the reader's uid) ties the secret to its row."""

    def encrypt(self, number: str, *, bound_to: bytes) -> bytes:
        """Return the number as it is stored."""

    def decrypt(self, stored: bytes, *, bound_to: bytes) -> str:
        """Return the number. Raises ValueError for another row's or a damaged secret."""


class AesGcm:
    """AES-256 in Galois/counter mode, a fresh nonce before each text."""

    def __init__(self, key: bytes) -> None:
        self._aead = AESGCM(key)

    def encrypt(self, number: str, *, bound_to: bytes) -> bytes:
        """Return nonce and text."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._aead.encrypt(nonce, number.encode(), bound_to)

    def decrypt(self, stored: bytes, *, bound_to: bytes) -> str:
        """Return the number. Raises ValueError for another row's or a damaged secret."""
        try:
            return self._aead.decrypt(stored[:NONCE_BYTES], stored[NONCE_BYTES:], bound_to).decode()
        except InvalidTag as refused:
            raise ValueError("this identity number does not belong to this row") from refused


def cipher(version: int = PRESENT_VERSION) -> Cipher:
    """Return the cipher of a key version."""
    return AesGcm(key(f"identity-{version}"))


def lookup_hash(number: str) -> str:
    """Return what an identity number is found by: an HMAC under a key of its own."""
    return hmac.new(key("identity-lookup"), tidy(number).encode(), hashlib.sha256).hexdigest()


def document_hash(kind: str, number: str) -> str:
    """Return what a document is found by; numbers of one form mean one person, whichever card carries them."""
    return lookup_hash(number if is_id_number(tidy(number)) else f"{kind}:{tidy(number)}")


@lru_cache(maxsize=4096)
def card_key(number: str) -> str:
    """Return what a scanned or typed card number is matched with.

    Case, width and spaces do not matter. An identity number (the card itself, or a social-security
    card, which carries the same number) becomes its keyed hash.
    """
    tidied = tidy(number)
    return f"ID:{lookup_hash(tidied)}" if is_id_number(tidied) else tidied
