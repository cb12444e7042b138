"""Readers that speak the OBID i-scan host protocol (FEIG and many built around its modules), ISO 15693 commands.

A frame is length, address, command, data, CRC-16 (polynomial 8408, preset FFFF, low byte first); an answer has a
status before its data. Blocks go over the line with their last byte first. The manual of CPR.02 / CPR.M02
(H20800) describes it.
"""

from __future__ import annotations

from typing import Sequence

from wenlan_agent.devices import DeviceTrouble, TagGone, TagMemory
from wenlan_agent.lines import EVEN, Line, open_line

BAUD = 38400
ANY_ADDRESS = 0xFF
ISO_COMMAND = 0xB0
INVENTORY, READ_BLOCKS, WRITE_BLOCKS, WRITE_AFI, WRITE_DSFID, SYSTEM = 0x01, 0x23, 0x24, 0x27, 0x29, 0x2B
ADDRESSED = 0x01
NEW, MORE = 0x00, 0x80
DONE, NO_TAG, MORE_DATA = 0x00, 0x01, 0x94
TAG_DID_NOT_HEAR = frozenset({NO_TAG, 0x02, 0x03, 0x83, 0x95, 0x96})
ISO15693 = 0x03
BLOCKS_AT_ONCE = 8
ANSWER_SECONDS = 1.0


def crc(data: bytes) -> bytes:
    """Return the checksum of a frame."""
    value = 0xFFFF
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ 0x8408 if value & 1 else value >> 1
    return value.to_bytes(2, "little")


def frame(body: bytes) -> bytes:
    """Return address, command and data between their length and checksum."""
    head = bytes([len(body) + 3]) + body
    return head + crc(head)


class Reader:
    """One reader on a line."""

    def __init__(self, address: str, line: Line | None = None) -> None:
        self.name = f"feig:{address}"
        self._line = line or open_line(address, baud=BAUD, parity=EVEN)

    def close(self) -> None:
        self._line.close()

    def inventory(self) -> Sequence[str]:
        found: list[str] = []
        mode = NEW
        while True:
            status, data = self._ask(bytes([INVENTORY, mode]))
            if status == NO_TAG:
                return found
            if status not in (DONE, MORE_DATA) or not data:
                raise DeviceTrouble(f"inventory: status {status:02X}")
            at = 1
            for _ in range(data[0]):
                if data[at] != ISO15693 or len(data) < at + 10:
                    raise DeviceTrouble("inventory: a tag of another kind")
                found.append(data[at + 2 : at + 10].hex().upper())
                at += 10
            if status == DONE:
                return found
            mode = MORE

    def read(self, uid: str) -> TagMemory:
        about = self._tell(uid, SYSTEM)
        if len(about) < 12:
            raise DeviceTrouble("system information: too short")
        dsfid, afi, size, last = about[0], about[9], (about[10] & 31) + 1, about[11]
        data = b""
        while len(data) < (last + 1) * size:
            first = len(data) // size
            data += self._blocks(uid, first, min(BLOCKS_AT_ONCE, last + 1 - first), size)
        return TagMemory(uid, data, size, afi, dsfid)

    def _blocks(self, uid: str, first: int, count: int, size: int) -> bytes:
        told = self._tell(uid, READ_BLOCKS, bytes([first, count]))
        if len(told) != 2 + count * (size + 1) or told[:2] != bytes([count, size]):
            raise DeviceTrouble("blocks: not what was asked for")
        ends = range(2 + size + 1, len(told) + 1, size + 1)
        return b"".join(told[end - size : end][::-1] for end in ends)  # before each stands whether it is locked

    def write_blocks(self, uid: str, first: int, data: bytes) -> None:
        size = 4
        for at in range(0, len(data), BLOCKS_AT_ONCE * size):
            part = data[at : at + BLOCKS_AT_ONCE * size]
            turned = b"".join(part[block : block + size][::-1] for block in range(0, len(part), size))
            self._tell(uid, WRITE_BLOCKS, bytes([first + at // size, len(part) // size, size]) + turned)

    def write_afi(self, uid: str, afi: int) -> None:
        self._tell(uid, WRITE_AFI, bytes([afi]))

    def write_dsfid(self, uid: str, dsfid: int) -> None:
        self._tell(uid, WRITE_DSFID, bytes([dsfid]))

    def _tell(self, uid: str, command: int, more: bytes = b"") -> bytes:
        """Return what one tag answers. Raises TagGone, DeviceTrouble."""
        status, data = self._ask(bytes([command, ADDRESSED]) + bytes.fromhex(uid) + more)
        if status in TAG_DID_NOT_HEAR:
            raise TagGone(uid)
        if status != DONE:
            raise DeviceTrouble(f"command {command:02X}: status {status:02X}")
        return data

    def _ask(self, command: bytes) -> tuple[int, bytes]:
        """Return status and data of the answer to an ISO command. Raises DeviceTrouble."""
        self._line.send(frame(bytes([ANY_ADDRESS, ISO_COMMAND]) + command))
        head = self._line.receive(1, ANSWER_SECONDS)
        if not head or head[0] < 6:
            raise DeviceTrouble("no answer" if not head else "no frame")
        rest = self._line.receive(head[0] - 1, ANSWER_SECONDS)
        whole = head + rest
        if len(whole) != head[0] or crc(whole[:-2]) != whole[-2:]:
            self._line.receive(255, 0.1)  # what is left of a torn frame does not answer the next question
            raise DeviceTrouble("a torn frame")
        if whole[2] != ISO_COMMAND:
            raise DeviceTrouble("an answer to something else")
        return whole[3], whole[4:-2]
