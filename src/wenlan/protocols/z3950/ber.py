"""BER (ITU-T X.690), as much of it as Z39.50 needs: values with tags, as bytes and back. Pure.

Definite lengths are written; indefinite ones and strings in pieces are read too.
"""

from __future__ import annotations

from dataclasses import dataclass

UNIVERSAL, CONTEXT = 0, 2
BOOLEAN, INTEGER, BIT_STRING, OCTET_STRING, NULL, OBJECT, EXTERNAL, SEQUENCE = 1, 2, 3, 4, 5, 6, 8, 16
VISIBLE_STRING, GENERAL_STRING = 26, 27
DEEPEST = 40
MOST_TAG = 1 << 28

_CONSTRUCTED = 0x20
_INDEFINITE = 0x80


class Malformed(ValueError):
    """The bytes are no BER; the text says where they part from it."""


class Incomplete(Malformed):
    """The bytes end before the value does."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value: class and number of its tag, and its content: bytes, or the values it is made of."""

    kind: int
    tag: int
    content: bytes | tuple[Value, ...]

    @property
    def parts(self) -> tuple[Value, ...]:
        """The values it is made of. Raises Malformed for one that is made of bytes."""
        if isinstance(self.content, bytes):
            raise Malformed(f"the value [{self.tag}] should be made of values")
        return self.content

    @property
    def data(self) -> bytes:
        """Its bytes; those of a string in pieces are joined."""
        if isinstance(self.content, bytes):
            return self.content
        return b"".join(one.data for one in self.content)

    @property
    def number(self) -> int:
        """Its content as an integer."""
        if not self.data or len(self.data) > 8:
            raise Malformed(f"the value [{self.tag}] is no number")
        return int.from_bytes(self.data, "big", signed=True)

    @property
    def is_true(self) -> bool:
        """Its content as a boolean."""
        return any(self.data)

    @property
    def text(self) -> str:
        """Its content as text; what is not UTF-8 is marked."""
        return self.data.decode("utf-8", "replace")

    @property
    def object_name(self) -> str:
        """Its content as the dotted name of an object."""
        return _object_name(self.data)

    def find(self, tag: int) -> Value | None:
        """Return the first part under this context tag, or None."""
        return next((one for one in self.parts if one.kind == CONTEXT and one.tag == tag), None)


def values(tag: int, *parts: Value, kind: int = CONTEXT) -> Value:
    """Return a value made of values."""
    return Value(kind, tag, parts)


def octets(tag: int, data: bytes, *, kind: int = CONTEXT) -> Value:
    """Return a value made of bytes."""
    return Value(kind, tag, data)


def integer(tag: int, number: int, *, kind: int = CONTEXT) -> Value:
    """Return a number, in as few bytes as it needs."""
    return Value(kind, tag, number.to_bytes((8 + (number + (number < 0)).bit_length()) // 8, "big", signed=True))


def boolean(tag: int, is_true: bool) -> Value:
    """Return a boolean."""
    return Value(CONTEXT, tag, b"\xff" if is_true else b"\x00")


def bits(tag: int, *set_bits: int) -> Value:
    """Return a string of bits with these set, the first being 0."""
    size = max(set_bits) // 8 + 1
    whole = bytearray(size)
    for bit in set_bits:
        whole[bit // 8] |= 0x80 >> bit % 8
    return Value(CONTEXT, tag, bytes([size * 8 - 1 - max(set_bits)]) + bytes(whole))


def object_name(tag: int, dotted: str, *, kind: int = CONTEXT) -> Value:
    """Return the name of an object from its dotted form."""
    first, second, *rest = (int(one) for one in dotted.split("."))
    return Value(kind, tag, b"".join(_base128(one) for one in (first * 40 + second, *rest)))


def _base128(number: int) -> bytes:
    digits = [number & 0x7F]
    while number := number >> 7:
        digits.append(number & 0x7F | 0x80)
    return bytes(reversed(digits))


def _object_name(data: bytes) -> str:
    numbers, number = [], 0
    for byte in data:
        number = number << 7 | byte & 0x7F
        if number > MOST_TAG:
            raise Malformed("the name of an object is too long")
        if not byte & 0x80:
            numbers.append(number)
            number = 0
    if not numbers or data[-1] & 0x80:
        raise Malformed("the name of an object is cut off")
    first = min(numbers[0] // 40, 2)
    return ".".join(map(str, (first, numbers[0] - first * 40, *numbers[1:])))


def encode(value: Value) -> bytes:
    """Return the value as bytes."""
    if isinstance(value.content, bytes):
        content, shape = value.content, 0
    else:
        content, shape = b"".join(encode(one) for one in value.content), _CONSTRUCTED
    head = value.kind << 6 | shape
    tag = bytes([head | value.tag]) if value.tag < 31 else bytes([head | 31]) + _base128(value.tag)
    return tag + _length(len(content)) + content


def _length(size: int) -> bytes:
    if size < 128:
        return bytes([size])
    digits = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([_INDEFINITE | len(digits)]) + digits


def decode(data: bytes, at: int = 0, *, depth: int = 0) -> tuple[Value, int]:
    """Return the value that starts at `at`, and where it ends. Raises Incomplete, Malformed."""
    if depth > DEEPEST:
        raise Malformed("the values are too deep")
    kind, constructed, tag, at = _tag(data, at)
    size, at = _size(data, at)
    if size is None:
        if not constructed:
            raise Malformed("only a value made of values may leave its length open")
        return _open_ended(data, at, Value(kind, tag, ()), depth)
    end = at + size
    if end > len(data):
        raise Incomplete("the value goes on")
    if not constructed:
        return Value(kind, tag, data[at:end]), end
    parts = []
    while at < end:
        part, at = decode(data, at, depth=depth + 1)
        parts.append(part)
    if at != end:
        raise Malformed("a part is longer than the whole")
    return Value(kind, tag, tuple(parts)), end


def _open_ended(data: bytes, at: int, whole: Value, depth: int) -> tuple[Value, int]:
    parts = []
    while data[at : at + 2] != b"\0\0":
        part, at = decode(data, at, depth=depth + 1)
        parts.append(part)
    return Value(whole.kind, whole.tag, tuple(parts)), at + 2


def _tag(data: bytes, at: int) -> tuple[int, bool, int, int]:
    head = _byte(data, at)
    kind, constructed, tag, at = head >> 6, bool(head & _CONSTRUCTED), head & 31, at + 1
    if tag < 31:
        return kind, constructed, tag, at
    tag = 0
    while True:
        byte = _byte(data, at)
        tag, at = tag << 7 | byte & 0x7F, at + 1
        if tag > MOST_TAG:
            raise Malformed("the tag is too long")
        if not byte & 0x80:
            return kind, constructed, tag, at


def _size(data: bytes, at: int) -> tuple[int | None, int]:
    first, at = _byte(data, at), at + 1
    if first < _INDEFINITE:
        return first, at
    if first == _INDEFINITE:
        return None, at
    digits = first & 0x7F
    if digits > 4:
        raise Malformed("the length is too long")
    if at + digits > len(data):
        raise Incomplete("the value goes on")
    return int.from_bytes(data[at : at + digits], "big"), at + digits


def _byte(data: bytes, at: int) -> int:
    if at >= len(data):
        raise Incomplete("the value goes on")
    return data[at]
