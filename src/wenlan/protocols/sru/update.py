"""SRU Record Update 1.0 (Library of Congress, 8 June 2007): a record handed to another library's server.

The request goes as XML by HTTP POST. Prefixes and namespaces of answers differ between servers, so names count.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree

from wenlan.kernel.xml import HostileXml, parse_untrusted
from wenlan.protocols.copying.types import TargetFailed
from wenlan.protocols.markup import DECLARATION, element, leaf
from wenlan.protocols.sru.client import all_named, diagnostics
from wenlan.protocols.sru.wire import Target, exchange
from wenlan.protocols.uploading.types import Letter, Receipt, UploadState

SRW = "http://www.loc.gov/zing/srw/"
UPDATE = "info:lc/xmlns/update-v1"
ACTION = "info:srw/action/1/"
MARCXML = "info:srw/schema/1/marcxml-v1.1"
OUTCOMES = {
    "success": UploadState.ACCEPTED,
    "partial": UploadState.ACCEPTED,
    "delayed": UploadState.SENT,
    "fail": UploadState.REFUSED,
}


@dataclass(frozen=True, slots=True)
class SruUpdate:
    """A centre that speaks SRU Record Update."""

    target: Target

    def hand_in(self, letter: Letter) -> Receipt:
        """Hand a record in. Raises TargetFailed."""
        answered = exchange(self.target, body=written(letter))
        try:
            return read_receipt(parse_untrusted(answered))
        except (HostileXml, ValueError) as error:
            raise TargetFailed(TargetFailed.GARBLED, str(error), was_sent=True) from error


def written(letter: Letter) -> bytes:
    """Return the request that hands a record in."""
    record = element(
        "srw:record",
        leaf("srw:recordPacking", "xml")
        + leaf("srw:recordSchema", letter.schema)
        + element("srw:recordData", letter.record),
    )
    parts = (
        leaf("srw:version", "1.0"),
        leaf("ucp:action", f"{ACTION}{letter.action}"),
        leaf("ucp:recordIdentifier", letter.identifier),
        record,
    )
    whole = element("ucp:updateRequest", "".join(parts), xmlns_srw=SRW, xmlns_ucp=UPDATE)
    return f"{DECLARATION}{whole}".encode()


def read_receipt(root: ElementTree.Element) -> Receipt:
    """Return what the server said of the record, a SOAP fault included. Raises TargetFailed for no such answer."""
    status = _said(root, "operationStatus").lower()
    reason = "; ".join(diagnostics(root))
    if fault := _said(root, "faultstring"):
        return Receipt(state=UploadState.REFUSED, reason=fault[:300])
    if status not in OUTCOMES and not reason:
        raise TargetFailed(TargetFailed.GARBLED, "no operationStatus", was_sent=True)
    state = OUTCOMES.get(status, UploadState.REFUSED)
    return Receipt(state=state, identifier=_said(root, "recordIdentifier")[:64], reason=reason[:300])


def _said(root: ElementTree.Element, name: str) -> str:
    return next(((one.text or "").strip() for one in all_named(root, name)), "")
