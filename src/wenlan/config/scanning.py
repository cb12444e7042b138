"""On an embedded database the desks' scans are answered by one thread.

The server has several, so that nobody who scans waits behind a long page. Scans in several of them would take the
interpreter from one another, and each would read anew what another has just written: a scan cost half as much again.
"""

from collections.abc import Callable, Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

LARGEST_SCAN = 64 * 1024  # bytes; what is larger is no scan, and is refused where every page refuses it

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]


class InOneThread:
    """A WSGI application that lets one thread answer what is asked at certain paths, in the order of asking."""

    def __init__(self, application: Application, *, paths: Collection[str]) -> None:
        self._application = application
        self._paths = frozenset(paths)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="scans")

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or "0"
        if environ["PATH_INFO"] not in self._paths or not length.isdecimal() or int(length) > LARGEST_SCAN:
            return self._application(environ, start_response)
        # What the server lends of itself stays in its own thread.
        environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read(int(length)))
        said, body = self._thread.submit(self._answer, environ).result()
        start_response(*said)
        return [body]

    def _answer(self, environ: Environ) -> tuple[tuple[Any, ...], bytes]:
        said: list[tuple[Any, ...]] = []
        answer = self._application(environ, lambda *start: said.append(start))
        try:
            return said[0], b"".join(answer)
        finally:
            if hasattr(answer, "close"):
                answer.close()
