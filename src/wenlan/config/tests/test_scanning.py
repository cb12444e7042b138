"""Which thread answers, and that nothing else differs."""

import threading
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from time import sleep

import pytest
from django.db import connection

from wenlan.config.scanning import LARGEST_SCAN, InOneThread

SCAN = "/desk/circulation/scan"


class Page:
    """An application that says what it was sent, and by whom it was asked."""

    def __init__(self):
        self.threads, self.closed = [], []

    def __call__(self, environ, start_response):
        self.threads.append(threading.current_thread().name)
        start_response("200 OK", [("X-Path", environ["PATH_INFO"])])
        return Body(environ["wsgi.input"].read(), self.closed)


class Body(list):
    """An answer in two parts that notes in which thread it was closed."""

    def __init__(self, content, closed):
        super().__init__([content, b"!"])
        self._closed = closed

    def close(self):
        self._closed.append(threading.current_thread().name)


def ask(application, path, content=b"", **more):
    """Return status, headers and body of an answer."""
    said = []
    environ = {"PATH_INFO": path, "CONTENT_LENGTH": str(len(content)), "wsgi.input": BytesIO(content)} | more
    body = b"".join(application(environ, lambda *start: said.append(start)))
    return *said[0], body


def test_scans_have_one_thread_whoever_asks():
    page = Page()
    application = InOneThread(page, paths=[SCAN])

    with ThreadPoolExecutor(4) as desks:
        answers = list(desks.map(lambda number: ask(application, SCAN, b"%d" % number), range(20)))

    assert answers == [("200 OK", [("X-Path", SCAN)], b"%d!" % number) for number in range(20)]
    assert len({*page.threads}) == 1
    assert page.closed == page.threads  # the thread's own connection is given back by the thread
    assert threading.current_thread().name not in page.threads


def test_other_pages_and_what_is_no_scan_are_answered_where_they_are_asked():
    page = Page()
    application = InOneThread(page, paths=[SCAN])

    ask(application, "/desk/")
    ask(application, SCAN, b"x" * (LARGEST_SCAN + 1))
    ask(application, SCAN, CONTENT_LENGTH="-1")

    assert {*page.threads} == {threading.current_thread().name}


def test_what_fails_fails_for_the_one_who_asked():
    def broken(_environ, _start_response):
        raise ValueError("broken")

    application = InOneThread(broken, paths=[SCAN])
    for _time in range(2):
        with pytest.raises(ValueError, match="broken"):
            ask(application, SCAN)


class Busy:
    """An application that is at its first scan until told, and notes which scans share a transaction."""

    def __init__(self):
        self.begun, self.go_on = threading.Event(), threading.Event()
        self.shared = {}

    def __call__(self, environ, start_response):
        content = environ["wsgi.input"].read()
        self.shared[content] = connection.in_atomic_block
        if content == b"first":
            self.begun.set()
            assert self.go_on.wait(10)
        if content == b"broken":
            raise ValueError("broken")
        if content == b"last":
            connection.close()
        start_response("200 OK", [])
        return [content]


def told(application, content):
    try:
        return ask(application, SCAN, content)[2]
    except ValueError as failure:
        return str(failure).encode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="scans share a thread on an embedded database alone")
@pytest.mark.parametrize("wrong", [b"good", b"broken"])
def test_scans_that_wait_share_a_transaction_unless_one_is_broken(wrong):
    page = Busy()
    application = InOneThread(page, paths=[SCAN])

    with ThreadPoolExecutor(4) as desks:
        answers = [desks.submit(told, application, b"first")]
        assert page.begun.wait(10)
        answers += [desks.submit(told, application, content) for content in (b"one", wrong, b"two")]
        while application._waiting.qsize() < 3:
            sleep(0.001)
        page.go_on.set()
    told(application, b"last")

    assert [answer.result() for answer in answers] == [b"first", b"one", wrong, b"two"]
    alone = {content for content, shares in page.shared.items() if not shares}
    assert alone == ({b"first", b"last"} if wrong == b"good" else {*page.shared})
