"""The installation's own keys: 32 random bytes each, in the home's `keys/`, readable by its owner only."""

import os
from functools import lru_cache
from pathlib import Path

from django.conf import settings

KEY_BYTES = 32


def key(name: str) -> bytes:
    """Return a key of the installation; made at the first call."""
    return _read_or_make(Path(settings.WENLAN_HOME) / "keys" / f"{name}.key")


@lru_cache(maxsize=16)
def _read_or_make(path: Path) -> bytes:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(made, "wb") as file:
        file.write(os.urandom(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    return path.read_bytes()
