"""Who does the acts: a few threads with a database connection each, and a queue before them.

Where one thread writes (SQLite) it does what waits in one transaction, so that several terminals share one
write to the disk. No answer leaves before that write. What takes long (a password is slow by intent, a
registration writes much) has a lane of its own, so that nobody who scans books waits behind it.
"""

import asyncio
import logging
import queue
import threading
from dataclasses import dataclass
from functools import partial

from django.db import connection, connections

from wenlan.kernel.together import in_one_transaction
from wenlan.protocols.sip2 import codec, handlers
from wenlan.protocols.sip2 import requests as ask
from wenlan.protocols.sip2.responses import SendAgain
from wenlan.protocols.sip2.terminals import TerminalView
from wenlan.protocols.sip2.types import Encoding, FaultKind
from wenlan.protocols.sip2.watching import BOARD, Fault
from wenlan.ui import clock

log = logging.getLogger(__name__)
# On SQLite more threads would only take the interpreter from one another; PostgreSQL works while they wait for it.
THREADS = {"sqlite": 1, "postgresql": 3}
TOGETHER = {"sqlite": 8, "postgresql": 1}
# Of known, short length: they may stand in one transaction.
HOT = (ask.CheckoutRequest, ask.CheckinRequest, ask.RenewRequest)
SLOW = (ask.Login, ask.RegistrationRequest, ask.RenewAllRequest)


@dataclass(slots=True, eq=False)
class Conversation:
    """What is remembered of one connection."""

    peer: str
    terminal: TerminalView | None = None
    last_answer: bytes = b""
    wrong_lines: int = 0
    is_checked: bool = False

    @property
    def encoding(self) -> str:
        """The terminal's own encoding; before it has signed in GBK, as Chinese terminals expect."""
        return self.terminal.encoding if self.terminal else Encoding.GBK.value

    def fault(self, kind: FaultKind, line: bytes, message: str = "", *, code: str = "") -> None:
        """Note what went wrong, for the device page."""
        terminal = self.terminal
        BOARD.fault(
            Fault(
                at=clock.now(),
                terminal=terminal.id if terminal else None,
                code=terminal.code if terminal else code,
                peer=self.peer,
                kind=kind.value,
                message=message,
                line=line,
                encoding=self.encoding,
            )
        )


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
        self._slow: queue.SimpleQueue[Asked | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._work, name=f"sip2-acts-{number}", daemon=True)
            for number in range(THREADS[connection.vendor])
        ]
        self._slow_thread = threading.Thread(target=self._work_slowly, name="sip2-slow", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        for thread in (*self._threads, self._slow_thread):
            thread.start()

    def stop(self) -> None:
        """End after what waits has been done."""
        for _thread in self._threads:
            self._waiting.put(None)
        self._slow.put(None)
        for thread in (*self._threads, self._slow_thread):
            thread.join(timeout=10)

    async def ask(self, conversation: Conversation, received: codec.Received) -> bytes:
        """Return the line that answers a message."""
        asked = Asked(conversation, received, self._loop.create_future())
        (self._slow if is_slow(conversation, received.message) else self._waiting).put(asked)
        return await asked.answered

    def _work_slowly(self) -> None:
        while (asked := self._slow.get()) is not None:
            self._loop.call_soon_threadsafe(deliver, [asked], [act_alone(asked)])
        connection.close()

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


def is_slow(conversation: Conversation, message: object) -> bool:
    """Return whether a message may take long: a password has to be proven, or much is written."""
    if isinstance(message, SLOW):
        return True
    asks = conversation.terminal is not None and conversation.terminal.asks_password
    return bool(getattr(message, "patron_password", "")) and (asks or not isinstance(message, HOT))


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
    acts = [partial(act, asked.conversation, asked.received) for asked in hot]
    shared = in_one_transaction(acts) if len(acts) > 1 else None
    lines = iter(shared or ())
    return [
        next(lines) if shared and isinstance(asked.received.message, HOT) else act_alone(asked) for asked in together
    ]


def act_alone(asked: Asked) -> bytes:
    """Return the line that answers a message."""
    try:
        return act(asked.conversation, asked.received)
    except Exception:  # the outermost edge: a bug, or a lost database, must not take the other terminals along
        log.exception("%s: no answer to message %s", asked.conversation.peer, asked.received.content[:2])
        asked.conversation.fault(FaultKind.CRASH, asked.received.content)
        connections.close_all()
        return codec.encode(SendAgain(), encoding=asked.conversation.encoding, is_checked=asked.received.is_checked)


def act(conversation: Conversation, received: codec.Received) -> bytes:
    """Do what a message asks and return the line to send."""
    reply = handlers.answer(received, terminal=conversation.terminal, at=clock.now())
    if isinstance(received.message, ask.Login):
        conversation.terminal = reply.terminal
    if reply.fault is not None:
        code = getattr(received.message, "login_user_id", "")
        conversation.fault(reply.fault, received.content, reply.message, code=code)
    is_checked = received.is_checked
    return codec.encode(
        reply.response, encoding=conversation.encoding, sequence=received.sequence, is_checked=is_checked
    )  # fmt: skip
