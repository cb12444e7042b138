"""Sessions whose one statement also brings who opened them (Django's `SESSION_ENGINE`)."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as TableStore
from django.utils.crypto import constant_time_compare

from wenlan.staff import statements
from wenlan.staff.models import StaffMember
from wenlan.staff.statements import AccountRow
from wenlan.staff.types import StaffView
from wenlan.ui import clock

MOST_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody's account and the rights granted to it at each node today."""

    staff: StaffView
    rights: Mapping[int, frozenset[str]]
    password: str
    is_active: bool


class SessionStore(TableStore):
    """A session in the database. `account` is who opened it, read along; None before it is read, and of a stranger's.

    Which account opened a session never changes while its key lives; it is remembered here only to be asked for in
    the same statement, and compared with what the session says.
    """

    account: Account | None = None
    _openers: ClassVar[dict[str, int]] = {}

    def load(self) -> dict[str, Any]:
        """Return what the session carries; nothing when there is none or it has expired."""
        key = self.session_key or ""
        found = statements.session(key, staff=self._openers.get(key), on=clock.today())
        if found is None:
            self._openers.pop(key, None)
            self._session_key = None
            return {}
        carried: dict[str, Any] = json.loads(unsealed(found[0]))
        self.account = account_of(found[1])
        opener = opener_of(carried)
        if opener is not None and (self.account is None or self.account.staff.id != opener):
            self.account = account_of(statements.account(opener, on=clock.today()))
            self._remember(key, opener)
        return carried

    def _remember(self, key: str, opener: int) -> None:
        if len(self._openers) > MOST_REMEMBERED:
            self._openers.clear()
        self._openers[key] = opener


@lru_cache(maxsize=1024)
def unsealed(text: str) -> str:
    """Return as JSON what the signed text of a session carries; every page asks, and the text seldom changes."""
    return json.dumps(SessionStore().decode(text))


def signed_in(session: SessionBase) -> Account | None:
    """Return who opened the session, if the account is open and its password still the one it was opened with."""
    opener = opener_of(session)
    if opener is None:
        return None
    account: Account | None = getattr(session, "account", None)
    if account is None or account.staff.id != opener:  # opened within this request
        account = account_of(statements.account(opener, on=clock.today()))
    if account is None or not account.is_active:
        return None
    is_same = constant_time_compare(session.get(HASH_SESSION_KEY, ""), proof(account.password))
    return account if is_same else None


def opener_of(carried: Mapping[str, Any] | SessionBase) -> int | None:
    """Return the account that a session says it was opened by."""
    said = str(carried.get(SESSION_KEY, ""))
    return int(said) if said.isdecimal() else None


def account_of(rows: Iterable[AccountRow]) -> Account | None:
    """Return the account that rows tell of, with the rights of all its roles."""
    account, rights = None, dict[int, frozenset[str]]()
    for row in rows:
        account = row
        if row.node is not None and row.rights is not None:
            rights[row.node] = rights.get(row.node, frozenset()) | rights_in(row.rights)
    if account is None:
        return None
    staff = StaffView(
        id=account.id,
        username=account.username,
        name=account.name,
        home_node=account.home_node,
        department=account.department,
    )
    return Account(staff, rights, account.password, bool(account.is_active))


@lru_cache(maxsize=256)
def rights_in(text: str) -> frozenset[str]:
    """Return the rights that a role's column lists."""
    return frozenset(json.loads(text))


@lru_cache(maxsize=1024)
def proof(password: str) -> str:
    """Return what a session of an account with this password hash carries; a new password ends all sessions."""
    return str(StaffMember(password=password).get_session_auth_hash())
