"""Devices that speak the published protocols from the other end of a line: tags of ISO 15693, and identity cards."""

import os
import pty
import socket
import threading
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from functools import reduce

from wenlan_agent import feig, sam
from wenlan_agent.devices import FakePad, TagGone


def feig_answer(pad: FakePad, asked: bytes) -> bytes:
    """Return the frame by which a reader with a pad's tags answers a frame."""
    command, rest = asked[3], asked[4:-2]
    if command == feig.INVENTORY:
        if not pad.present:
            return feig.frame(bytes([0, feig.ISO_COMMAND, feig.NO_TAG]))
        tags = b"".join(b"\x03\x06" + bytes.fromhex(uid) for uid in pad.present)
        return feig.frame(bytes([0, feig.ISO_COMMAND, feig.DONE, len(pad.present)]) + tags)
    uid, more = rest[1:9].hex().upper(), rest[9:]
    try:
        told = feig_told(pad, command, uid, more)
    except TagGone:
        return feig.frame(bytes([0, feig.ISO_COMMAND, feig.NO_TAG]))
    return feig.frame(bytes([0, feig.ISO_COMMAND, feig.DONE]) + told)


def feig_told(pad: FakePad, command: int, uid: str, more: bytes) -> bytes:
    tag = pad.read(uid)
    size = tag.block_size
    if command == feig.SYSTEM:
        return bytes([tag.dsfid]) + bytes.fromhex(uid) + bytes([tag.afi, size - 1, len(tag.data) // size - 1, 1])
    if command == feig.READ_BLOCKS:
        blocks = [tag.data[at * size : (at + 1) * size] for at in range(more[0], more[0] + more[1])]
        return bytes([more[1], size]) + b"".join(b"\0" + block[::-1] for block in blocks)
    if command == feig.WRITE_BLOCKS:
        data = b"".join(more[at : at + size][::-1] for at in range(3, len(more), size))
        pad.write_blocks(uid, more[0], data)
    elif command == feig.WRITE_AFI:
        pad.write_afi(uid, more[0])
    else:
        pad.write_dsfid(uid, more[0])
    return b""


@contextmanager
def feig_on_a_port(pad: FakePad) -> Iterator[str]:
    """Serve a reader behind a serial port of this computer; yield the port's path."""
    ours, theirs = pty.openpty()
    tty.setraw(theirs)

    def serve() -> None:
        while head := os.read(ours, 1):
            frame = head
            while len(frame) < head[0]:
                frame += os.read(ours, head[0] - len(frame))
            os.write(ours, feig_answer(pad, frame))

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield os.ttyname(theirs)
    finally:
        os.close(theirs)


def card_text(
    name: str = "李明", sex: str = "1", birth: str = "19900501", number: str = "140400199005010013", kind: str = " "
) -> bytes:
    """Return the 256 bytes of a resident's card."""
    parts = [
        (name, 15), (sex, 1), ("01", 2), (birth, 8), ("山西省长治市潞州区示例路1号", 35), (number, 18),
        ("长治市公安局", 15), ("20150101", 8), ("长期", 8),
    ]  # fmt: skip
    text = "".join(part.ljust(length) for part, length in parts) + " " * 14 + kind
    return text.ljust(128).encode("utf-16-le")


@contextmanager
def sam_on_the_net(cards: list[bytes]) -> Iterator[str]:
    """Serve a reader of identity cards on a free port; each card of `cards` is there once, b"" is none."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listening.accept()
        present = b""
        while asked := connection.recv(64):
            command = asked[7:9]
            if command == sam.FIND:
                present = cards.pop(0) if cards else b""
            connection.sendall(sam_answer(command, present))

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield f"tcp:127.0.0.1:{listening.getsockname()[1]}"
    finally:
        listening.close()


def sam_answer(command: bytes, present: bytes) -> bytes:
    if command == sam.FIND:
        body = sam.FOUND + bytes(4) if present else b"\x00\x00\x80"
    elif command == sam.SELECT:
        body = sam.DONE + bytes(8)
    else:
        body = sam.DONE + len(present).to_bytes(2, "big") + (1024).to_bytes(2, "big") + present + bytes(1024)
    told = (len(body) + 1).to_bytes(2, "big") + body
    return sam.START + told + bytes([reduce(int.__xor__, told)])
