"""One search at a target over TCP, from the first message to the last, within a time."""

from __future__ import annotations

import socket
from contextlib import closing
from dataclasses import dataclass, field
from time import monotonic
from typing import TypeVar

from wenlan.protocols.copying.types import Answer, TargetFailed
from wenlan.protocols.z3950 import codec
from wenlan.protocols.z3950.ber import Incomplete, Malformed
from wenlan.protocols.z3950.messages import (
    Close,
    Diagnostic,
    InitRequest,
    InitResponse,
    Message,
    PresentRequest,
    PresentResponse,
    Retrieved,
    Rpn,
    SearchRequest,
    SearchResponse,
)

MOST_BYTES = 8_000_000
CHUNK = 1 << 16
AT_ONCE = 20

Expected = TypeVar("Expected", InitResponse, SearchResponse, PresentResponse)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where to ask; `seconds` is for the whole conversation."""

    host: str
    port: int
    databases: tuple[str, ...]
    syntax: str
    user: str = ""
    password: str = field(default="", repr=False)
    seconds: float = 10.0


class _Conversation:
    """A connection on which messages are exchanged in turn until the time is up or too much has come."""

    def __init__(self, connection: socket.socket, until: float) -> None:
        self.connection = connection
        self.until = until
        self.waiting = b""
        self.received = 0

    def ask(self, message: Message, expected: type[Expected]) -> Expected:
        """Send a message and return the answer to it. Raises TargetFailed."""
        self._be_in_time()
        self.connection.sendall(codec.encode(message))
        answer = self._next()
        if isinstance(answer, Close):
            raise TargetFailed(TargetFailed.REFUSED, answer.text)
        if not isinstance(answer, expected):
            raise TargetFailed(TargetFailed.GARBLED, type(answer).__name__)
        return answer

    def _next(self) -> Message:
        while True:
            try:
                message, size = codec.decode(self.waiting)
            except Incomplete:
                self._receive()
            else:
                self.waiting = self.waiting[size:]
                return message

    def _receive(self) -> None:
        self._be_in_time()
        data = self.connection.recv(CHUNK)
        if not data:
            raise TargetFailed(TargetFailed.REFUSED, "the connection was closed")
        self.received += len(data)
        if self.received > MOST_BYTES:
            raise TargetFailed(TargetFailed.TOO_LARGE)
        self.waiting += data

    def _be_in_time(self) -> None:
        left = self.until - monotonic()
        if left <= 0:
            raise TimeoutError
        self.connection.settimeout(left)


def search(target: Target, query: Rpn, *, most: int) -> Answer:
    """Return how many records the target has and the first `most` of them. Raises TargetFailed."""
    until = monotonic() + target.seconds
    try:
        with closing(socket.create_connection((target.host, target.port), timeout=target.seconds)) as connection:
            return _searched(_Conversation(connection, until), target, query, most)
    except TimeoutError as error:
        raise TargetFailed(TargetFailed.TIMED_OUT) from error
    except (OSError, UnicodeError) as error:  # a host name may be no name at all
        raise TargetFailed(TargetFailed.UNREACHABLE, str(error)) from error
    except Malformed as error:
        raise TargetFailed(TargetFailed.GARBLED, str(error)) from error


def _searched(conversation: _Conversation, target: Target, query: Rpn, most: int) -> Answer:
    begun = conversation.ask(InitRequest(user=target.user, password=target.password), InitResponse)
    if not begun.accepted:
        raise TargetFailed(TargetFailed.REFUSED, "sign-in")
    request = SearchRequest(databases=target.databases, query=query, syntax=target.syntax)
    found = conversation.ask(request, SearchResponse)
    if not found.succeeded:
        raise TargetFailed(TargetFailed.REFUSED, said(found.diagnostics))
    records: list[bytes] = []
    note = ""
    while (start := len(records) + 1) <= min(found.count, most) and not note:
        wanted = min(most, found.count, start + AT_ONCE - 1) - start + 1
        page = conversation.ask(PresentRequest(start=start, count=wanted, syntax=target.syntax), PresentResponse)
        note = said(page.diagnostics) or said([one for one in page.records if isinstance(one, Diagnostic)])
        came = [one.data for one in page.records if isinstance(one, Retrieved)]
        if not came and not note:
            note = "a present without records"
        records += came
    conversation.connection.sendall(codec.encode(Close()))
    if note and not records:
        raise TargetFailed(TargetFailed.REFUSED, note)
    return Answer(found.count, tuple(records), note)


def said(diagnostics: tuple[Diagnostic, ...] | list[Diagnostic]) -> str:
    """Return the diagnostics in a line: the condition of Bib-1 and what the target adds."""
    return "; ".join(f"Bib-1 {one.condition} {one.text}".strip() for one in diagnostics)
