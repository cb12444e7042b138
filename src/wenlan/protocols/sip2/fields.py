"""How a message declares where its fields stand; see `codec.layout`."""

from dataclasses import field
from typing import Any


def fixed(width: int, default: str | None = None) -> Any:
    """Return a field of `width` characters at a fixed place."""
    metadata = {"width": width}
    return field(metadata=metadata) if default is None else field(default=default, metadata=metadata)


def variable(code: str, default: str | None = "") -> Any:
    """Return a field that starts with its two-letter code; None is left out of the message."""
    return field(default=default, metadata={"code": code})


def repeated(code: str) -> Any:
    """Return a variable field that may come several times."""
    return field(default=(), metadata={"code": code, "repeated": True})
