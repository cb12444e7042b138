"""Desks that scan: HTTP over kept connections, one thread a desk, standard library only.

    python -m tools.bench.desks HOST:PORT FIRST COUNT DESKS

Each desk signs in as a librarian does, lends its share of the pairs and takes them back by the scan endpoint of the
circulation desk, which finds out by itself what a scan means, as it does for a librarian; prints the rate and the
waits as JSON.
"""

import json
import re
import socket
import sys
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tools.bench.stage import LIBRARIAN, LIBRARIANS_PASSWORD, barcode, card

WARM_UP = 25
LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
COOKIE = re.compile(rb"set-cookie: *(\w+)=([^;]*)", re.IGNORECASE)


@dataclass(slots=True)
class Desk:
    """One browser: its cookies, its connection, and how long each answer took, in seconds."""

    host: str
    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    connection: socket.socket = field(init=False)

    def __post_init__(self) -> None:
        self.connection = socket.create_connection((self.host, self.port), timeout=60)
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.send("GET", "/desk/sign-in/")
        form = {"username": LIBRARIAN, "password": LIBRARIANS_PASSWORD}
        form["csrfmiddlewaretoken"] = self.cookies["csrftoken"]
        self.send("POST", "/desk/sign-in/", urlencode(form).encode(), "application/x-www-form-urlencoded")
        if "wenlan_session" not in self.cookies:
            raise ConnectionError("the librarian may not sign in")

    def send(self, method: str, path: str, body: bytes = b"", kind: str = "application/json") -> bytes:
        """Send a request; return the body of the answer."""
        head = [
            f"{method} {path} HTTP/1.1",
            f"Host: {self.host}:{self.port}",
            f"Referer: http://{self.host}:{self.port}/desk/",
            f"Cookie: {'; '.join(f'{name}={value}' for name, value in self.cookies.items())}",
        ]
        if method == "POST":
            token = self.cookies["csrftoken"]
            head += [f"X-CSRFToken: {token}", f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
        self.connection.sendall("\r\n".join([*head, "", ""]).encode() + body)
        return self.receive()

    def receive(self) -> bytes:
        """Read an answer; keep its cookies and return its body."""
        received = b""
        while b"\r\n\r\n" not in received:
            received += self.more()
        head, _, body = received.partition(b"\r\n\r\n")
        self.cookies |= {name.decode(): value.decode() for name, value in COOKIE.findall(head)}
        found = LENGTH.search(head)
        while found and len(body) < int(found[1]):
            body += self.more()
        return body

    def more(self) -> bytes:
        """Return what comes next. Raises ConnectionError when nothing does."""
        part = self.connection.recv(65536)
        if not part:
            raise ConnectionError("the server hung up")
        return part

    def scan(self, mode: str, pair: int) -> None:
        """Scan an item, and keep how long it took, and the answer when it is not a good one."""
        sent = {"key": f"desk-{mode}-{pair}", "mode": "auto", "code": barcode(pair)}
        if mode == "out":
            sent["reader"] = card(pair)
        body = json.dumps(sent).encode()
        began = time.perf_counter()
        answer = self.send("POST", "/desk/circulation/scan", body)
        self.waits.append(time.perf_counter() - began)
        said = json.loads(answer)
        if (said.get("outcome"), said.get("act")) != ("good", mode):
            self.failures.append(answer.decode()[:300])

    def serve(self, pairs: range) -> None:
        """Lend the pairs, then take them back."""
        for mode in ("out", "in"):
            for pair in pairs:
                self.scan(mode, pair)


def measure(address: str, first: int, count: int, desks: int) -> dict[str, float | str]:
    """Return scans a second over all desks, and the waits after warm-up in milliseconds."""
    host, _, port = address.rpartition(":")
    browsers = [Desk(host, int(port)) for _ in range(desks)]
    for number, browser in enumerate(browsers):
        browser.serve(range(first + number * WARM_UP, first + (number + 1) * WARM_UP))
        browser.waits.clear()
    share, start = count // desks, first + desks * WARM_UP
    threads = [
        threading.Thread(target=browser.serve, args=(range(start + number * share, start + (number + 1) * share),))
        for number, browser in enumerate(browsers)
    ]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    waits = sorted(wait for browser in browsers for wait in browser.waits)
    failures = [failure for browser in browsers for failure in browser.failures]
    return {
        "rate": len(waits) / seconds,
        "p50": 1000 * waits[len(waits) // 2],
        "p95": 1000 * waits[int(0.95 * len(waits))],
        "longest": 1000 * waits[-1],
        "failures": len(failures),
        "first_failure": failures[0] if failures else "",
    }


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], *map(int, sys.argv[2:5]))))
