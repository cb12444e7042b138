"""The client: at YAZ's own test target, and at targets that are slow, closed, garbled or endless."""

import io
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from wenlan.catalogue.cnmarc import read_stream
from wenlan.protocols.copying.types import TargetFailed
from wenlan.protocols.tests.yaz import running_ztest
from wenlan.protocols.z3950 import codec
from wenlan.protocols.z3950.client import Target, search
from wenlan.protocols.z3950.messages import (
    USMARC,
    Close,
    Diagnostic,
    InitRequest,
    InitResponse,
    Joined,
    PresentRequest,
    PresentResponse,
    Retrieved,
    SearchRequest,
    SearchResponse,
    Words,
)

pytestmark = pytest.mark.slow
COMPUTER = Words(((1, 4),), b"computer")


def target(port: int, **stated) -> Target:
    return Target(**{"host": "127.0.0.1", "port": port, "databases": ("Default",), "syntax": USMARC} | stated)


@contextmanager
def serving(behave: Callable[[socket.socket], None]) -> Iterator[int]:
    """Accept connections on a free port and let each be treated so; yield the port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                with connection, suppress(OSError):
                    behave(connection)

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.close()


def answering(*answers) -> Callable[[socket.socket], None]:
    """Return a target that answers each message by the next of these, whatever it says."""

    def behave(connection: socket.socket) -> None:
        for answer in answers:
            connection.recv(1 << 16)
            connection.sendall(answer if isinstance(answer, bytes) else codec.encode(answer))
        connection.recv(1 << 16)

    return behave


def refused(port: int, **stated) -> TargetFailed:
    with pytest.raises(TargetFailed) as caught:
        search(target(port, **stated), COMPUTER, most=5)
    return caught.value


def test_yaz_ztest_gives_records_that_are_read():
    query = Joined(COMPUTER, "and", Words(((1, 1003), (5, 1)), b"knuth"))
    with running_ztest() as port:
        answer = search(target(port), query, most=30)

    found = [next(read_stream(io.BytesIO(raw))) for raw in answer.records]
    assert answer.total >= len(found) > 0
    assert len(found) == min(answer.total, 30)
    assert all(one.record is not None and one.record.value("245", "a") for one in found)


def test_yaz_ztest_refuses_a_database_it_does_not_have():
    with running_ztest() as port:
        failed = refused(port, databases=("NoSuchDatabase",))

    assert (failed.code, failed.details.startswith("Bib-1 109")) == (TargetFailed.REFUSED, True)


def test_user_and_password_travel_with_the_first_message():
    heard = []

    def behave(connection: socket.socket) -> None:
        heard.append(codec.decode(connection.recv(1 << 16))[0])
        connection.sendall(codec.encode(InitResponse(accepted=False)))

    with serving(behave) as port:
        failed = refused(port, user="county", password="秘密")

    assert heard == [InitRequest(user="county", password="秘密")]
    assert (failed.code, failed.details) == (TargetFailed.REFUSED, "sign-in")


def test_records_come_page_by_page_until_there_are_enough():
    heard = []
    ended = threading.Event()

    def behave(connection: socket.socket) -> None:
        while data := connection.recv(1 << 16):
            asked = codec.decode(data)[0]
            heard.append(asked)
            if isinstance(asked, InitRequest):
                answer = InitResponse(accepted=True)
            elif isinstance(asked, SearchRequest):
                answer = SearchResponse(count=90, succeeded=True)
            elif isinstance(asked, PresentRequest):
                answer = PresentResponse(
                    records=tuple(
                        Retrieved(USMARC, b"%d" % number) for number in range(asked.start, asked.start + asked.count)
                    )
                )
            else:
                break
            connection.sendall(codec.encode(answer))
        ended.set()

    with serving(behave) as port:
        answer = search(target(port), COMPUTER, most=45)

    assert (answer.total, answer.records) == (90, tuple(b"%d" % number for number in range(1, 46)))
    assert [(one.start, one.count) for one in heard if isinstance(one, PresentRequest)] == [(1, 20), (21, 20), (41, 5)]
    assert ended.wait(timeout=10)
    assert heard[-1] == Close()


def test_what_came_before_a_diagnostic_is_kept_with_a_note():
    answers = (
        InitResponse(accepted=True),
        SearchResponse(count=3, succeeded=True),
        PresentResponse(records=(Retrieved(USMARC, b"one"), Diagnostic(14, "no copy"))),
    )
    with serving(answering(*answers)) as port:
        answer = search(target(port), COMPUTER, most=3)

    assert (answer.total, answer.records, answer.note) == (3, (b"one",), "Bib-1 14 no copy")


def test_a_target_that_says_nothing_is_left_when_its_time_is_up():
    with serving(lambda _connection: time.sleep(3)) as port:
        began = time.monotonic()
        failed = refused(port, seconds=0.4)

    assert failed.code == TargetFailed.TIMED_OUT
    assert time.monotonic() - began < 2


def test_a_target_that_drips_is_left_when_its_time_is_up():
    def behave(connection: socket.socket) -> None:
        for byte in codec.encode(InitResponse(accepted=True, name="slow")):
            connection.sendall(bytes([byte]))
            time.sleep(0.1)

    with serving(behave) as port:
        assert refused(port, seconds=0.5).code == TargetFailed.TIMED_OUT


def test_a_target_that_never_ends_is_left_when_enough_has_come():
    def behave(connection: socket.socket) -> None:
        connection.recv(1 << 16)
        connection.sendall(b"\xb5\x84\x7f\xff\xff\xff")
        while True:
            connection.sendall(b"\0" * (1 << 16))

    with serving(behave) as port:
        assert refused(port, seconds=60).code == TargetFailed.TOO_LARGE


@pytest.mark.parametrize("answer", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\xb5\x02\x30\x00", b"\x30\x80" * 90])
def test_what_is_no_z3950_is_said_to_be_none(answer):
    with serving(answering(answer)) as port:
        assert refused(port).code in (TargetFailed.GARBLED, TargetFailed.REFUSED)


def test_a_closed_port_cannot_be_reached():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    assert refused(port).code == TargetFailed.UNREACHABLE
