"""One search at another library's SRU server, within a time."""

from __future__ import annotations

from urllib.parse import urlencode
from xml.etree import ElementTree

from wenlan.kernel.xml import HostileXml, parse_untrusted
from wenlan.protocols.copying.types import Answer, TargetFailed
from wenlan.protocols.sru.wire import Target, exchange

__all__ = ["Target", "all_named", "diagnostics", "search"]


def search(target: Target, cql: str, *, most: int) -> Answer:
    """Return how many records the server has and the first `most` of them as MARCXML. Raises TargetFailed.

    A redirection is not followed: a target is where those who may define targets say it is.
    """
    parameters = {
        "operation": "searchRetrieve",
        "version": "1.1",
        "query": cql,
        "startRecord": "1",
        "maximumRecords": str(most),
        "recordPacking": "xml",
        "recordSchema": "marcxml",
    }
    answered = exchange(target, query=urlencode(parameters))
    try:
        return _answer(parse_untrusted(answered))
    except (HostileXml, ValueError) as error:
        raise TargetFailed(TargetFailed.GARBLED, str(error)) from error


def _answer(root: ElementTree.Element) -> Answer:
    """Return what an answer of any version says; names count, their namespaces differ."""
    said = "; ".join(diagnostics(root))
    records = tuple(one for element in all_named(root, "recordData") if (one := _record(element)))
    stated = next((one.text or "" for one in all_named(root, "numberOfRecords")), "").strip()
    if not stated.isdigit() and not said:
        raise TargetFailed(TargetFailed.GARBLED, "no number of records")
    if said and not records:
        raise TargetFailed(TargetFailed.REFUSED, said)
    return Answer(int(stated[:9]) if stated.isdigit() else len(records), records, said)


def _record(element: ElementTree.Element) -> bytes:
    """Return the MARCXML of a record, which may be packed as text, or nothing for another form."""
    held = next(iter(element), None)
    if held is None and (element.text or "").strip():
        held = parse_untrusted((element.text or "").strip().encode())
    if held is None:
        return b""
    record = next((one for one in held.iter() if _name(one) == "record"), None)
    return ElementTree.tostring(record, encoding="utf-8") if record is not None else b""


def diagnostics(root: ElementTree.Element) -> list[str]:
    """Return what an answer says went wrong, each with its message and details."""
    return [
        " ".join(part.text.strip() for part in one if part.text and _name(part) in ("message", "details"))
        for one in all_named(root, "diagnostic")
    ]


def all_named(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    """Return the elements of this name, in whichever namespace."""
    return [one for one in root.iter() if _name(one) == name]


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]
