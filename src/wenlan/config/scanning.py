"""On an embedded database the desks' scans are answered by one thread, and what waits is written together.

The server has several threads, so that nobody who scans waits behind a long page. Scans in several of them would take
the interpreter from one another, and each would read anew what another has just written: a scan cost half as much
again. Scans that wait while one is done share the next transaction; no answer leaves before it is on the disk.
"""

import threading
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from queue import SimpleQueue
from typing import Any

from wenlan.kernel.together import in_one_transaction

LARGEST_SCAN = 64 * 1024  # bytes; what is larger is no scan, and is refused where every page refuses it
MOST_TOGETHER = 8

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the application said, whole."""

    start: tuple[Any, ...]
    body: bytes


@dataclass(frozen=True, slots=True)
class Asked:
    """A scan that waits; who asked takes the answer, or the failure, from `answered`."""

    environ: Environ
    content: bytes
    answered: SimpleQueue[Answer | Exception] = field(default_factory=SimpleQueue)


class InOneThread:
    """A WSGI application that lets one thread answer what is asked at certain paths, in the order of asking."""

    def __init__(self, application: Application, *, paths: Collection[str]) -> None:
        self._application = application
        self._paths = frozenset(paths)
        self._waiting: SimpleQueue[Asked] = SimpleQueue()
        threading.Thread(target=self._work, name="scans", daemon=True).start()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        length = environ.get("CONTENT_LENGTH") or "0"
        if environ["PATH_INFO"] not in self._paths or not length.isdecimal() or int(length) > LARGEST_SCAN:
            return self._application(environ, start_response)
        # What the server lends of itself stays in its own thread.
        asked = Asked(environ, environ["wsgi.input"].read(int(length)))
        self._waiting.put(asked)
        answer = asked.answered.get()
        if isinstance(answer, Exception):
            raise answer
        start_response(*answer.start)
        return [answer.body]

    def _work(self) -> None:
        while True:
            waiting = [self._waiting.get()]
            while len(waiting) < MOST_TOGETHER and not self._waiting.empty():
                waiting.append(self._waiting.get())
            for asked, answer in zip(waiting, self._answers(waiting), strict=True):
                asked.answered.put(answer)

    def _answers(self, waiting: list[Asked]) -> list[Answer] | list[Answer | Exception]:
        together = in_one_transaction([partial(self._answer, asked) for asked in waiting]) if len(waiting) > 1 else None
        return together or [self._answer_alone(asked) for asked in waiting]

    def _answer_alone(self, asked: Asked) -> Answer | Exception:
        try:
            return self._answer(asked)
        except Exception as failure:  # the outermost edge: it fails for the one who asked, in the server's own thread
            return failure

    def _answer(self, asked: Asked) -> Answer:
        said: list[tuple[Any, ...]] = []
        answer = self._application(
            asked.environ | {"wsgi.input": BytesIO(asked.content)}, lambda *start: said.append(start)
        )
        try:
            return Answer(said[0], b"".join(answer))
        finally:
            if hasattr(answer, "close"):
                answer.close()
