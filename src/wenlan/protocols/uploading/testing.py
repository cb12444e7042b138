"""A centre that speaks SRU Record Update on this machine, and one that is only pretended."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from xml.etree import ElementTree

from wenlan.protocols.copying.types import TargetFailed
from wenlan.protocols.sru.client import all_named
from wenlan.protocols.uploading.types import Letter, Receipt, UploadState

DIAGNOSTIC = "info:srw/diagnostic/12/"


@dataclass(slots=True)
class FakeCentre:
    """A centre that takes a record once, and refuses one without a title or one it has already."""

    taken: dict[str, str] = field(default_factory=dict)
    fails_with: TargetFailed | None = None

    def hand_in(self, letter: Letter) -> Receipt:
        """Take a record, or say why not."""
        if self.fails_with is not None:
            raise self.fails_with
        if 'tag="200"' not in letter.record and 'tag="245"' not in letter.record:
            return Receipt(state=UploadState.REFUSED, reason="Invalid data structure: no title")
        if letter.action == "create" and f"U{letter.identifier}" in self.taken:
            return Receipt(state=UploadState.REFUSED, reason="Record already exists")
        number = letter.identifier if letter.identifier in self.taken else f"U{letter.identifier}"
        self.taken[number] = letter.record
        return Receipt(state=UploadState.ACCEPTED, identifier=number)


@dataclass(slots=True)
class ServedCentre:
    """What a served centre heard: the requests whole, and who sent them."""

    port: int
    behind: FakeCentre
    heard: list[bytes] = field(default_factory=list)
    signed: list[str] = field(default_factory=list)


@contextmanager
def serving_centre(status: int = 200, answer: bytes | None = None) -> Iterator[ServedCentre]:
    """Serve a centre on a free port; with `answer` it says that to whatever it is sent, with `status` that."""

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            centre.heard.append(body)
            centre.signed.append(self.headers.get("Authorization", ""))
            said = answer if answer is not None else answered(centre.behind.hand_in(read_letter(body)))
            self.send_response(status)
            self.send_header("Content-Type", "text/xml")
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_said: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Taking)
    centre = ServedCentre(server.server_port, FakeCentre())
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield centre
    finally:
        server.shutdown()
        server.server_close()


def read_letter(body: bytes) -> Letter:
    """Return the record that a request hands in."""
    root = ElementTree.fromstring(body)
    record = next(iter(all_named(root, "recordData")[0]))
    return Letter(
        identifier=all_named(root, "recordIdentifier")[0].text or "",
        record=ElementTree.tostring(record, encoding="unicode"),
        action=(all_named(root, "action")[0].text or "").rpartition("/")[2],
        schema=all_named(root, "recordSchema")[0].text or "",
    )


def answered(receipt: Receipt) -> bytes:
    """Return a receipt as a server writes it (SRU Record Update 1.0, response)."""
    status = {UploadState.ACCEPTED: "success", UploadState.SENT: "delayed"}.get(receipt.state, "fail")
    diagnostics = (
        f'<srw:diagnostics><d:diagnostic xmlns:d="http://www.loc.gov/zing/srw/diagnostic/"><d:uri>{DIAGNOSTIC}1</d:uri>'
        f"<d:message>{receipt.reason}</d:message></d:diagnostic></srw:diagnostics>"
        if receipt.reason
        else ""
    )
    number = f"<u:recordIdentifier>{receipt.identifier}</u:recordIdentifier>" if receipt.identifier else ""
    return (
        '<srw:updateResponse xmlns:srw="http://www.loc.gov/zing/srw/" xmlns:u="info:lc/xmlns/update-v1">'
        f"<srw:version>1.0</srw:version><u:operationStatus>{status}</u:operationStatus>{number}{diagnostics}"
        "</srw:updateResponse>"
    ).encode()
