"""One HTTP exchange with another library's server, within a time."""

from __future__ import annotations

import http.client
import socket
import ssl
from base64 import b64encode
from contextlib import closing
from dataclasses import dataclass, field
from time import monotonic
from urllib.parse import quote

from wenlan import __version__
from wenlan.protocols.copying.types import TargetFailed

MOST_BYTES = 8_000_000
CHUNK = 1 << 16
NOT_TAKEN = frozenset({http.client.TOO_MANY_REQUESTS, http.client.SERVICE_UNAVAILABLE})
UNFIT = frozenset({400, 406, 409, 413, 415, 422})


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where to ask; `seconds` is for the whole exchange."""

    host: str
    port: int
    path: str
    is_encrypted: bool = False
    user: str = ""
    password: str = field(default="", repr=False)
    seconds: float = 10.0


def exchange(target: Target, *, query: str = "", body: bytes | None = None) -> bytes:
    """Return what the server answers to a GET with `query`, or to a POST of `body`. Raises TargetFailed.

    A redirection is not followed: a target is where those who may define targets say it is. `was_sent` of the
    failure tells whether the server may have acted on it although no answer came.
    """
    until = monotonic() + target.seconds
    with closing(_connection(target)) as connection:
        try:
            connection.connect()
        except TimeoutError as error:
            raise TargetFailed(TargetFailed.TIMED_OUT) from error
        except OSError as error:
            raise TargetFailed(TargetFailed.UNREACHABLE, str(error)) from error
        try:
            return _answered(connection, target, query, body, until)
        except TimeoutError as error:
            raise TargetFailed(TargetFailed.TIMED_OUT, was_sent=True) from error
        except (http.client.HTTPException, ValueError) as error:
            raise TargetFailed(TargetFailed.GARBLED, str(error), was_sent=True) from error
        except OSError as error:
            raise TargetFailed(TargetFailed.UNREACHABLE, str(error), was_sent=True) from error


def _answered(
    connection: http.client.HTTPConnection, target: Target, query: str, body: bytes | None, until: float
) -> bytes:
    path = "/" + quote(target.path.lstrip("/"), safe="/:@!$&'()*+,;=-._~%")
    connection.request(
        "GET" if body is None else "POST",
        f"{path}?{query}" if query else path,
        body=body,
        headers=_headers(target, has_body=body is not None),
    )
    _keep_in_time(connection.sock, until)
    response = connection.getresponse()
    if response.status != http.client.OK:
        may_have_acted = response.status >= http.client.INTERNAL_SERVER_ERROR and response.status not in NOT_TAKEN
        code = TargetFailed.UNFIT if body is not None and response.status in UNFIT else TargetFailed.REFUSED
        raise TargetFailed(code, f"HTTP {response.status} {response.reason}", was_sent=may_have_acted)
    whole = bytearray()
    while True:
        _keep_in_time(connection.sock, until)
        data = response.read1(CHUNK)
        if not data:
            return bytes(whole)
        whole += data
        if len(whole) > MOST_BYTES:
            raise TargetFailed(TargetFailed.TOO_LARGE, was_sent=True)


def _connection(target: Target) -> http.client.HTTPConnection:
    if target.is_encrypted:
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(target.host, target.port, timeout=target.seconds, context=context)
    return http.client.HTTPConnection(target.host, target.port, timeout=target.seconds)


def _headers(target: Target, *, has_body: bool) -> dict[str, str]:
    headers = {"User-Agent": f"Wenlan/{__version__}", "Accept": "text/xml, application/xml"}
    if has_body:
        headers["Content-Type"] = "text/xml; charset=utf-8"
    if target.user:
        pair = f"{target.user}:{target.password}".encode()
        headers["Authorization"] = f"Basic {b64encode(pair).decode()}"
    return headers


def _keep_in_time(connection: socket.socket | None, until: float) -> None:
    left = until - monotonic()
    if left <= 0:
        raise TimeoutError
    if connection is not None:
        connection.settimeout(left)
