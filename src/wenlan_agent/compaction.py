"""How texts are made short on a tag: the schemes of ISO/IEC 15962 that GB/T 35660.2 (ISO 28560-2) names, both ways.

Every scheme gives back what was put in; which of them fits a text is found by `compact`, the shortest first.
"""

from __future__ import annotations

import re
from typing import Callable

APPLICATION, INTEGER, NUMERIC, FIVE_BITS, SIX_BITS, SEVEN_BITS, OCTETS, UTF8 = range(8)
# What a text has to look like for a scheme, in the order in which they are tried.
FITS = (
    (INTEGER, re.compile(r"[1-9][0-9]{1,18}")),
    (NUMERIC, re.compile(r"[0-9]{2,}")),
    (FIVE_BITS, re.compile(r"[A-_]{3,}")),
    (SIX_BITS, re.compile(r"[ -_]{3,}[!-_]")),
    (SEVEN_BITS, re.compile(r"[\x00-~]{8,}")),
)


class NotCompacted(ValueError):
    """The bytes are none of the scheme they claim to be in."""


def compact(text: str) -> tuple[int, bytes]:
    """Return the scheme that fits a text, and the text in it."""
    for scheme, fits in FITS:
        if fits.fullmatch(text):
            return scheme, PACK[scheme](text)
    return UTF8, text.encode()


def extract(scheme: int, data: bytes) -> str:
    """Return the text that bytes in a scheme stand for; what the application defines is told in hexadecimal.

    Raises NotCompacted.
    """
    try:
        return UNPACK[scheme](data)
    except (ValueError, UnicodeDecodeError) as wrong:
        raise NotCompacted(str(wrong)) from wrong


def bits_of(data: bytes) -> str:
    """Return bytes as a string of 0 and 1."""
    return "".join(f"{byte:08b}" for byte in data)


def bytes_of(bits: str, filling: str) -> bytes:
    """Return bits as bytes, what is missing of the last one taken from the start of `filling`."""
    bits += filling[: -len(bits) % 8]
    return bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits), 8))


def groups(data: bytes, size: int) -> list[int]:
    """Return the whole groups of `size` bits in order."""
    bits = bits_of(data)
    return [int(bits[at : at + size], 2) for at in range(0, len(bits) - size + 1, size)]


def pack_integer(text: str) -> bytes:
    number = int(text)
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def unpack_integer(data: bytes) -> str:
    return str(int.from_bytes(data, "big"))


def pack_numeric(text: str) -> bytes:
    return bytes.fromhex(text + "f" * (len(text) % 2))


def unpack_numeric(data: bytes) -> str:
    digits = data.hex()
    digits = digits[:-1] if digits.endswith("f") else digits
    if not digits.isdigit():
        raise ValueError("a digit is none")
    return digits


def pack_five(text: str) -> bytes:
    return bytes_of("".join(f"{ord(sign) & 31:05b}" for sign in text), "0" * 8)


def unpack_five(data: bytes) -> str:
    found = groups(data, 5)
    while found and found[-1] == 0:
        found.pop()
    return "".join(chr(value | 64) for value in found)


def pack_six(text: str) -> bytes:
    return bytes_of("".join(f"{ord(sign) & 63:06b}" for sign in text), "10000000")


def unpack_six(data: bytes) -> str:
    found = groups(data, 6)
    if len(data) * 8 % 6 == 0 and found and found[-1] == 32:
        found.pop()
    return "".join(chr(value if value & 32 else value | 64) for value in found)


def pack_seven(text: str) -> bytes:
    return bytes_of("".join(f"{ord(sign):07b}" for sign in text), "1" * 8)


def unpack_seven(data: bytes) -> str:
    found = groups(data, 7)
    if len(data) * 8 % 7 == 0 and found and found[-1] == 127:
        found.pop()
    return "".join(map(chr, found))


PACK: dict[int, Callable[[str], bytes]] = {
    INTEGER: pack_integer, NUMERIC: pack_numeric, FIVE_BITS: pack_five, SIX_BITS: pack_six, SEVEN_BITS: pack_seven,
}  # fmt: skip
UNPACK: dict[int, Callable[[bytes], str]] = {
    APPLICATION: bytes.hex, INTEGER: unpack_integer, NUMERIC: unpack_numeric, FIVE_BITS: unpack_five,
    SIX_BITS: unpack_six, SEVEN_BITS: unpack_seven, OCTETS: bytes.hex, UTF8: bytes.decode,
}  # fmt: skip

# Codes of libraries (ISIL): capitals and small letters in five bits, digits in four; some values change the set.
UPPER, LOWER, DIGIT = "upper", "lower", "digit"
SIGNS = {
    UPPER: "-ABCDEFGHIJKLMNOPQRSTUVWXYZ:",
    LOWER: "-abcdefghijklmnopqrstuvwxyz/",
    DIGIT: "0123456789-:",
}
WIDTH = {UPPER: 5, LOWER: 5, DIGIT: 4}
# From set to set: the value that changes for good, and the one after it that changes for one sign only.
CHANGE = {
    (UPPER, LOWER): 28, (UPPER, DIGIT): 30, (LOWER, UPPER): 28, (LOWER, DIGIT): 30,
    (DIGIT, UPPER): 12, (DIGIT, LOWER): 14,
}  # fmt: skip
CHANGED = {(start, value): end for (start, end), value in CHANGE.items()}


def is_isil(text: str) -> bool:
    """Return whether a text is written in the letters of a library's code."""
    return bool(re.fullmatch(r"[A-Za-z0-9:/-]{1,16}", text))


def pack_isil(text: str) -> bytes:
    """Return a library's code in bits. Raises ValueError for other letters."""
    if not is_isil(text):
        raise ValueError(text)
    bits, present = "", UPPER
    for at, sign in enumerate(text):
        used = present
        if sign not in SIGNS[present]:
            used = next(name for name in (UPPER, LOWER, DIGIT) if sign in SIGNS[name])
            following = text[at + 1 : at + 2]
            for_one = following == "" or following in SIGNS[present]
            bits += f"{CHANGE[present, used] + for_one:0{WIDTH[present]}b}"
            present = present if for_one else used
        bits += f"{SIGNS[used].index(sign):0{WIDTH[used]}b}"
    return bytes_of(bits, "1" * 8)


def unpack_isil(data: bytes) -> str:
    """Return the library's code that bits stand for."""
    bits, at, told, present, used = bits_of(data), 0, "", UPPER, UPPER
    while at + WIDTH[used] <= len(bits):
        value = int(bits[at : at + WIDTH[used]], 2)
        at += WIDTH[used]
        if value < len(SIGNS[used]):
            told, used = told + SIGNS[used][value], present
        elif (used, value) in CHANGED:
            present = used = CHANGED[used, value]
        else:
            used = CHANGED[used, value - 1]
    return told
