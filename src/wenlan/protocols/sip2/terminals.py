"""Which terminal speaks, what it may do, and where its acts happen."""

import hashlib
import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote

from django.contrib.auth.hashers import check_password, make_password

from wenlan.kernel.acts import Act, Channel
from wenlan.protocols.models import Terminal
from wenlan.protocols.sip2.types import Encoding, FieldSet, SortRule, TerminalFacts, TerminalRight

_SECRET = os.urandom(32)
_proven: dict[str, tuple[str, bytes]] = {}  # code to stored hash and digest of the password it was proven with


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminalView:
    """A signed-in terminal; see TerminalFacts. `proof` changes with the password."""

    id: int
    code: str
    node: int
    department: int | None
    encoding: str
    rights: frozenset[str]
    field_set: str
    institution: str
    shows_names: bool
    asks_password: bool
    sort_rules: tuple[SortRule, ...]
    reader_types: Mapping[str, str]
    proof: str

    @property
    def is_chinese(self) -> bool:
        """Whether answers carry the fields of Chinese terminals."""
        return self.field_set == FieldSet.CHINESE

    def may(self, right: TerminalRight) -> bool:
        """Return whether the terminal has a right."""
        return right.value in self.rights

    def act(self, *, at: datetime, content: bytes) -> Act:
        """Return the act that a message asks for.

        Its key is made of the terminal and the message's own bytes without sequence and checksum, so that a
        message sent again (after a lost answer, or on a new connection) is known as the same.
        """
        digest = hashlib.blake2b(content, digest_size=16, key=self.code.encode()).hexdigest()
        return Act(
            at=at,
            node=self.node,
            department=self.department,
            channel=Channel.SIP2,
            device=self.code,
            key=f"sip2:{digest}",
        )


def sign_in(*, code: str, password: str) -> TerminalView | None:
    """Return the terminal whose code and password these are, or None; a code may come URL-encoded.

    The hash is slow by intent. A password that was proven once is known again at once for as long as its hash
    stands, because many machines sign in anew for every message.
    """
    found = Terminal.objects.filter(code__in={code, unquote(code)}, is_active=True).first()
    if found is None:
        return None
    digest = hashlib.blake2b(password.encode(), key=_SECRET).digest()
    if _proven.get(found.code) != (found.password, digest):
        if not check_password(password, found.password):
            return None
        _proven[found.code] = (found.password, digest)
    return view_of(found)


def view_of(row: Terminal) -> TerminalView:
    """Return a terminal as one that has signed in."""
    return TerminalView(
        id=row.pk,
        code=row.code,
        node=row.node_id,
        department=row.department_id,
        encoding=row.encoding,
        rights=frozenset(row.rights),
        field_set=row.field_set,
        institution=row.institution,
        shows_names=row.shows_names,
        asks_password=row.asks_password,
        sort_rules=tuple(SortRule(**rule) for rule in row.sort_rules),
        reader_types=dict(row.reader_types),
        proof=hashlib.blake2b(row.password.encode(), digest_size=8).hexdigest(),
    )


def as_they_stand(signed_in: Collection[TerminalView]) -> dict[int, TerminalView]:
    """Return, by id, what signed-in terminals are now; left out are those switched off or given another password."""
    rows = Terminal.objects.filter(pk__in={one.id for one in signed_in}, is_active=True)
    now = {row.pk: view_of(row) for row in rows}
    return {one.id: now[one.id] for one in signed_in if one.id in now and now[one.id].proof == one.proof}


def facts_of(row: Terminal) -> TerminalFacts:
    """Return what staff said of a terminal."""
    return TerminalFacts(
        code=row.code,
        name=row.name,
        node=row.node_id,
        department=row.department_id,
        encoding=row.encoding,
        field_set=row.field_set,
        rights=tuple(row.rights),
        institution=row.institution,
        shows_names=row.shows_names,
        asks_password=row.asks_password,
        is_active=row.is_active,
        sort_rules=tuple(SortRule(**rule) for rule in row.sort_rules),
        reader_types=dict(row.reader_types),
    )


def enrol(*, code: str, password: str, node: int, department: int | None = None, encoding: str = Encoding.UTF8) -> None:
    """Enter a terminal, or give it another password, place or encoding."""
    "".encode(encoding)  # raises LookupError for a name that Python does not know
    Terminal.objects.update_or_create(
        code=code,
        defaults={
            "password": make_password(password),
            "node_id": node,
            "department_id": department,
            "encoding": encoding,
            "is_active": True,
        },
    )
