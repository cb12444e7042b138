"""Readers of resident identity cards: the security module (SAM_V, GA 467) on a serial line, card contents by GA 450.

A frame is AA AA AA 96 69, length in two bytes, command or status, data, and the exclusive-or of all from the length
on. Readers on USB that bring a driver of their own show themselves as a serial port, or are not reached by this.
"""

from __future__ import annotations

from functools import reduce

from wenlan_agent.devices import DeviceTrouble, Identity, NoCard
from wenlan_agent.lines import Line, open_line

BAUD = 115200
START = bytes.fromhex("AAAAAA9669")
FIND, SELECT, READ_TEXT = b"\x20\x01", b"\x20\x02", b"\x30\x01"
FOUND, DONE = b"\x00\x00\x9f", b"\x00\x00\x90"
NOBODY = frozenset({b"\x00\x00\x80", b"\x00\x00\x81"})
ANSWER_SECONDS = 2.0
TEXT_BYTES = 256
KIND_AT, RESIDENCE_PERMIT = 124, "J"  # of Hong Kong, Macao and Taiwan: a number stands where the newest address would
SEXES = {"1": "m", "2": "f"}


def frame(body: bytes) -> bytes:
    """Return a command between start and check byte."""
    told = (len(body) + 1).to_bytes(2, "big") + body
    return START + told + bytes([reduce(int.__xor__, told)])


class Reader:
    """One reader on a line."""

    def __init__(self, address: str, line: Line | None = None) -> None:
        self.name = f"sam:{address}"
        self._line = line or open_line(address, baud=BAUD)

    def close(self) -> None:
        self._line.close()

    def read(self) -> Identity:
        """Return the card that lies there. A card is found once; to be read again it has to be lifted."""
        for command, good in ((FIND, FOUND), (SELECT, DONE)):
            status, _data = self._ask(command)
            if status in NOBODY:
                raise NoCard
            if status != good:
                raise DeviceTrouble(f"{command.hex()}: status {status.hex()}")
        status, data = self._ask(READ_TEXT)
        if status != DONE:
            raise NoCard  # lifted too soon
        if len(data) < 4 or len(data) < 4 + int.from_bytes(data[:2], "big"):
            raise DeviceTrouble("the card's text is cut")
        return identity(data[4 : 4 + int.from_bytes(data[:2], "big")])

    def _ask(self, body: bytes) -> tuple[bytes, bytes]:
        """Return status and data of the answer. Raises DeviceTrouble."""
        self._line.send(frame(body))
        head = self._line.receive(len(START) + 2, ANSWER_SECONDS)
        if len(head) < len(START) + 2 or not head.startswith(START):
            self._line.receive(4096, 0.1)
            raise DeviceTrouble("no answer" if not head else "no frame")
        rest = self._line.receive(int.from_bytes(head[-2:], "big"), ANSWER_SECONDS)
        told = head[-2:] + rest
        if len(rest) < 4 or len(rest) != int.from_bytes(head[-2:], "big") or reduce(int.__xor__, told) != 0:
            raise DeviceTrouble("a torn frame")
        return rest[:3], rest[3:-1]


def identity(text: bytes) -> Identity:
    """Return what the 256 bytes of a resident's card say (UCS-2, fields of fixed length). Raises DeviceTrouble."""
    if len(text) < TEXT_BYTES:
        raise DeviceTrouble("the card's text is short")
    told = text[:TEXT_BYTES].decode("utf-16-le", "replace")
    name, sex, _nation, birth, address, number, issuer, start, end, newest = fields(
        told, (15, 1, 2, 8, 35, 18, 15, 8, 8, 18)
    )
    if sex not in SEXES or not birth.isdigit() or len(number) != 18:
        raise DeviceTrouble("another kind of card")  # of a foreigner: laid out otherwise
    is_permit = told[KIND_AT] == RESIDENCE_PERMIT
    return Identity(
        name=name,
        sex=SEXES[sex],
        birth=day(birth),
        address=newest if newest and not is_permit else address,
        number=number,
        issuer=issuer,
        valid_from=day(start),
        valid_until=day(end),
        kind="residence_permit" if is_permit else "citizen",
    )


def fields(text: str, lengths: tuple[int, ...]) -> list[str]:
    """Return fields of fixed length without what fills them up."""
    found, at = [], 0
    for length in lengths:
        found.append(text[at : at + length].strip(" \0"))
        at += length
    return found


def day(digits: str) -> str:
    """Return a day as ISO writes it; empty for 长期 and what is no day."""
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}" if len(digits) == 8 and digits.isdigit() else ""
