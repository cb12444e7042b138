"""The SRU client: at servers that answer, refuse, dawdle, redirect, or send what harms."""

import io
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest

from wenlan.catalogue.cnmarc import element_text, read_stream
from wenlan.catalogue.testing import make_marc
from wenlan.protocols.copying.types import TargetFailed
from wenlan.protocols.sru.client import Target, search

pytestmark = pytest.mark.slow
SRW = "http://www.loc.gov/zing/srw/"


@contextmanager
def serving(body: bytes, status: int = 200, *, wait: float = 0, location: str = "") -> Iterator[tuple[int, list[str]]]:
    """Answer every request so; yield the port, and a list that the paths asked for are added to."""
    asked: list[str] = []

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.end_headers()
            time.sleep(wait)
            self.wfile.write(body)

        def log_message(self, *_said: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answering)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield server.server_port, asked
    finally:
        server.shutdown()
        server.server_close()


def target(port: int, seconds: float = 5) -> Target:
    return Target(host="127.0.0.1", port=port, path="/sru", seconds=seconds)


def response(records: str, number: str = "7") -> bytes:
    return (
        f'<zs:searchRetrieveResponse xmlns:zs="{SRW}"><zs:version>1.1</zs:version>'
        f"<zs:numberOfRecords>{number}</zs:numberOfRecords><zs:records>{records}</zs:records>"
        "</zs:searchRetrieveResponse>"
    ).encode()


def packed(content: str) -> str:
    return f"<zs:record><zs:recordData>{content}</zs:recordData></zs:record>"


def failed(port: int, seconds: float = 5) -> TargetFailed:
    with pytest.raises(TargetFailed) as caught:
        search(target(port, seconds), "x", most=5)
    return caught.value


def test_records_come_as_markup_and_as_text():
    record = element_text(make_marc("三体"))
    escaped = record.replace("&", "&amp;").replace("<", "&lt;")
    with serving(response(packed(record) + packed(escaped) + packed("<other/>"))) as (port, asked):
        answer = search(target(port), 'dc.title = "三体"', most=5)

    assert answer.total == 7
    read = [next(read_stream(io.BytesIO(raw))).record for raw in answer.records]
    assert [one.value("200", "a") for one in read] == ["三体", "三体"]
    assert parse_qs(urlsplit(asked[0]).query)["query"] == ['dc.title = "三体"']


def test_a_diagnostic_is_a_refusal_in_the_servers_words():
    body = response(
        "", "0"
    ).replace(b"<zs:records></zs:records>", b"<d:diagnostic xmlns:d='x'><d:message>No such index</d:message>"
              b"<d:details>dc.x</d:details></d:diagnostic>")  # fmt: skip
    with serving(body) as (port, _asked):
        assert (failed(port).code, failed(port).details) == (TargetFailed.REFUSED, "No such index dc.x")


def test_a_redirection_is_not_followed():
    with serving(b"secret") as (inside, asked), serving(b"", 302, location=f"http://127.0.0.1:{inside}/") as (port, _):
        assert failed(port).code == TargetFailed.REFUSED

    assert asked == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"<a/>",
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        response(packed("&lt;!DOCTYPE a>&lt;a/>")),
        response("", "many"),
    ],
)
def test_what_is_no_answer_is_said_to_be_none(body):
    with serving(body) as (port, _asked):
        assert failed(port).code == TargetFailed.GARBLED


def test_a_server_that_dawdles_is_left():
    with serving(response("", "0"), wait=1.5) as (port, _asked):
        assert failed(port, seconds=0.3).code == TargetFailed.TIMED_OUT


def test_a_server_that_sends_without_end_is_left():
    with serving(b"x" * 9_000_000) as (port, _asked):
        assert failed(port, seconds=60).code == TargetFailed.TOO_LARGE
