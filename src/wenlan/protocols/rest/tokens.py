"""Tokens: signing in with them, and who stands behind one."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F

from wenlan.kernel.acts import Act, Channel
from wenlan.kernel.errors import DomainError
from wenlan.kernel.ids import new_uid
from wenlan.network import queries as network
from wenlan.patrons import passwords
from wenlan.patrons import queries as patrons
from wenlan.patrons.errors import ReaderSignInRefused
from wenlan.patrons.types import PatronStatus, PatronView
from wenlan.protocols.models import ApiToken, RefusedSignIns
from wenlan.protocols.rest.errors import BeyondToken, NotSignedIn, ScopeMissing, TooManyRefusals
from wenlan.staff import operations as accounts
from wenlan.staff import queries as staff
from wenlan.staff.desks import Desk
from wenlan.staff.errors import SignInRefused
from wenlan.staff.types import Right
from wenlan.ui import clock

LONGEST_LIFE = timedelta(days=90)
FREE_REFUSALS = 60
REFUSALS_KEPT = timedelta(minutes=15)
KEPT_AFTER_END = timedelta(days=30)


class Scope(StrEnum):
    """What a token may be used for; what its owner's role does not allow, no scope allows."""

    READER = "reader"
    DESK = "desk"
    FIGURES = "figures"


STAFF_SCOPES = (Scope.DESK, Scope.FIGURES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A new token: the only time that it is shown."""

    token: str
    scopes: tuple[Scope, ...]
    node: int
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Who calls: a member of staff at a desk, or a reader; exactly one of the two."""

    token: int
    scopes: frozenset[Scope]
    node: int
    expires_at: datetime
    desk: Desk | None = None
    reader: PatronView | None = None

    def insist(self, scope: Scope) -> None:
        """Raise ScopeMissing unless the token holds the scope."""
        if scope not in self.scopes:
            raise ScopeMissing(scope=scope.value)

    def desk_at(self, code: str | None, right: Right) -> Desk:
        """Return the desk at a place under the token's node (default: that node itself).

        Raises NotFound for an unknown place, BeyondToken for one outside, NotAllowed without the right there.
        """
        assert self.desk is not None
        place = self.node if code is None else network.node_by_code(code, clock.today()).id
        if place not in network.subtree(self.node, clock.today()):
            raise BeyondToken(node=code)
        self.desk.insist(right, place)
        department = self.desk.department if place == self.desk.node else None
        return Desk(staff=self.desk.staff, node=place, department=department, device=self.desk.device)


def issue_to_staff(
    *,
    username: str,
    password: str,
    one_time_code: str,
    scopes: Sequence[Scope],
    node: str | None,
    hours: int,
    label: str,
) -> Issued:
    """Sign a member of staff in. The token reaches `node` with all under it (default: the home node).

    Raises SignInRefused, TooManyTries, NotFound for an unknown node, BeyondToken for one where no role is held.
    """
    at = clock.now()
    member = accounts.check_sign_in(username=username, password=password, code=one_time_code, at=at)
    place = network.node_by_code(node, clock.today()).id if node else member.home_node
    if place not in staff.visible_nodes(member.id, clock.today()):
        raise BeyondToken(node=network.node(place).code)
    kept = [scope for scope in STAFF_SCOPES if not scopes or scope in scopes]
    fingerprint = get_user_model().objects.get(pk=member.id).get_session_auth_hash()
    token = ApiToken(staff_id=member.id, node_id=place, scopes=kept, label=label, fingerprint=fingerprint)
    return _issue(token, at, hours)


def issue_to_reader(*, card: str, password: str, hours: int, label: str) -> Issued:
    """Sign a reader in. Raises ReaderSignInRefused and ReaderTooManyTries."""
    at = clock.now()
    reader = passwords.check_sign_in(card=card, password=password, at=at)
    fingerprint = passwords.fingerprint(reader.id)
    token = ApiToken(
        patron_id=reader.id, node_id=reader.home_node, scopes=[Scope.READER], label=label, fingerprint=fingerprint
    )
    return _issue(token, at, hours)


@transaction.atomic
def _issue(token: ApiToken, at: datetime, hours: int) -> Issued:
    secret = f"wl_{secrets.token_urlsafe(32)}"
    token.digest = digest_of(secret)
    token.created_at = at
    token.expires_at = at + min(timedelta(hours=hours), LONGEST_LIFE)
    token.save()
    ApiToken.objects.filter(expires_at__lt=at - KEPT_AFTER_END).delete()
    if token.staff_id is not None:
        act = Act(at=at, node=token.node_id, channel=Channel.WEB, key=str(token.uid), staff=token.staff_id)
        accounts.audit(act, "rest.token_issued", f"token:{token.uid}", after={"scopes": token.scopes})
    scopes = tuple(Scope(scope) for scope in token.scopes)
    return Issued(token=secret, scopes=scopes, node=token.node_id, expires_at=token.expires_at)


def digest_of(secret: str) -> str:
    """Return what is kept of a token. It is random and long: a plain digest cannot be guessed back."""
    return hashlib.sha256(secret.encode()).hexdigest()


def caller_of(secret: str) -> Caller:
    """Return who calls with a token. Raises NotSignedIn for an unknown, ended or revoked one.

    A token ends with its time, with the owner's password, and with the account.
    """
    at = clock.now()
    row = ApiToken.objects.filter(digest=digest_of(secret), revoked_at__isnull=True, expires_at__gt=at).first()
    caller = None if row is None else _staff_caller(row) if row.staff_id is not None else _reader_caller(row)
    if caller is None:
        raise NotSignedIn()
    return caller


def _staff_caller(row: ApiToken) -> Caller | None:
    assert row.staff_id is not None
    member = get_user_model().objects.filter(pk=row.staff_id, is_active=True).first()
    if member is None or not secrets.compare_digest(member.get_session_auth_hash(), row.fingerprint):
        return None
    view = staff.view_of(member)
    desk = Desk(staff=view, node=row.node_id, department=None, device=f"api:{row.uid.hex[-12:]}")
    return Caller(desk=desk, **_common(row))


def _reader_caller(row: ApiToken) -> Caller | None:
    assert row.patron_id is not None
    reader = patrons.patron(row.patron_id)
    if reader.status == PatronStatus.DEREGISTERED or passwords.fingerprint(reader.id) != row.fingerprint:
        return None
    return Caller(reader=reader, **_common(row))


def _common(row: ApiToken) -> dict[str, Any]:
    scopes = frozenset(Scope(scope) for scope in row.scopes)
    return {"token": row.pk, "scopes": scopes, "node": row.node_id, "expires_at": row.expires_at}


def revoke(caller: Caller) -> None:
    """End the token that the caller uses."""
    ApiToken.objects.filter(pk=caller.token, revoked_at__isnull=True).update(revoked_at=clock.now())


def reader_act(reader: PatronView, key: str | None) -> Act:
    """Return an act of a reader on the web, at the reader's home library."""
    return Act(at=clock.now(), node=reader.home_node, channel=Channel.WEB, key=key or str(new_uid()))


def require_patience(address: str) -> None:
    """Raise TooManyRefusals for an address whose sign-ins were refused too often of late."""
    row = RefusedSignIns.objects.filter(address=address).first()
    if row is not None and row.refused >= FREE_REFUSALS and clock.now() - row.since < REFUSALS_KEPT:
        raise TooManyRefusals(minutes=int(REFUSALS_KEPT.total_seconds() // 60))


@transaction.atomic
def note_refusal(address: str) -> None:
    """Count a refused sign-in of an address; counts that are old enough are forgotten."""
    at = clock.now()
    RefusedSignIns.objects.filter(since__lt=at - REFUSALS_KEPT).delete()
    RefusedSignIns.objects.get_or_create(address=address, defaults={"since": at})
    RefusedSignIns.objects.filter(address=address).update(refused=F("refused") + 1)


def is_refused_sign_in(refusal: DomainError) -> bool:
    """Return whether a failure was a guess at a name and password."""
    return isinstance(refusal, SignInRefused | ReaderSignInRefused)
