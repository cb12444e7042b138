"""Messages as BER and back (the ASN.1 module Z39-50-APDU-1995; its tags stand in brackets). Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wenlan import __version__
from wenlan.protocols.z3950 import ber
from wenlan.protocols.z3950.ber import Malformed, Value
from wenlan.protocols.z3950.messages import (
    BIB_1,
    BIB_1_DIAGNOSTICS,
    RESULT_SET,
    Close,
    Diagnostic,
    InitRequest,
    InitResponse,
    Joined,
    Message,
    PresentRequest,
    PresentResponse,
    Retrieved,
    Rpn,
    SearchRequest,
    SearchResponse,
    Words,
)

INIT_REQUEST, INIT_RESPONSE, SEARCH_REQUEST, SEARCH_RESPONSE, PRESENT_REQUEST, PRESENT_RESPONSE = range(20, 26)
CLOSE = 48
OPERATORS = ("and", "or", "and-not")
MESSAGE_SIZE = 1 << 22
_MESSAGE_MASK, _MESSAGE_MARK = 0xE0, 0xA0  # of the context, made of values
_VERSIONS = (0, 1, 2)
_SEARCH_AND_PRESENT = (0, 1)
_RECORDS, _DIAGNOSTIC, _DIAGNOSTICS = 28, 130, 205


def encode(message: Message) -> bytes:
    """Return a message as bytes."""
    return ber.encode(_ENCODED[type(message)](message))


def decode(data: bytes) -> tuple[Message, int]:
    """Return the message that the bytes begin with, and how many they are. Raises Incomplete, Malformed."""
    if data and data[0] & _MESSAGE_MASK != _MESSAGE_MARK:
        raise Malformed("no message begins so")
    value, end = ber.decode(data)
    if value.kind != ber.CONTEXT or value.tag not in _DECODED:
        raise Malformed(f"no message has the tag {value.tag}")
    return _DECODED[value.tag](value), end


def _init_request(message: InitRequest) -> Value:
    signed_in = []
    if message.user:
        pair = (ber.octets(1, message.user.encode()), ber.octets(2, message.password.encode()))
        signed_in = [ber.values(7, ber.values(ber.SEQUENCE, *pair, kind=ber.UNIVERSAL))]
    return ber.values(INIT_REQUEST, *_terms(), *signed_in, *_implementation("Wenlan"))


def _terms() -> tuple[Value, ...]:
    return (
        ber.bits(3, *_VERSIONS),
        ber.bits(4, *_SEARCH_AND_PRESENT),
        ber.integer(5, MESSAGE_SIZE),
        ber.integer(6, MESSAGE_SIZE),
    )


def _implementation(name: str) -> tuple[Value, ...]:
    return ber.octets(111, name.encode()), ber.octets(112, __version__.encode())


def _read_init_request(value: Value) -> InitRequest:
    stated = value.find(7)
    if stated is None or not stated.parts:
        return InitRequest()
    pair = stated.parts[0]
    return InitRequest(user=_text(pair.find(1)), password=_text(pair.find(2)))


def _init_response(message: InitResponse) -> Value:
    return ber.values(INIT_RESPONSE, *_terms(), ber.boolean(12, message.accepted), *_implementation(message.name))


def _read_init_response(value: Value) -> InitResponse:
    return InitResponse(accepted=_needed(value, 12).is_true, name=_text(value.find(111)))


def _search_request(message: SearchRequest) -> Value:
    return ber.values(
        SEARCH_REQUEST,
        ber.integer(13, 0),
        ber.integer(14, 1),
        ber.integer(15, 0),
        ber.boolean(16, True),  # noqa: FBT003 - replace the result set
        ber.octets(17, RESULT_SET.encode()),
        ber.values(18, *(ber.octets(105, one.encode()) for one in message.databases)),
        ber.object_name(104, message.syntax),
        ber.values(21, ber.values(1, ber.object_name(ber.OBJECT, BIB_1, kind=ber.UNIVERSAL), _rpn(message.query))),
    )


def _read_search_request(value: Value) -> SearchRequest:
    stated = _needed(_needed(value, 21), 1).parts
    if len(stated) != 2:
        raise Malformed("the query is not of type 1")
    return SearchRequest(
        databases=tuple(one.text for one in _needed(value, 18).parts),
        query=_read_rpn(stated[1]),
        syntax=_needed(value, 104).object_name,
    )


def _rpn(query: Rpn) -> Value:
    if isinstance(query, Joined):
        operator = ber.values(46, ber.octets(OPERATORS.index(query.operator), b""))
        return ber.values(1, _rpn(query.left), _rpn(query.right), operator)
    attributes = (
        ber.values(ber.SEQUENCE, ber.integer(120, kind), ber.integer(121, number), kind=ber.UNIVERSAL)
        for kind, number in query.attributes
    )
    return ber.values(0, ber.values(102, ber.values(44, *attributes), ber.octets(45, query.term)))


def _read_rpn(value: Value) -> Rpn:
    if value.tag == 1 and len(value.parts) == 3 and value.parts[2].parts:
        operator = value.parts[2].parts[0].tag
        if operator >= len(OPERATORS):
            raise Malformed("the operator is unknown")
        return Joined(_read_rpn(value.parts[0]), OPERATORS[operator], _read_rpn(value.parts[1]))
    stated = _needed(value, 102)
    pairs = ((_needed(one, 120).number, _needed(one, 121).number) for one in _needed(stated, 44).parts)
    return Words(tuple(pairs), _needed(stated, 45).data)


def _search_response(message: SearchResponse) -> Value:
    return ber.values(
        SEARCH_RESPONSE,
        ber.integer(23, message.count),
        ber.integer(24, 0),
        ber.integer(25, 1),
        ber.boolean(22, message.succeeded),
        *_diagnostics(message.diagnostics),
    )


def _read_search_response(value: Value) -> SearchResponse:
    return SearchResponse(
        count=_needed(value, 23).number,
        succeeded=_needed(value, 22).is_true,
        diagnostics=_read_diagnostics(value),
    )


def _present_request(message: PresentRequest) -> Value:
    return ber.values(
        PRESENT_REQUEST,
        ber.octets(31, RESULT_SET.encode()),
        ber.integer(30, message.start),
        ber.integer(29, message.count),
        ber.values(19, ber.octets(0, b"F")),
        ber.object_name(104, message.syntax),
    )


def _read_present_request(value: Value) -> PresentRequest:
    return PresentRequest(
        start=_needed(value, 30).number, count=_needed(value, 29).number, syntax=_needed(value, 104).object_name
    )


def _present_response(message: PresentResponse) -> Value:
    records = (ber.values(_RECORDS, *map(_record, message.records)),) if message.records else ()
    counts = (ber.integer(24, len(message.records)), ber.integer(25, 0), ber.integer(27, 0))
    return ber.values(PRESENT_RESPONSE, *counts, *records, *_diagnostics(message.diagnostics))


def _record(record: Retrieved | Diagnostic) -> Value:
    if isinstance(record, Diagnostic):
        stated = ber.values(2, _diagnostic(record, ber.SEQUENCE, kind=ber.UNIVERSAL))
    else:
        syntax = ber.object_name(ber.OBJECT, record.syntax, kind=ber.UNIVERSAL)
        stated = ber.values(1, ber.values(ber.EXTERNAL, syntax, ber.octets(1, record.data), kind=ber.UNIVERSAL))
    return ber.values(ber.SEQUENCE, ber.values(1, stated), kind=ber.UNIVERSAL)


def _read_present_response(value: Value) -> PresentResponse:
    records = value.find(_RECORDS)
    listed = tuple(map(_read_record, records.parts)) if records else ()
    return PresentResponse(records=listed, diagnostics=_read_diagnostics(value))


def _read_record(value: Value) -> Retrieved | Diagnostic:
    stated = _needed(value, 1).parts
    if not stated or not stated[0].parts:
        raise Malformed("a record is empty")
    inner = stated[0].parts[0]
    if stated[0].tag == 2:
        return _read_diagnostic(inner)
    named = next((one.object_name for one in inner.parts if one.kind == ber.UNIVERSAL and one.tag == ber.OBJECT), "")
    held = next((one for one in inner.parts if one.kind == ber.CONTEXT), None)
    if held is None:
        raise Malformed("a record has no content")
    return Retrieved(named, held.data)


def _diagnostics(diagnostics: tuple[Diagnostic, ...]) -> tuple[Value, ...]:
    if len(diagnostics) == 1:
        return (_diagnostic(diagnostics[0], _DIAGNOSTIC),)
    listed = (_diagnostic(one, ber.SEQUENCE, kind=ber.UNIVERSAL) for one in diagnostics)
    return (ber.values(_DIAGNOSTICS, *listed),) if diagnostics else ()


def _diagnostic(diagnostic: Diagnostic, tag: int, *, kind: int = ber.CONTEXT) -> Value:
    return ber.values(
        tag,
        ber.object_name(ber.OBJECT, BIB_1_DIAGNOSTICS, kind=ber.UNIVERSAL),
        ber.integer(ber.INTEGER, diagnostic.condition, kind=ber.UNIVERSAL),
        ber.octets(ber.VISIBLE_STRING, diagnostic.text.encode(), kind=ber.UNIVERSAL),
        kind=kind,
    )


def _read_diagnostics(value: Value) -> tuple[Diagnostic, ...]:
    if one := value.find(_DIAGNOSTIC):
        return (_read_diagnostic(one),)
    several = value.find(_DIAGNOSTICS)
    return tuple(map(_read_diagnostic, several.parts)) if several else ()


def _read_diagnostic(value: Value) -> Diagnostic:
    """Return a diagnostic; one of another format is kept as what it says."""
    number = next((one.number for one in value.parts if one.kind == ber.UNIVERSAL and one.tag == ber.INTEGER), 0)
    strings = (one.text for one in value.parts if one.kind == ber.UNIVERSAL and one.tag in _STRINGS)
    return Diagnostic(number, next(strings, ""))


_STRINGS = (ber.VISIBLE_STRING, ber.GENERAL_STRING, ber.OCTET_STRING)


def _close(message: Close) -> Value:
    return ber.values(CLOSE, ber.integer(211, message.reason), ber.octets(3, message.text.encode()))


def _read_close(value: Value) -> Close:
    return Close(reason=_needed(value, 211).number, text=_text(value.find(3)))


def _needed(value: Value, tag: int) -> Value:
    found = value.find(tag)
    if found is None:
        raise Malformed(f"[{tag}] is missing")
    return found


def _text(value: Value | None) -> str:
    return value.text if value else ""


_ENCODED: dict[type, Callable[[Any], Value]] = {
    InitRequest: _init_request,
    InitResponse: _init_response,
    SearchRequest: _search_request,
    SearchResponse: _search_response,
    PresentRequest: _present_request,
    PresentResponse: _present_response,
    Close: _close,
}
_DECODED: dict[int, Callable[[Value], Message]] = {
    INIT_REQUEST: _read_init_request,
    INIT_RESPONSE: _read_init_response,
    SEARCH_REQUEST: _read_search_request,
    SEARCH_RESPONSE: _read_search_response,
    PRESENT_REQUEST: _read_present_request,
    PRESENT_RESPONSE: _read_present_response,
    CLOSE: _read_close,
}
