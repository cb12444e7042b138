"""One HTTP exchange with a service, within a time, answered by JSON."""

import http.client
import json
import ssl
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from wenlan.notices.types import CarrierFailed

SECONDS = 10.0
MOST_BYTES = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Where a service answers, and what we are there."""

    host: str
    port: int
    is_encrypted: bool
    user: str
    secret: str = field(repr=False)
    signature: str = ""
    seconds: float = SECONDS


def exchange(service: Service, path: str, *, body: bytes | None = None, kind: str = "application/json") -> Any:
    """Return what the service answers to a GET of `path`, or to a POST of `body`. Raises CarrierFailed."""
    with closing(connection(service)) as open_line:
        try:
            open_line.connect()
        except OSError as error:
            raise CarrierFailed(str(error)) from error
        try:
            open_line.request("GET" if body is None else "POST", path, body, {"Content-Type": kind} if body else {})
            answer = open_line.getresponse()
            data = answer.read(MOST_BYTES)
        except (OSError, http.client.HTTPException) as error:
            raise CarrierFailed(str(error) or type(error).__name__, may_have_gone=True) from error
    try:
        return json.loads(data)
    except ValueError as error:
        may_have_gone = answer.status >= http.client.INTERNAL_SERVER_ERROR or answer.status == http.client.OK
        raise CarrierFailed(f"HTTP {answer.status} {answer.reason}", may_have_gone=may_have_gone) from error


def connection(service: Service) -> http.client.HTTPConnection:
    """Return an unopened line to the service."""
    if service.is_encrypted:
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(service.host, service.port, timeout=service.seconds, context=context)
    return http.client.HTTPConnection(service.host, service.port, timeout=service.seconds)
