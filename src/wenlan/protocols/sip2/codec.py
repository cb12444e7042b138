"""Bytes to messages and back; pure. Checksums are over the bytes as they go over the wire."""

import re
from dataclasses import dataclass, fields
from typing import Any

from wenlan.protocols.sip2.errors import MalformedMessage, WrongChecksum
from wenlan.protocols.sip2.requests import REQUESTS
from wenlan.protocols.sip2.responses import RESPONSES

ERROR_DETECTION = re.compile(rb"(?:AY([0-9]))?AZ([0-9A-Fa-f]{4})$")  # 96 and 97 go without a sequence number
CODES = {message: code for table in (REQUESTS, RESPONSES) for code, message in table.items()}
TYPES = REQUESTS | RESPONSES
READ_AS = {"gbk": "gb18030"}  # the same letters in the same bytes, and those of rare names that newer machines send
NOT_IN_VALUES = str.maketrans("|\r\n", "   ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A message with its sequence digit, if it has one, its own bytes, and whether it brought a checksum."""

    message: Any
    sequence: str | None
    content: bytes
    is_checked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where fields stand: `fixed` (name, characters) in order, then `variable` (name, code, whether repeated)."""

    fixed: tuple[tuple[str, int], ...]
    variable: tuple[tuple[str, str, bool], ...]


def layout(message_type: type) -> Layout:
    """Return the layout that a message type declares."""
    said = [(spec.name, spec.metadata) for spec in fields(message_type)]
    return Layout(
        fixed=tuple((name, at["width"]) for name, at in said if "width" in at),
        variable=tuple((name, at["code"], bool(at.get("repeated"))) for name, at in said if "code" in at),
    )


LAYOUTS = {message_type: layout(message_type) for message_type in CODES}


def checksum(content: bytes) -> str:
    """Return the four hexadecimal digits that make the sum of all bytes and them zero (mod 65,536)."""
    return f"{-sum(content) & 0xFFFF:04X}"


def decode(line: bytes, encoding: str) -> Received:
    """Return the message in a line without its carriage return.

    Raises WrongChecksum, or MalformedMessage for an unknown code, a line that ends inside a fixed field,
    or bytes that are not of the encoding.
    """
    found = ERROR_DETECTION.search(line)
    content, sequence = line, None
    if found:
        right = checksum(line[: found.start(2)])
        if right.encode() != found[2].upper():
            raise WrongChecksum(f"the checksum should be {right}")
        content, sequence = line[: found.start()], found[1].decode() if found[1] else None
    try:
        text = content.decode(READ_AS.get(encoding, encoding))
    except UnicodeDecodeError as wrong:
        raise MalformedMessage(f"the bytes are not {encoding}") from wrong
    return Received(message=parse(text), sequence=sequence, content=content, is_checked=found is not None)


def parse(text: str) -> Any:
    """Return the message that a decoded line holds; unknown variable fields are passed over."""
    message_type = TYPES.get(text[:2])
    if message_type is None:
        raise MalformedMessage(f"message {text[:2]!r} is not known")
    places = LAYOUTS[message_type]
    values: dict[str, Any] = {}
    position = 2
    for name, width in places.fixed:
        part = text[position : position + width]
        if len(part) < width:
            raise MalformedMessage(f"message {text[:2]} ends inside {name}")
        values[name] = part
        position += width
    given = variable_fields(text[position:])
    for name, code, repeated in places.variable:
        if found := given.get(code):
            values[name] = tuple(found) if repeated else found[0]
    return message_type(**values)


def variable_fields(text: str) -> dict[str, list[str]]:
    """Return the variable part as code to values, in the order they came."""
    given: dict[str, list[str]] = {}
    for part in text.split("|"):
        if len(part) >= 2:
            given.setdefault(part[:2], []).append(part[2:])
    return given


def encode(message: Any, *, encoding: str, sequence: str | None = None, is_checked: bool = False) -> bytes:
    """Return the line of a message with its carriage return; without a sequence number it may still be checked.

    A letter that the encoding lacks becomes a question mark; `|` and line breaks inside values become spaces.
    """
    places = LAYOUTS[type(message)]
    parts = [CODES[type(message)]]
    parts += [getattr(message, name)[:width].ljust(width) for name, width in places.fixed]
    for name, code, repeated in places.variable:
        value = getattr(message, name)
        if repeated:
            parts.extend(f"{code}{clean(one)}|" for one in value)
        elif value is not None:
            parts.append(f"{code}{clean(value)}|")
    content = "".join(parts).encode(encoding, errors="replace")
    if sequence is not None:
        content += f"AY{sequence}".encode()
    if sequence is not None or is_checked:
        content += b"AZ"
        content += checksum(content).encode()
    return content + b"\r"


def clean(value: str) -> str:
    """Return the value without what would end the field or the line."""
    return value.translate(NOT_IN_VALUES)
