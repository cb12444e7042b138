"""One search at another library's SRU server, within a time."""

from __future__ import annotations

import http.client
import socket
import ssl
from base64 import b64encode
from contextlib import closing
from dataclasses import dataclass, field
from time import monotonic
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

from wenlan import __version__
from wenlan.kernel.xml import HostileXml, parse_untrusted
from wenlan.protocols.copying.types import Answer, TargetFailed

MOST_BYTES = 8_000_000
CHUNK = 1 << 16


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


def search(target: Target, cql: str, *, most: int) -> Answer:
    """Return how many records the server has and the first `most` of them as MARCXML. Raises TargetFailed.

    A redirection is not followed: a target is where those who may define targets say it is.
    """
    parameters = {
        "operation": "searchRetrieve",
        "version": "1.1",
        "query": cql,
        "startRecord": "1",
        "maximumRecords": str(most),
        "recordPacking": "xml",
        "recordSchema": "marcxml",
    }
    try:
        return _answer(parse_untrusted(_fetched(target, parameters)))
    except TimeoutError as error:
        raise TargetFailed(TargetFailed.TIMED_OUT) from error
    except (HostileXml, http.client.HTTPException, ValueError) as error:
        raise TargetFailed(TargetFailed.GARBLED, str(error)) from error
    except OSError as error:
        raise TargetFailed(TargetFailed.UNREACHABLE, str(error)) from error


def _fetched(target: Target, parameters: dict[str, str]) -> bytes:
    until = monotonic() + target.seconds
    with closing(_connection(target)) as connection:
        path = "/" + quote(target.path.lstrip("/"), safe="/:@!$&'()*+,;=-._~%")
        connection.request("GET", f"{path}?{urlencode(parameters)}", headers=_headers(target))
        _keep_in_time(connection.sock, until)
        response = connection.getresponse()
        if response.status != http.client.OK:
            raise TargetFailed(TargetFailed.REFUSED, f"HTTP {response.status} {response.reason}")
        whole = bytearray()
        while True:
            _keep_in_time(connection.sock, until)
            data = response.read1(CHUNK)
            if not data:
                return bytes(whole)
            whole += data
            if len(whole) > MOST_BYTES:
                raise TargetFailed(TargetFailed.TOO_LARGE)


def _connection(target: Target) -> http.client.HTTPConnection:
    if target.is_encrypted:
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(target.host, target.port, timeout=target.seconds, context=context)
    return http.client.HTTPConnection(target.host, target.port, timeout=target.seconds)


def _headers(target: Target) -> dict[str, str]:
    headers = {"User-Agent": f"Wenlan/{__version__}", "Accept": "text/xml, application/xml"}
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


def _answer(root: ElementTree.Element) -> Answer:
    """Return what an answer of any version says; names count, their namespaces differ."""
    said = "; ".join(_diagnostics(root))
    records = tuple(one for element in _all(root, "recordData") if (one := _record(element)))
    stated = next((one.text or "" for one in _all(root, "numberOfRecords")), "").strip()
    if not stated.isdigit() and not said:
        raise TargetFailed(TargetFailed.GARBLED, "no number of records")
    if said and not records:
        raise TargetFailed(TargetFailed.REFUSED, said)
    return Answer(int(stated[:9]) if stated.isdigit() else len(records), records, said)


def _record(element: ElementTree.Element) -> bytes:
    """Return the MARCXML of a record, which may be packed as text, or nothing for another form."""
    held = next(iter(element), None)
    if held is None and (element.text or "").strip():
        held = parse_untrusted((element.text or "").strip().encode())
    if held is None:
        return b""
    record = next((one for one in held.iter() if _name(one) == "record"), None)
    return ElementTree.tostring(record, encoding="utf-8") if record is not None else b""


def _diagnostics(root: ElementTree.Element) -> list[str]:
    return [
        " ".join(part.text.strip() for part in one if part.text and _name(part) in ("message", "details"))
        for one in _all(root, "diagnostic")
    ]


def _all(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [one for one in root.iter() if _name(one) == name]


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]
