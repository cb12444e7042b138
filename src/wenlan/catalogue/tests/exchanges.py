"""Exchanges with a search cluster, kept as JSON: recorded from a real one, or written down from its documentation.

A file says where its exchanges come from (`source`) and holds requests with their answers in order. To record those of
the contract suite, run it with WENLAN_TEST_CLUSTER=http://user:password@host:9200; user and password are not kept.
"""

import json
import os
import threading
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

KEPT = Path(__file__).with_name("exchanges")
LIVE = os.environ.get("WENLAN_TEST_CLUSTER", "")
Exchange = dict[str, Any]


def kept(name: str, folder: Path = KEPT) -> tuple[str, list[Exchange]]:
    """Return where exchanges come from, and them."""
    read = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return read["source"], read["exchanges"]


def recorded() -> list[str]:
    """Return the names of what was recorded from a real cluster while the contract suite ran."""
    return sorted(one.stem for one in KEPT.glob("test_*.json"))


@contextmanager
def replayed(exchanges: list[Exchange]) -> Iterator[str]:
    """Serve the answers in their order; any other request than the one kept is answered 599, and fails at the end."""
    waiting, faults = list(exchanges), []

    def answer(method: str, path: str, lines: list[Any]) -> tuple[int, bytes]:
        said = {"method": method, "path": path, "lines": lines}
        following = waiting.pop(0) if waiting else {}
        if {name: following.get(name) for name in said} != said:
            faults.append((said, following))
            return 599, b"{}"
        return following["status"], json.dumps(following["answer"]).encode()

    with served(answer) as url:
        yield url
    assert (faults, waiting) == ([], [])


@contextmanager
def recording(name: str, *, of: str = LIVE, into: Path = KEPT) -> Iterator[str]:
    """Pass every request on to the real cluster, and keep it with its answer under a name."""
    cluster = urlsplit(of)
    exchanges: list[Exchange] = []
    signed = {"Content-Type": "application/json"}
    if cluster.username:
        said = f"{unquote(cluster.username)}:{unquote(cluster.password or '')}".encode()
        signed["Authorization"] = f"Basic {b64encode(said).decode()}"

    def answer(method: str, path: str, lines: list[Any]) -> tuple[int, bytes]:
        connection = HTTPConnection(cluster.hostname or "localhost", cluster.port or 9200, timeout=30)
        body = b"".join(json.dumps(one).encode() + b"\n" for one in lines)
        connection.request(method, path, body=body, headers=signed)
        found = connection.getresponse()
        content = found.read()
        asked = {"method": method, "path": path, "lines": lines}
        exchanges.append({**asked, "status": found.status, "answer": json.loads(content or b"{}")})
        return found.status, content

    answer("DELETE", "/wenlan-shape*", [])
    exchanges.clear()
    with served(answer) as url:
        yield url
    version = json.loads(answer("GET", "/", [])[1])["version"]
    source = f"recorded from {version.get('distribution', 'elasticsearch')} {version['number']}"
    text = json.dumps({"source": source, "exchanges": exchanges[:-1]}, ensure_ascii=False, indent=1)
    (into / f"{name}.json").write_text(text + "\n", encoding="utf-8")


@contextmanager
def served(answer: Any) -> Iterator[str]:
    """Serve what `answer(method, path, lines)` returns as status and body; yield the address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, body = answer(self.command, self.path, [json.loads(one) for one in raw.splitlines() if one])
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_DELETE = handle_one

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/wenlan"
    finally:
        server.shutdown()
        server.server_close()
