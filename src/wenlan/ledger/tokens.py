"""Telling readers apart without knowing them: a keyed hash that changes with the year."""

import hashlib
import os

from django.db import transaction

from wenlan.ledger.models import TokenKey

_known: dict[int, bytes | None] = {}
_made_by_acts: set[int] = set()


def person_token(patron_id: int, year: int) -> int | None:
    """Return the reader's token of the year, a signed 64-bit number; None when the year's key is destroyed.

    The key is read once a process. Keys are made beforehand (`prepare_days`). A year without one gets it from its
    first act, and until that is committed nobody remembers it: it would vanish with the act.
    """
    key = _known[year] if year in _known else _read_or_make(year)
    if key is None:
        return None
    digest = hashlib.blake2b(patron_id.to_bytes(8, "big"), key=key, digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def ensure_token_keys(*years: int) -> None:
    """Make the keys of the years that have none. Not inside an act: what it makes must outlast a rollback."""
    rows = [TokenKey(year=year, key=os.urandom(32)) for year in sorted(set(years))]
    TokenKey.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def destroy_key(year: int) -> None:
    """Destroy the year's key for ever: its tokens can be counted still, but lead back to nobody.

    Other processes forget theirs when they start again.
    """
    TokenKey.objects.update_or_create(year=year, defaults={"key": None})
    _known.pop(year, None)
    transaction.on_commit(lambda: _known.pop(year, None))  # whoever read it again meanwhile


def _read_or_make(year: int) -> bytes | None:
    row = TokenKey.objects.filter(year=year).first()
    if row is None:
        _made_by_acts.add(year)
        ensure_token_keys(year)
        row = TokenKey.objects.get(year=year)
    key = bytes(row.key) if row.key is not None else None
    if year in _made_by_acts:
        transaction.on_commit(lambda: _remember(year, key))
    else:
        _known[year] = key
    return key


def _remember(year: int, key: bytes | None) -> None:
    _made_by_acts.discard(year)
    _known[year] = key
