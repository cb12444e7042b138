"""What a device without a line writes down of a person: sealed for this installation, so that no device can read it.

The device knows a public key only. A sealed text is `1.` and, in base64: the sender's fresh public key (65 bytes, a
point of P-256), a nonce (12) and the text under AES-256-GCM; its key comes from the two keys by HKDF (SHA-256, the
fresh public key as salt). `bound_to` is authenticated with it: a text that is moved to another line does not open.
"""

import os
from base64 import b64decode, b64encode
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from wenlan.patrons.identity import key

VERSION = "1"
CURVE = ec.SECP256R1()
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256, FIPS 186-4 D.1.2.3
POINT_BYTES, NONCE_BYTES, KEY_BYTES = 65, 12, 32
PURPOSE = b"wenlan off-line registration 1"


def public_key() -> str:
    """Return what devices seal with: a point of P-256, uncompressed, in base64."""
    return b64encode(_point(_private().public_key())).decode()


def seal(text: str, *, bound_to: str) -> str:
    """Return a text as a device would seal it."""
    mine = ec.generate_private_key(CURVE)
    point, nonce = _point(mine.public_key()), os.urandom(NONCE_BYTES)
    cipher = _cipher(mine.exchange(ec.ECDH(), _private().public_key()), point)
    return f"{VERSION}.{b64encode(point + nonce + cipher.encrypt(nonce, text.encode(), bound_to.encode())).decode()}"


def unseal(sealed: str, *, bound_to: str) -> str:
    """Return the text. Raises ValueError for one that was damaged, moved, or sealed for another installation."""
    version, _dot, said = sealed.partition(".")
    if version != VERSION:
        raise ValueError("a seal of another version")
    whole = b64decode(said, validate=True)
    point, nonce, text = (
        whole[:POINT_BYTES],
        whole[POINT_BYTES : POINT_BYTES + NONCE_BYTES],
        whole[POINT_BYTES + NONCE_BYTES :],
    )
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)
    try:
        return _cipher(_private().exchange(ec.ECDH(), theirs), point).decrypt(nonce, text, bound_to.encode()).decode()
    except InvalidTag as refused:
        raise ValueError("this seal does not open here") from refused


@lru_cache(maxsize=4)
def _private_of(secret: bytes) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(secret, "big") % (ORDER - 1) + 1, CURVE)


def _private() -> ec.EllipticCurvePrivateKey:
    return _private_of(key(f"off-line-persons-{VERSION}"))


def _point(public: ec.EllipticCurvePublicKey) -> bytes:
    return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _cipher(shared: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), KEY_BYTES, salt, PURPOSE).derive(shared))
