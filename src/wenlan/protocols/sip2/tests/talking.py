"""A terminal of the tests: a socket, and lines over it."""

import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager

from wenlan.protocols.sip2 import codec
from wenlan.protocols.sip2.server import Sip2Server

NOW = "20190304    101500"


@contextmanager
def running_server() -> Iterator[int]:
    """Serve on a free port; yield the port."""
    server = Sip2Server("127.0.0.1", 0)
    server.start()
    try:
        yield server.port
    finally:
        server.stop()


def ask(connection: socket.socket, line: bytes) -> bytes:
    """Send bytes and return the line that answers, with its end; what came before the hang-up otherwise."""
    connection.sendall(line)
    answer = b""
    while not answer.endswith(b"\r"):
        part = connection.recv(65536)
        if not part:
            break
        answer += part
    return answer


class Terminal:
    """A signed-in terminal that sends messages and reads answers, all through our codec."""

    def __init__(self, port: int, code: str = "K1", *, encoding: str = "utf-8", checked: bool = False) -> None:
        self.connection = socket.create_connection(("127.0.0.1", port), timeout=20)
        self.encoding, self.sequence = encoding, 0 if checked else None
        assert ask(self.connection, f"9300CN{code}|COkiosk|\r".encode()) == b"941\r"

    def say(self, message: object) -> object:
        """Send a message; return the answer as a message."""
        sequence = None if self.sequence is None else str(self.sequence)
        line = ask(self.connection, codec.encode(message, encoding=self.encoding, sequence=sequence))
        received = codec.decode(line[:-1], self.encoding)
        assert received.sequence == sequence
        if self.sequence is not None:
            self.sequence = (self.sequence + 1) % 10
        return received.message


@contextmanager
def terminal(port: int, code: str = "K1", *, encoding: str = "utf-8", checked: bool = False) -> Iterator[Terminal]:
    """A signed-in terminal that hangs up at the end."""
    talking = Terminal(port, code, encoding=encoding, checked=checked)
    with closing(talking.connection):
        yield talking
