"""Readers' own sign-in: a card and a password that the desk gave or the reader chose."""

from datetime import datetime, timedelta
from functools import cache
from hashlib import blake2b

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from wenlan.kernel.acts import Act
from wenlan.kernel.errors import DomainError
from wenlan.patrons import queries
from wenlan.patrons.errors import ReaderSignInRefused, ReaderTooManyTries
from wenlan.patrons.models import Password
from wenlan.patrons.types import CardStatus, PatronStatus, PatronView
from wenlan.staff.operations import audit

FREE_TRIES = 5
HELD_BACK = timedelta(minutes=15)


@cache
def nobodys_password() -> str:
    """Return a hash that fits nobody: an unknown name takes as long to refuse as a wrong password."""
    return make_password("nobody's password")


@transaction.atomic
def set_password(act: Act, *, patron: int, password: str) -> None:
    """Give a reader a password, or replace it; the audit trail says who did, not what."""
    Password.objects.update_or_create(
        patron_id=patron, defaults={"password": make_password(password), "failures": 0, "last_failed_at": None}
    )
    audit(act, "patrons.password_set", f"patron:{patron}")


def check_sign_in(*, card: str, password: str, at: datetime) -> PatronView:
    """Return whose card and password these are.

    Raises ReaderSignInRefused without saying which is wrong (also for a lost or ended card and a deregistered
    reader), ReaderTooManyTries after `FREE_TRIES` failures in a row until `HELD_BACK` has passed.
    """
    try:
        reader = queries.patron_by_card(card)
    except DomainError:
        check_password(password, nobodys_password())
        raise ReaderSignInRefused from None
    kept = Password.objects.filter(patron=reader.id).first()
    if kept and kept.failures >= FREE_TRIES and kept.last_failed_at and at - kept.last_failed_at < HELD_BACK:
        raise ReaderTooManyTries(minutes=int(HELD_BACK.total_seconds() // 60))
    is_right = check_password(password, kept.password if kept else nobodys_password())
    serves = any(
        found.number.upper() == card.strip().upper() and found.status == CardStatus.VALID for found in reader.cards
    )
    if kept is None or not is_right or not serves or reader.status == PatronStatus.DEREGISTERED:
        if kept is not None:
            Password.objects.filter(patron=reader.id).update(failures=kept.failures + 1, last_failed_at=at)
        raise ReaderSignInRefused
    if kept.failures:
        Password.objects.filter(patron=reader.id).update(failures=0)
    return reader


def fingerprint(patron: int) -> str:
    """Return what changes with the reader's password, for sign-ins that must end with it; empty without one."""
    kept = Password.objects.filter(patron=patron).values_list("password", flat=True).first()
    return blake2b(kept.encode(), digest_size=8).hexdigest() if kept else ""
