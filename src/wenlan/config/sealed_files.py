"""A file nobody can read or change without the passphrase: AES-256-GCM in chunks, the key from scrypt.

Layout: magic, 16 bytes of salt, then chunks of up to 1 MiB + 16 bytes of tag. The nonce of a chunk is its
number and whether it is the last, so that chunks can be neither reordered nor cut off (the STREAM scheme).
"""

import io
import os
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC = b"WENLAN-SEALED-1\n"
CHUNK = 1 << 20
TAG = 16
SALT = 16


class Unreadable(ValueError):
    """Not a sealed file, another passphrase, or a damaged file."""


def cipher_of(passphrase: str, salt: bytes) -> AESGCM:
    """Return the cipher of a passphrase (scrypt, n = 2^15, r = 8)."""
    return AESGCM(Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(passphrase.encode()))


def nonce_of(number: int, *, is_last: bool) -> bytes:
    """Return the twelve bytes that no other chunk of this file has."""
    return number.to_bytes(11, "big") + (b"\1" if is_last else b"\0")


class SealedWriter(io.RawIOBase):
    """Seals what is written to it into `target`; `close` writes the last chunk."""

    def __init__(self, target: BinaryIO, passphrase: str) -> None:
        salt = os.urandom(SALT)
        self._target = target
        self._cipher = cipher_of(passphrase, salt)
        self._waiting = bytearray()
        self._number = 0
        target.write(MAGIC + salt)

    def writable(self) -> bool:
        """It is made to be written to."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Take bytes; whole chunks go out once it is known that more follows."""
        self._waiting += data
        while len(self._waiting) > CHUNK:
            self._seal(CHUNK, is_last=False)
        return len(data)

    def close(self) -> None:
        """Seal the rest as the last chunk."""
        if not self.closed:
            self._seal(len(self._waiting), is_last=True)
        super().close()

    def _seal(self, length: int, *, is_last: bool) -> None:
        chunk = bytes(self._waiting[:length])
        del self._waiting[:length]
        self._target.write(self._cipher.encrypt(nonce_of(self._number, is_last=is_last), chunk, None))
        self._number += 1


class SealedReader(io.RawIOBase):
    """Reads what a `SealedWriter` sealed. Raises Unreadable before any byte that is not as it was written."""

    def __init__(self, source: BinaryIO, passphrase: str) -> None:
        head = source.read(len(MAGIC) + SALT)
        if not head.startswith(MAGIC):
            raise Unreadable("this is not a Wenlan backup")
        self._source = source
        self._cipher = cipher_of(passphrase, head[len(MAGIC) :])
        self._next = source.read(CHUNK + TAG)
        self._number = 0
        self._open = b""

    def readable(self) -> bool:
        """It is made to be read."""
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        """Fill the buffer with the next bytes; 0 at the end."""
        if not self._open and self._next:
            self._open = self._unseal()
        part = self._open[: len(buffer)]
        self._open = self._open[len(part) :]
        buffer[: len(part)] = part
        return len(part)

    def _unseal(self) -> bytes:
        chunk, self._next = self._next, self._source.read(CHUNK + TAG)
        try:
            opened = self._cipher.decrypt(nonce_of(self._number, is_last=not self._next), chunk, None)
        except InvalidTag as wrong:
            raise Unreadable("the passphrase is another one, or the file is damaged") from wrong
        self._number += 1
        return opened
