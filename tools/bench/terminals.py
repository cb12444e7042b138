"""Self-check machines: SIP2 over TCP, one thread a connection, standard library only.

    python -m tools.bench.terminals PORT FIRST COUNT CONNECTIONS

Each connection checks out its share of the pairs and takes them back; prints the rate and the waits as JSON.
"""

import json
import socket
import sys
import threading
import time
from dataclasses import dataclass, field

from tools.bench.stage import PASSWORD, TERMINAL, barcode, card

WARM_UP = 50


@dataclass(slots=True)
class Terminal:
    """One connection and how long each of its answers took, in seconds."""

    port: int
    waits: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    connection: socket.socket = field(init=False)
    received: bytes = b""

    def __post_init__(self) -> None:
        self.connection = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if not self.ask(f"9300CN{TERMINAL}|CO{PASSWORD}|").startswith("941"):
            raise ConnectionError("the terminal may not sign in")

    def ask(self, line: str) -> str:
        """Send a message and return the answer to it."""
        self.connection.sendall(line.encode() + b"\r")
        while b"\r" not in self.received:
            part = self.connection.recv(65536)
            if not part:
                raise ConnectionError("the server hung up")
            self.received += part
        answer, _, self.received = self.received.partition(b"\r")
        return answer.decode().strip()

    def timed(self, line: str, good: str) -> None:
        """Ask, and keep how long it took, and the answer when it is not a good one."""
        began = time.perf_counter()
        answer = self.ask(line)
        self.waits.append(time.perf_counter() - began)
        if not answer.startswith(good):
            self.failures.append(answer)

    def serve(self, pairs: range) -> None:
        """Lend the pairs, then take them back."""
        for pair in pairs:
            now = time.strftime("%Y%m%d    %H%M%S")
            self.timed(f"11YN{now}{' ' * 18}AO|AA{card(pair)}|AB{barcode(pair)}|AC|", "121")
        for pair in pairs:
            now = time.strftime("%Y%m%d    %H%M%S")
            self.timed(f"09N{now}{now}AP|AO|AB{barcode(pair)}|AC|", "101")


def measure(port: int, first: int, count: int, connections: int) -> dict[str, float]:
    """Return answers a second over all connections, and the waits after warm-up in milliseconds."""
    terminals = [Terminal(port) for _ in range(connections)]
    for number, terminal in enumerate(terminals):
        terminal.serve(range(first + number * WARM_UP, first + (number + 1) * WARM_UP))
        terminal.waits.clear()
    share, start = count // connections, first + connections * WARM_UP
    threads = [
        threading.Thread(target=terminal.serve, args=(range(start + number * share, start + (number + 1) * share),))
        for number, terminal in enumerate(terminals)
    ]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    waits = sorted(wait for terminal in terminals for wait in terminal.waits)
    return {
        "rate": len(waits) / seconds,
        "p50": 1000 * waits[len(waits) // 2],
        "p95": 1000 * waits[int(0.95 * len(waits))],
        "longest": 1000 * waits[-1],
        "failures": sum(len(terminal.failures) for terminal in terminals),
    }


if __name__ == "__main__":
    print(json.dumps(measure(*map(int, sys.argv[1:5]))))
