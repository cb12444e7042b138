"""Identifiers that travel between installations and devices."""

import os
import time
import uuid


def new_uid() -> uuid.UUID:
    """Return a UUID of version 7 (RFC 9562): ordered by the millisecond it was made in."""
    stamp = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big")
    value = (stamp & 0xFFFF_FFFF_FFFF) << 80 | random
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)


def fresh_key() -> str:
    """Return the key that makes sending a form twice harmless."""
    return str(new_uid())
