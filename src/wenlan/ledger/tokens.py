"""Telling readers apart without knowing them: a keyed hash that changes with the year."""

import hashlib
import os

from django.db import transaction

from wenlan.ledger.models import TokenKey

_known: dict[int, bytes | None] = {}


def person_token(patron_id: int, year: int) -> int | None:
    """Return the reader's token of the year, a signed 64-bit number; None when the year's key is destroyed.

    The key is read once a process. Make keys beforehand (`ensure_token_keys`): one made by the act itself
    would vanish with the act when that is rolled back.
    """
    if year not in _known:
        _known[year] = _read_or_make(year)
    key = _known[year]
    if key is None:
        return None
    digest = hashlib.blake2b(patron_id.to_bytes(8, "big"), key=key, digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def ensure_token_keys(*years: int) -> None:
    """Make the keys of the years that have none."""
    rows = [TokenKey(year=year, key=os.urandom(32)) for year in sorted(set(years))]
    TokenKey.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def destroy_key(year: int) -> None:
    """Destroy the year's key for ever: its tokens can be counted still, but lead back to nobody.

    Other processes forget theirs when they start again.
    """
    TokenKey.objects.update_or_create(year=year, defaults={"key": None})
    _known.pop(year, None)


def _read_or_make(year: int) -> bytes | None:
    row = TokenKey.objects.filter(year=year).first()
    if row is None:
        ensure_token_keys(year)
        row = TokenKey.objects.get(year=year)
    return bytes(row.key) if row.key is not None else None
