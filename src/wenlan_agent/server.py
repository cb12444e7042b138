"""The agent's calls over HTTP, on this computer only: `docs/reference/agent.md` lists them.

A page is answered when it comes from an address of the library and knows a token. It gets the token for the six
digits that stand in the agent's window: who sits at the computer decides.
"""

from __future__ import annotations

import hmac
import json
import queue
import secrets
import threading
import time
from dataclasses import asdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Callable
from urllib.parse import parse_qs, urlsplit

from wenlan_agent import VERSION, keeping
from wenlan_agent.devices import DeviceTrouble, IdentityReader, NoCard, TagGone
from wenlan_agent.keeping import Settings
from wenlan_agent.labels import ITEM, Label, profile
from wenlan_agent.watching import Pad, Refused

LOCAL = ("127.0.0.1", "localhost", "[::1]")
LONGEST_BODY = 4096
QUIET_SECONDS = 15.0
CARD_WAITS_SECONDS = 8.0
FREE_TRIES, HELD_BACK_SECONDS = 5, 60.0
MOST_LISTENERS, MOST_WAITING = 20, 500
Answer = dict  # what goes out as JSON


class Problem(Exception):
    """A call that is not answered as asked: the status of HTTP, and a stable code."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status, self.code = status, code


class Agent:
    """The devices of one computer, those who listen, and those who may ask. Safe to call from any thread."""

    def __init__(self, settings: Settings, keep: Callable[[Settings], None]) -> None:
        self.settings = settings
        self.pads: list[Pad] = []
        self.identity_reader: Callable[[], IdentityReader] | None = None
        self.pairing = f"{secrets.randbelow(10**6):06d}"
        self._keep = keep
        self._identity: IdentityReader | None = None
        self._identity_lock = threading.Lock()
        self._listeners: list[queue.Queue[str]] = []
        self._lock = threading.Lock()
        self._wrong, self._wrong_at = 0, 0.0

    @property
    def pad(self) -> Pad:
        """The pad on the desk. Raises Problem without one."""
        for pad in self.pads:
            if not pad.is_gate:
                return pad
        raise Problem(409, "no_pad")

    def tell(self, event: str, data: Any) -> None:
        """Tell all who listen; one who does not read is forgotten."""
        line = f"event: {event}\ndata: {json.dumps(data)}\n\n"
        with self._lock:
            for listener in tuple(self._listeners):
                try:
                    listener.put_nowait(line)
                except queue.Full:
                    self._listeners.remove(listener)

    def listen(self) -> queue.Queue[str]:
        """Return a queue of events that begins with how everything is now."""
        listener: queue.Queue[str] = queue.Queue(MOST_WAITING)
        listener.put_nowait(f"event: hello\ndata: {json.dumps(self.now())}\n\n")
        with self._lock:
            self._listeners.append(listener)
            del self._listeners[:-MOST_LISTENERS]
        return listener

    def leave(self, listener: queue.Queue[str]) -> None:
        """Stop telling one."""
        with self._lock:
            if listener in self._listeners:
                self._listeners.remove(listener)

    def listens(self, listener: queue.Queue[str]) -> bool:
        """Return whether one is told still."""
        return listener in self._listeners

    def now(self) -> Answer:
        """Return the devices and what lies on the pad."""
        tags = [tag for pad in self.pads if not pad.is_gate for tag in pad.tags()]
        devices = [pad.state() for pad in self.pads]
        if self.identity_reader is not None:
            devices.append({"kind": "identity", "name": self.settings.identity, "trouble": ""})
        if self.settings.cards:
            devices.append({"kind": "cards", "name": self.settings.cards, "trouble": ""})
        return {"version": VERSION, "devices": devices, "tags": tags}

    def knows(self, token: str) -> bool:
        """Return whether a page may ask."""
        told = keeping.digest(token)
        return any(hmac.compare_digest(told, kept) for kept in self.settings.tokens)

    def pair(self, code: str) -> Answer:
        """Return a token for the digits in the window; they change after that. Raises Problem."""
        with self._lock:
            if self._wrong >= FREE_TRIES and time.monotonic() - self._wrong_at < HELD_BACK_SECONDS:
                raise Problem(429, "too_many_tries")
            is_right = hmac.compare_digest(code.encode(), self.pairing.encode())
            if is_right or self._wrong >= FREE_TRIES:
                self.pairing = f"{secrets.randbelow(10**6):06d}"
                show_pairing(self.pairing)
                self._wrong = 0
            if not is_right:
                self._wrong, self._wrong_at = self._wrong + 1, time.monotonic()
                raise Problem(403, "wrong_code")
            token, self.settings = keeping.new_token(self.settings)
            self._keep(self.settings)
        return {"token": token}

    def read_identity(self, seconds: float) -> Answer:
        """Return the identity card that is laid on the reader within a time. Raises Problem."""
        if self.identity_reader is None:
            raise Problem(409, "no_identity_reader")
        until = time.monotonic() + seconds
        with self._identity_lock:
            while True:
                try:
                    if self._identity is None:
                        self._identity = self.identity_reader()
                    return asdict(self._identity.read())
                except NoCard:
                    if time.monotonic() > until:
                        raise Problem(404, "no_card") from None
                except DeviceTrouble as trouble:
                    if self._identity is not None:
                        self._identity.close()
                        self._identity = None
                    raise Problem(502, "device") from trouble
                time.sleep(0.2)

    def arm(self, uid: str, body: Answer) -> Answer:
        """Switch a tag's security. Raises Problem."""
        if not isinstance(body.get("armed"), bool):
            raise Problem(400, "unreadable")
        return self._asked(lambda: self.pad.arm(uid, armed=body["armed"]))

    def write(self, uid: str, body: Answer) -> Answer:
        """Write a label on a tag. Raises Problem."""
        try:
            texts = {name: body.get(name, "") for name in ("code", "owner", "shelf", "title")}
            counts = {name: body.get(name, 0) for name in ("part", "total")}
            known = profile(body.get("profile") or self.settings.profiles[0])
        except (KeyError, TypeError) as unknown:
            raise Problem(400, "unreadable") from unknown
        if not all(isinstance(text, str) for text in texts.values()) or not texts["code"]:
            raise Problem(400, "unreadable")
        if not all(isinstance(count, int) and 0 <= count < 100 for count in counts.values()):
            raise Problem(400, "unreadable")
        label = Label(ITEM, **texts, **counts)
        return self._asked(lambda: self.pad.write(uid, label, known, over=body.get("over") is True))

    def _asked(self, do: Callable[[], Answer]) -> Answer:
        try:
            return do()
        except TagGone:
            raise Problem(409, "gone") from None
        except Refused as refused:
            raise Problem(409, refused.code) from None
        except DeviceTrouble as trouble:
            raise Problem(502, "device") from trouble


def show_pairing(code: str) -> None:
    """Say the digits in the agent's window."""
    print(f"\n    配对码 / pairing code: {code}\n", flush=True)


class Handler(BaseHTTPRequestHandler):
    """One call of a page."""

    protocol_version = "HTTP/1.1"
    server_version = f"WenlanAgent/{VERSION}"
    sys_version = ""
    agent: Agent  # set by `serving`

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  # the name is the base class's
        """Say nothing: tokens and names do not belong on a screen."""

    def do_OPTIONS(self) -> None:
        """Answer a browser that asks whether the page may."""
        if not self._is_from_the_library():
            return self._send(403, {"code": "origin"})
        self.send_response(204)
        self._send_origin()
        self.send_header("Access-Control-Allow-Methods", "GET, POST")
        self.send_header("Access-Control-Allow-Headers", "Authorization, Content-Type")
        self.send_header("Access-Control-Allow-Private-Network", "true")
        self.send_header("Access-Control-Max-Age", "600")
        self.send_header("Content-Length", "0")
        self.end_headers()
        return None

    def do_GET(self) -> None:
        """Answer status, tags and the stream of events."""
        self._answer("GET")

    def do_POST(self) -> None:
        """Answer what changes something, or reads a person's card."""
        self._answer("POST")

    def _answer(self, method: str) -> None:
        try:
            if not self._is_from_the_library():
                raise Problem(403, "origin")
            body = self._body() if method == "POST" else {}
            self._send(200, self._call(method, urlsplit(self.path).path.strip("/").split("/"), body))
        except Problem as problem:
            self._send(problem.status, {"code": problem.code})
        except (ConnectionError, TimeoutError):
            self.close_connection = True

    def _call(self, method: str, parts: list[str], body: Answer) -> Answer:
        called = (method, *parts)
        if called == ("GET", "v1", "status"):
            return {"version": VERSION, "paired": self._is_known()}
        if called == ("POST", "v1", "pair"):
            return self.agent.pair(str(body.get("code", "")))
        if not self._is_known():
            raise Problem(401, "not_paired")
        if called == ("GET", "v1", "events"):
            return self._stream()
        if called == ("GET", "v1", "tags"):
            return self.agent.now()
        if called == ("POST", "v1", "identity"):
            return self.agent.read_identity(CARD_WAITS_SECONDS)
        if called[:3] == ("POST", "v1", "tags") and len(called) == 5:
            if called[4] == "security":
                return self.agent.arm(called[3], body)
            if called[4] == "label":
                return self.agent.write(called[3], body)
        raise Problem(404, "unknown_call")

    def _stream(self) -> Answer:
        """Send events until the page goes away. Raises Problem at the end of one that did not read."""
        listener = self.agent.listen()
        self.send_response(200)
        self._send_origin()
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        try:
            while self.agent.listens(listener):
                try:
                    line = listener.get(timeout=QUIET_SECONDS)
                except queue.Empty:
                    line = ": still here\n\n"
                self.wfile.write(line.encode())
                self.wfile.flush()
        finally:
            self.agent.leave(listener)
        raise ConnectionError

    def _is_from_the_library(self) -> bool:
        """Return whether the call is for this computer by its own name, and the page is one of the library's."""
        host = self.headers.get("Host", "").rpartition(":")[0] or self.headers.get("Host", "")
        return host in LOCAL and self.headers.get("Origin") in self.agent.settings.origins

    def _is_known(self) -> bool:
        sent = self.headers.get("Authorization", "").partition("Bearer ")[2]
        asked = parse_qs(urlsplit(self.path).query).get("token", [""])[0]
        return self.agent.knows(sent or asked)

    def _body(self) -> Answer:
        length = self.headers.get("Content-Length", "0")
        if not length.isdigit() or int(length) > LONGEST_BODY:
            self.close_connection = True
            raise Problem(413, "too_long")
        try:
            body = json.loads(self.rfile.read(int(length)) or b"{}")
        except (ValueError, RecursionError):
            raise Problem(400, "unreadable") from None
        if not isinstance(body, dict):
            raise Problem(400, "unreadable")
        return body

    def _send(self, status: int, said: Answer) -> None:
        body = json.dumps(said, ensure_ascii=False).encode()
        self.send_response(status)
        self._send_origin()
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def _send_origin(self) -> None:
        origin = self.headers.get("Origin", "")
        if origin in self.agent.settings.origins:
            self.send_header("Access-Control-Allow-Origin", origin)
            self.send_header("Vary", "Origin")


def serving(agent: Agent, port: int) -> ThreadingHTTPServer:
    """Return a server that answers for an agent on this computer. Raises OSError when the port is taken."""
    handler = type("AgentHandler", (Handler,), {"agent": agent})
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    server.daemon_threads = True
    return server
