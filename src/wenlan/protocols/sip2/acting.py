"""Who does the acts: a few threads with a database connection each, and a queue before them.

Where one thread writes (SQLite) it does what waits in one transaction, so that several terminals share one
write to the disk. No answer leaves before that write.
"""

import asyncio
import logging
import queue
import threading
from dataclasses import dataclass

from django.db import connection, connections, transaction

from wenlan.protocols.sip2 import codec
from wenlan.protocols.sip2.handlers import answer
from wenlan.protocols.sip2.messages import CheckinRequest, CheckoutRequest, Login, RenewRequest, SendAgain
from wenlan.protocols.sip2.terminals import TerminalView
from wenlan.ui import clock

log = logging.getLogger(__name__)
# On SQLite more threads would only take the interpreter from one another.
THREADS = {"sqlite": 1, "postgresql": 2}
TOGETHER = {"sqlite": 8, "postgresql": 1}
HOT = (CheckoutRequest, CheckinRequest, RenewRequest)  # of known, short length; they may stand in one transaction


@dataclass(slots=True)
class Conversation:
    """What is remembered of one connection."""

    peer: str
    terminal: TerminalView | None = None
    last_answer: bytes = b""
    wrong_lines: int = 0

    @property
    def encoding(self) -> str:
        """The terminal's own encoding; before it has signed in UTF-8, of which ASCII is a part."""
        return self.terminal.encoding if self.terminal else "utf-8"


@dataclass(frozen=True, slots=True)
class Asked:
    """A message that waits for its answer."""

    conversation: Conversation
    received: codec.Received
    answered: "asyncio.Future[bytes]"


class Acting:
    """The threads. `ask` belongs to the event loop, which is told all answers of a transaction at once."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._waiting: queue.SimpleQueue[Asked | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._work, name=f"sip2-acts-{number}", daemon=True)
            for number in range(THREADS[connection.vendor])
        ]

    def start(self) -> None:
        """Begin to work."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End after what waits has been done."""
        for _thread in self._threads:
            self._waiting.put(None)
        for thread in self._threads:
            thread.join(timeout=10)

    async def ask(self, conversation: Conversation, received: codec.Received) -> bytes:
        """Return the line that answers a message."""
        asked = Asked(conversation, received, self._loop.create_future())
        self._waiting.put(asked)
        return await asked.answered

    def _work(self) -> None:
        most = TOGETHER[connection.vendor]
        while (asked := self._waiting.get()) is not None:
            together = [asked]
            while len(together) < most and (more := self._at_once()):
                together.append(more)
            self._loop.call_soon_threadsafe(deliver, together, act_together(together))
        connection.close()

    def _at_once(self) -> Asked | None:
        """Return one more that waits already."""
        try:
            more = self._waiting.get_nowait()
        except queue.Empty:
            return None
        if more is None:
            self._waiting.put(None)
        return more


def deliver(together: list[Asked], answers: list[bytes]) -> None:
    """Give each its answer, in the event loop; a connection that has ended meanwhile wants none."""
    for asked, line in zip(together, answers, strict=True):
        if not asked.answered.done():
            asked.answered.set_result(line)


def act_together(together: list[Asked]) -> list[bytes]:
    """Return the lines that answer several messages, in their order; short acts share a transaction.

    When one of them fails in an unforeseen way nothing of the transaction stays, and each is done by itself.
    """
    hot = [asked for asked in together if isinstance(asked.received.message, HOT)]
    shared: list[bytes] = []
    if len(hot) > 1:
        try:
            with transaction.atomic():
                shared = [act(asked.conversation, asked.received) for asked in hot]
        except Exception:  # the outermost edge: whose fault it was is found, and logged, one by one
            shared = []
    lines = iter(shared)
    return [
        next(lines) if shared and isinstance(asked.received.message, HOT) else act_alone(asked) for asked in together
    ]


def act_alone(asked: Asked) -> bytes:
    """Return the line that answers a message."""
    try:
        return act(asked.conversation, asked.received)
    except Exception:  # the outermost edge: a bug, or a lost database, must not take the other terminals along
        log.exception("%s: no answer to %r", asked.conversation.peer, asked.received.content[:200])
        connections.close_all()
        again = SendAgain()
        return codec.encode(again, encoding=asked.conversation.encoding, sequence=asked.received.sequence)


def act(conversation: Conversation, received: codec.Received) -> bytes:
    """Do what a message asks and return the line to send."""
    response, terminal = answer(received, terminal=conversation.terminal, at=clock.now())
    if isinstance(received.message, Login):
        conversation.terminal = terminal
    return codec.encode(response, encoding=conversation.encoding, sequence=received.sequence)
