"""The SIP2 server: one event loop for all connections; the acts are done beside it.

A connection is answered in order, one message at a time; a slow or mute terminal waits alone. A line ends with CR,
as the standard says, or with LF or both, as machines send it.
"""

import asyncio
import contextlib
import logging
import re
import sys
import threading
import time
from collections import OrderedDict
from concurrent.futures import Future

from wenlan.protocols.sip2 import codec
from wenlan.protocols.sip2.acting import Acting, Conversation
from wenlan.protocols.sip2.errors import MalformedMessage, WrongChecksum
from wenlan.protocols.sip2.requests import Login, ResendRequest
from wenlan.protocols.sip2.responses import LoginResponse, SendAgain
from wenlan.protocols.sip2.terminals import as_they_stand
from wenlan.protocols.sip2.types import FaultKind
from wenlan.protocols.sip2.watching import BOARD, Watcher
from wenlan.ui import clock

log = logging.getLogger(__name__)
LONGEST_LINE = 8192  # the standard asks for 1,024 at least
LINE_END = re.compile(rb"[\r\n]")  # neither is part of a letter in any of the encodings
AT_ONCE = 4096
IDLE_SECONDS = 30 * 60
WRONG_LINES = 20  # so many in a row, and the other side does not speak SIP2
FREE_SIGN_INS, HELD_BACK_SECONDS = 10, 60.0  # after so many refused ones in a row an address waits
MOST_REFUSED = 1000
MOST_CONNECTIONS = 500  # then the one that has been silent longest makes room
DRAIN_SECONDS = 30  # a terminal that does not read its answers is let go
SWITCH_SECONDS = 0.00005  # Python's default of 5 ms between threads would be most of an answer


class Sip2Server:
    """Listens on one address from `start` until `stop`."""

    def __init__(self, host: str, port: int) -> None:
        self.host = host
        self.port = port
        self._loop = asyncio.new_event_loop()
        self._acting = Acting(self._loop)
        self._talks: OrderedDict[Conversation, asyncio.StreamWriter] = OrderedDict()  # the longest silent first
        self._refused: OrderedDict[tuple[str, str], tuple[int, float]] = OrderedDict()
        self._watcher = Watcher(self._look_again)

    def start(self) -> None:
        """Begin to listen and return. Raises OSError when the address is taken."""
        sys.setswitchinterval(SWITCH_SECONDS)
        began: Future[int] = Future()
        threading.Thread(target=self._run, args=(began,), name="sip2", daemon=True).start()
        self.port = began.result()
        self._acting.start()
        self._watcher.start()

    def stop(self) -> None:
        """Close all connections after the act at hand."""
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(timeout=10)
        self._acting.stop()
        self._watcher.stop()
        self._loop.call_soon_threadsafe(self._loop.stop)

    def _run(self, began: "Future[int]") -> None:
        asyncio.set_event_loop(self._loop)
        try:
            listening = asyncio.start_server(self._talk, self.host, self.port, limit=LONGEST_LINE)
            server = self._loop.run_until_complete(listening)
        except OSError as taken:
            began.set_exception(taken)
            return
        began.set_result(server.sockets[0].getsockname()[1])
        self._loop.run_forever()

    async def _close(self) -> None:
        for writer in tuple(self._talks.values()):
            writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        conversation = Conversation(peer=str((writer.get_extra_info("peername") or ("",))[0]))
        self._make_room()
        self._talks[conversation] = writer
        came = bytearray()
        try:
            while conversation.wrong_lines < WRONG_LINES:
                async with asyncio.timeout(IDLE_SECONDS):  # `wait_for` would make a task for each message
                    line = await next_line(reader, came)
                if line := line.strip(b"\0 "):
                    self._talks.move_to_end(conversation)
                    writer.write(await self._answer(conversation, line))
                    async with asyncio.timeout(DRAIN_SECONDS):
                        await writer.drain()
        except asyncio.LimitOverrunError:
            conversation.fault(FaultKind.UNREADABLE, bytes(came))
        except (asyncio.IncompleteReadError, TimeoutError, ConnectionError) as end:
            log.debug("%s ended: %r", conversation.peer, end)
        finally:
            self._talks.pop(conversation, None)
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    def _make_room(self) -> None:
        """Hang up on the connection that has been silent longest when there are too many: who left, or leaks them."""
        while len(self._talks) >= MOST_CONNECTIONS:
            strangers = (talk for talk in self._talks if talk.terminal is None)
            silent = next(strangers, next(iter(self._talks)))
            self._talks.pop(silent).close()

    async def _answer(self, conversation: Conversation, line: bytes) -> bytes:
        try:
            received = codec.decode(line, conversation.encoding)
        except MalformedMessage as wrong:
            conversation.wrong_lines += 1
            kind = FaultKind.CHECKSUM if isinstance(wrong, WrongChecksum) else FaultKind.UNREADABLE
            log.info("%s: %s", conversation.peer, wrong)
            conversation.fault(kind, line)
            return codec.encode(SendAgain(), encoding="ascii", is_checked=conversation.is_checked)
        conversation.wrong_lines = 0
        conversation.is_checked = received.is_checked
        if isinstance(received.message, ResendRequest) and conversation.last_answer:
            return conversation.last_answer
        began = time.perf_counter()
        if isinstance(received.message, Login) and self._is_held_back(conversation.peer, received.message):
            return codec.encode(LoginResponse(ok="0"), encoding="ascii", sequence=received.sequence)
        conversation.last_answer = await self._acting.ask(conversation, received)
        if isinstance(received.message, Login):
            self._signed_in(conversation, received.message)
        if conversation.terminal is not None:
            seconds = time.perf_counter() - began
            BOARD.note(conversation.terminal.id, clock.now(), conversation.last_answer, seconds)
        return conversation.last_answer

    def _look_again(self) -> None:
        """Let what staff changed about a terminal hold for its open connections too (one statement)."""
        talks = [talk for talk in tuple(self._talks) if talk.terminal is not None]
        if not talks:
            return
        now = as_they_stand([talk.terminal for talk in talks if talk.terminal])
        for talk in talks:
            if (terminal := talk.terminal) is not None:
                talk.terminal = now.get(terminal.id)

    def _is_held_back(self, peer: str, login: Login) -> bool:
        """Return whether too many sign-ins under a name were refused from an address: it has to wait.

        Counted by name, because the machines of a branch may share one address: one with an old password does not
        keep the others out.
        """
        count, since = self._refused.get((peer, login.login_user_id), (0, 0.0))
        return count >= FREE_SIGN_INS and time.monotonic() - since < HELD_BACK_SECONDS

    def _signed_in(self, conversation: Conversation, login: Login) -> None:
        """Count sign-ins that were refused; a right one clears the name."""
        name = conversation.peer, login.login_user_id
        count, _since = self._refused.pop(name, (0, 0.0))
        if conversation.terminal is None:
            self._refused[name] = count + 1, time.monotonic()
            while len(self._refused) > MOST_REFUSED:
                self._refused.popitem(last=False)


async def next_line(reader: asyncio.StreamReader, came: bytearray) -> bytes:
    """Return the next line without its end; `came` keeps what follows it.

    Raises LimitOverrunError for a line without an end, IncompleteReadError when the other side has hung up.
    """
    while (end := LINE_END.search(came)) is None:
        if len(came) > LONGEST_LINE:
            raise asyncio.LimitOverrunError("a line without an end", len(came))
        part = await reader.read(AT_ONCE)
        if not part:
            raise asyncio.IncompleteReadError(bytes(came), None)
        came += part
    line = bytes(came[: end.start()])
    del came[: end.end()]
    return line
