"""A search cluster over HTTP: one connection a thread, and a rest after a failure so that pages do not wait for it."""

from __future__ import annotations

import base64
import http.client
import json
import ssl
import threading
from collections.abc import Iterable, Mapping
from time import monotonic
from typing import Any
from urllib.parse import unquote, urlsplit

from wenlan.catalogue.search.engine import IndexUnavailable, IndexUnreachable

TIMEOUT_SECONDS = 10
REST_SECONDS = 3


class Cluster:
    """The requests that an index is made of; safe to share between threads. `url` may carry user, password, path."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.is_secure = parts.scheme == "https"
        self.host = parts.hostname or "localhost"
        self.port = parts.port or (443 if self.is_secure else 9200)
        self.name = parts.path.strip("/").replace("/", "-") or "wenlan"
        self._headers = {"Content-Type": "application/json"}
        if parts.username:
            said = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
            self._headers["Authorization"] = f"Basic {base64.b64encode(said).decode()}"
        self._kept = threading.local()
        self._rests_until = 0.0

    def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """Send a request and return the answer's JSON.

        Raises IndexUnreachable when nobody answers, IndexUnavailable for any answer but success.
        """
        return self._sent(method, path, json.dumps(body, ensure_ascii=False).encode() if body is not None else b"")

    def ask_in_lines(self, path: str, lines: Iterable[Mapping[str, Any]]) -> Any:
        """Send a request whose body is one JSON a line, as `_bulk` takes it."""
        return self._sent("POST", path, b"".join(json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in lines))

    def _sent(self, method: str, path: str, body: bytes) -> Any:
        if monotonic() < self._rests_until:
            raise IndexUnreachable("the search cluster did not answer a moment ago")
        try:
            status, answer = self._exchanged(method, path, body)
        except (OSError, http.client.HTTPException) as error:
            self._forget()
            self._rests_until = monotonic() + REST_SECONDS
            raise IndexUnreachable(f"the search cluster does not answer: {error}") from error
        if status in {429, 502, 503, 504}:
            raise IndexUnreachable(f"the search cluster is busy ({status})")
        if status >= 300:
            raise IndexUnavailable(f"the search cluster refuses {method} {path} ({status})")
        return json.loads(answer) if answer else {}

    def _exchanged(self, method: str, path: str, body: bytes) -> tuple[int, bytes]:
        """Send once more when a kept connection turns out to have been closed meanwhile; every request may be."""
        for connection in (getattr(self._kept, "connection", None), self._connect()):
            if connection is None:
                continue
            try:
                connection.request(method, path, body=body, headers=self._headers)
                answer = connection.getresponse()
                found = answer.status, answer.read()
            except (http.client.RemoteDisconnected, ConnectionError, BrokenPipeError):
                connection.close()
                continue
            self._kept.connection = connection
            return found
        raise http.client.RemoteDisconnected("it hangs up")

    def _connect(self) -> http.client.HTTPConnection:
        if self.is_secure:
            context = ssl.create_default_context()
            return http.client.HTTPSConnection(self.host, self.port, timeout=TIMEOUT_SECONDS, context=context)
        return http.client.HTTPConnection(self.host, self.port, timeout=TIMEOUT_SECONDS)

    def _forget(self) -> None:
        if connection := getattr(self._kept, "connection", None):
            connection.close()
        self._kept.connection = None
