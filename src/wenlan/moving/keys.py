"""The keys under which things of an old system stand here: the same in every trial, so that twice is as once."""

from datetime import date
from hashlib import blake2b


def prefix(source: str) -> str:
    """Return what every key of a source begins with."""
    return f"moved:{source}:"


def item_key(source: str, barcode: str) -> str:
    """Return the key of an item by its folded barcode."""
    return f"{prefix(source)}{barcode}"


def loan_key(source: str, barcode: str, lent_on: date, reader: str) -> str:
    """Return the key of a loan: which item went to whom on which day. The hour is left out: not every export has it."""
    return f"{prefix(source)}{barcode}:{lent_on:%y%m%d}{mark(reader, 2)}"


def reservation_key(source: str, reader: str, title: str) -> str:
    """Return the key of a wish: of whom, and for what."""
    return f"{prefix(source)}r:{mark(f'{reader}/{title}', 12)}"


def brief_number(source: str, *about: str) -> str:
    """Return the control number of a record that is made of what a list of items says."""
    return f"{source}-{mark('/'.join(about), 8)}"


def mark(text: str, size: int) -> str:
    """Return a short mark of a text, hexadecimal."""
    return blake2b(text.encode(), digest_size=size).hexdigest()
