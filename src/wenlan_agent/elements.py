"""A tag's memory by GB/T 35660.2 (ISO 28560-2): data elements one behind the other, each with its number and scheme.

WH/T 44 wrote the same way before it. Access method "no directory", data format 6 (DSFID 06).
"""

from __future__ import annotations

from typing import Mapping

from wenlan_agent import compaction
from wenlan_agent.compaction import NotCompacted

ITEM, CONTENT, OWNER, SET, USAGE, SHELF = 1, 2, 3, 4, 5, 6
BORROWER = 11  # institution that borrowed it between libraries
TITLE = 17
CODES_OF_LIBRARIES = frozenset({OWNER, BORROWER})
ONE_OCTET = frozenset({USAGE, 19, 20})  # told in hexadecimal
HAS_PADDING, LONG_NUMBER = 0x80, 15


class TagDamaged(ValueError):
    """The memory does not hold together: a length leads beyond its end, or a text cannot be read."""


class TagFull(ValueError):
    """What is to be written is longer than the tag."""


def encode(elements: Mapping[int, str], size: int) -> bytes:
    """Return a memory of `size` bytes with the elements, the item's number first. Raises TagFull, ValueError."""
    if not elements.get(ITEM):
        raise ValueError("a tag without the number of its item")
    others = sorted(number for number in elements if number not in (ITEM, CONTENT) and elements[number])
    parts = [element(ITEM, elements[ITEM])]
    if others:
        parts.append(framed(CONTENT, compaction.APPLICATION, bitmap(others)))
    parts += [element(number, elements[number]) for number in others]
    written = b"".join(parts)
    if len(written) > size:
        raise TagFull(f"{len(written)} > {size}")
    return written.ljust(size, b"\0")


def element(number: int, text: str) -> bytes:
    """Return one element."""
    if number in CODES_OF_LIBRARIES:
        return framed(number, compaction.APPLICATION, compaction.pack_isil(text))
    if number in ONE_OCTET:
        return framed(number, compaction.OCTETS, bytes.fromhex(text))
    if number == TITLE:
        return framed(number, compaction.UTF8, text.encode())
    return framed(number, *compaction.compact(text))


def framed(number: int, scheme: int, data: bytes) -> bytes:
    """Return data behind its precursor and length."""
    if len(data) > 127:
        raise TagFull(f"element {number}")
    head = [scheme << 4 | min(number, LONG_NUMBER)]
    if number >= LONG_NUMBER:
        head.append(number - LONG_NUMBER)
    return bytes([*head, len(data)]) + data


def bitmap(numbers: list[int]) -> bytes:
    """Return which elements there are beside item and content, a bit each from element 3 on."""
    bits = "".join("1" if number in numbers else "0" for number in range(OWNER, max(numbers) + 1))
    return compaction.bytes_of(bits, "0" * 8)


def decode(memory: bytes) -> dict[int, str]:
    """Return the elements of a memory in their order; nothing for an empty one. Raises TagDamaged."""
    found: dict[int, str] = {}
    at = 0
    try:
        while at < len(memory) and memory[at]:
            number, text, at = read_element(memory, at)
            if number not in found:
                found[number] = text
    except (IndexError, NotCompacted) as wrong:
        raise TagDamaged(str(wrong)) from wrong
    return found


def read_element(memory: bytes, at: int) -> tuple[int, str, int]:
    """Return the element at a place: its number, its text, and where the next begins."""
    precursor, at = memory[at], at + 1
    scheme, number = precursor >> 4 & 7, precursor & 15
    if number == LONG_NUMBER:
        number, at = LONG_NUMBER + memory[at], at + 1
    padding = 0
    if precursor & HAS_PADDING:
        padding, at = memory[at], at + 1
    length, at = memory[at], at + 1
    data, at = memory[at : at + length], at + length
    if len(data) < length or not length:
        raise TagDamaged(f"element {number}")
    if number in CODES_OF_LIBRARIES and scheme == compaction.APPLICATION:
        return number, compaction.unpack_isil(data), at + padding
    return number, compaction.extract(scheme, data), at + padding
