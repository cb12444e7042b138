"""Carriers on this machine that speak as the real ones do: an e-mail server, a text-message service, WeChat."""

import hmac
import json
import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from wenlan.notices.carriers import aliyun_sms
from wenlan.notices.carriers.reaching import Service

SECRET = "not a real secret"


@dataclass(slots=True)
class FakeCarrier:
    """What a pretended carrier heard, and how it behaves."""

    port: int = 0
    heard: list[dict[str, Any]] = field(default_factory=list)
    answer: dict[str, Any] | None = None
    hangs_up: bool = False
    tokens: int = 0

    def service(self, *, user: str = "account", signature: str = "示例图书馆") -> Service:
        """Return how it is reached."""
        return Service(
            host="127.0.0.1",
            port=self.port,
            is_encrypted=False,
            user=user,
            secret=SECRET,
            signature=signature,
            seconds=5,
        )


@contextmanager
def serving_sms() -> Iterator[FakeCarrier]:
    """Serve the text-message service: it checks signatures, takes messages once by OutId and tells of them."""
    with serving(lambda fake, query, _body: sms_answer(fake, query)) as fake:
        yield fake


def sms_answer(fake: FakeCarrier, query: dict[str, str]) -> dict[str, Any]:
    """Return what the service says to a call."""
    given = query.pop("Signature", "")
    if not hmac.compare_digest(given, aliyun_sms.signature("GET", query, SECRET)):
        return {"Code": "SignatureDoesNotMatch", "Message": "Specified signature is not matched"}
    if query["Action"] == "QuerySendDetails":
        found = [
            {"OutId": one["OutId"], "SendStatus": 3, "ErrCode": "DELIVERED"}
            for one in fake.heard
            if one["PhoneNumbers"] == query["PhoneNumber"]
        ]
        return {"Code": "OK", "SmsSendDetailDTOs": {"SmsSendDetailDTO": found}, "TotalCount": len(found)}
    fake.heard.append(query)
    return {"Code": "OK", "Message": "OK", "BizId": f"{len(fake.heard)}^0"}


@contextmanager
def serving_wechat() -> Iterator[FakeCarrier]:
    """Serve WeChat: a token for the right secret, each message once by `client_msg_id`."""
    with serving(wechat_answer) as fake:
        yield fake


def wechat_answer(fake: FakeCarrier, query: dict[str, str], body: bytes) -> dict[str, Any]:
    """Return what WeChat says to a call."""
    if not body:
        if query.get("secret") != SECRET:
            return {"errcode": 40125, "errmsg": "invalid appsecret"}
        fake.tokens += 1
        return {"access_token": f"token-{fake.tokens}", "expires_in": 7200}
    if query.get("access_token") != f"token-{fake.tokens}":
        return {"errcode": 40001, "errmsg": "invalid credential"}
    message = json.loads(body)
    if any(one["client_msg_id"] == message["client_msg_id"] for one in fake.heard):
        return {"errcode": 43116, "errmsg": "clientmsgid exist"}
    fake.heard.append(message)
    return {"errcode": 0, "errmsg": "ok", "msgid": 1000 + len(fake.heard)}


@contextmanager
def serving(answering: Any) -> Iterator[FakeCarrier]:
    """Serve a pretended HTTP service on a free port; it may be told to answer otherwise, or to hang up."""
    fake = FakeCarrier()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.do_POST()

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            said = answering(fake, dict(parse_qsl(urlsplit(self.path).query, keep_blank_values=True)), body)
            if fake.hangs_up:
                return
            data = json.dumps(fake.answer or said).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_said: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    fake.port = server.server_port
    with in_background(server):
        yield fake


@dataclass(slots=True)
class FakeMailServer:
    """Letters that a pretended e-mail server took, and what it says to each recipient."""

    port: int = 0
    letters: list[tuple[str, bytes]] = field(default_factory=list)
    to_recipients: str = "250 ok"
    hangs_up_after_data: bool = False

    def service(self) -> Service:
        """Return how it is reached."""
        return Service(
            host="127.0.0.1",
            port=self.port,
            is_encrypted=False,
            user="",
            secret="",
            signature="lib@example.org",
            seconds=5,
        )


@contextmanager
def serving_mail() -> Iterator[FakeMailServer]:
    """Serve a pretended e-mail server (RFC 5321, what a client needs of it)."""
    fake = FakeMailServer()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say("220 pretended")
            to = ""
            for line in iter(self.rfile.readline, b""):
                verb = line.decode().strip()
                word = verb.upper().split(":")[0].split(" ")[0]
                if word == "RCPT":
                    to = verb.partition(":")[2].split(">")[0].strip("<> ")
                    self.say(fake.to_recipients)
                elif word == "DATA":
                    self.say("354 go on")
                    if not self.take(to):
                        return
                else:
                    self.say("221 bye" if word == "QUIT" else "250 ok")

        def take(self, to: str) -> bool:
            body = b"".join(iter(self.rfile.readline, b".\r\n"))
            fake.letters.append((to, body))
            if not fake.hangs_up_after_data:
                self.say("250 taken")
            return not fake.hangs_up_after_data

        def say(self, words: str) -> None:
            self.wfile.write(words.encode() + b"\r\n")

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    fake.port = server.server_address[1]
    with in_background(server):
        yield fake


@contextmanager
def in_background(server: socketserver.BaseServer) -> Iterator[None]:
    """Let a server answer until the block ends."""
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
