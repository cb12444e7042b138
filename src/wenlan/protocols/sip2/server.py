"""The SIP2 server: one event loop for all connections; the acts are done beside it.

A connection is answered in order, one message at a time; a slow or mute terminal waits alone.
"""

import asyncio
import contextlib
import logging
import sys
import threading
from concurrent.futures import Future

from wenlan.protocols.sip2 import codec
from wenlan.protocols.sip2.acting import Acting, Conversation
from wenlan.protocols.sip2.errors import MalformedMessage
from wenlan.protocols.sip2.messages import ResendRequest, SendAgain

log = logging.getLogger(__name__)
LONGEST_LINE = 8192  # the standard asks for 1,024 at least
IDLE_SECONDS = 30 * 60
WRONG_LINES = 20  # so many in a row, and the other side does not speak SIP2
SWITCH_SECONDS = 0.00005  # Python's default of 5 ms between threads would be most of an answer


class Sip2Server:
    """Listens on one address from `start` until `stop`."""

    def __init__(self, host: str, port: int) -> None:
        self.host = host
        self.port = port
        self._loop = asyncio.new_event_loop()
        self._acting = Acting(self._loop)
        self._open: set[asyncio.StreamWriter] = set()

    def start(self) -> None:
        """Begin to listen and return. Raises OSError when the address is taken."""
        sys.setswitchinterval(SWITCH_SECONDS)
        began: Future[int] = Future()
        threading.Thread(target=self._run, args=(began,), name="sip2", daemon=True).start()
        self.port = began.result()
        self._acting.start()

    def stop(self) -> None:
        """Close all connections after the act at hand."""
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(timeout=10)
        self._acting.stop()
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
        for writer in tuple(self._open):
            writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        conversation = Conversation(peer=str(writer.get_extra_info("peername")))
        self._open.add(writer)
        try:
            while conversation.wrong_lines < WRONG_LINES:
                line = await asyncio.wait_for(reader.readuntil(b"\r"), IDLE_SECONDS)
                if line := line.strip(b"\r\n\0 "):
                    writer.write(await self._answer(conversation, line))
                    await writer.drain()
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError, ConnectionError) as end:
            log.debug("%s ended: %r", conversation.peer, end)
        finally:
            self._open.discard(writer)
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()

    async def _answer(self, conversation: Conversation, line: bytes) -> bytes:
        try:
            received = codec.decode(line, conversation.encoding)
        except MalformedMessage as wrong:
            conversation.wrong_lines += 1
            log.warning("%s: %s: %r", conversation.peer, wrong, line[:200])
            return codec.encode(SendAgain(), encoding="ascii")
        conversation.wrong_lines = 0
        if isinstance(received.message, ResendRequest) and conversation.last_answer:
            return conversation.last_answer
        conversation.last_answer = await self._acting.ask(conversation, received)
        return conversation.last_answer
