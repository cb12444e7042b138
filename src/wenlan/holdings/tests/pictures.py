"""Pictures read back: a png as grey rows, and what a scanner sees on it."""

import struct
import zlib

import zxingcpp


def grey(png: bytes) -> memoryview:
    """Return an 8-bit RGBA png, not interlaced, as rows of grey values (two dimensions)."""
    width, height = struct.unpack(">II", png[16:24])
    assert png[24:29] == b"\x08\x06\x00\x00\x00"
    packed, at = b"", 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            packed += png[at + 8 : at + 8 + length]
        at += 12 + length
    raw, stride = zlib.decompress(packed), 4 * width
    row, found = bytearray(stride), bytearray()
    for line in range(height):
        start = line * (stride + 1)
        row = unfiltered(raw[start], bytearray(raw[start + 1 : start + 1 + stride]), row)
        found += row[1::4]
    return memoryview(bytes(found)).cast("B", shape=[height, width])


def unfiltered(kind: int, line: bytearray, above: bytearray) -> bytearray:
    """Return one row of a png without its filter (PNG 1.2, 6)."""
    for at in range(len(line)):
        left = line[at - 4] if at >= 4 else 0
        corner = above[at - 4] if at >= 4 else 0
        line[at] = (line[at] + predicted(kind, left, above[at], corner)) & 255
    return line


def predicted(kind: int, left: int, up: int, corner: int) -> int:
    """Return what the filter took away."""
    if kind == 3:
        return (left + up) // 2
    if kind == 4:
        guess = left + up - corner
        return min((left, up, corner), key=lambda one: abs(guess - one))
    return (0, left, up)[kind]


def scanned(png: bytes) -> list[tuple[str, str]]:
    """Return the barcodes on a picture as (symbology, text), from top left."""
    found = zxingcpp.read_barcodes(grey(png))
    ordered = sorted(found, key=lambda one: (one.position.top_left.y // 20, one.position.top_left.x))
    return [(str(one.format).removeprefix("BarcodeFormat."), one.text) for one in ordered]
