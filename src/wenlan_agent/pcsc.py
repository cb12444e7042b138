"""Card numbers over PC/SC, which Windows has and Linux gets by pcscd: "get data" (FF CA 00 00 00) of part 3.

How the number of a card becomes the number in the library's records is said by `form`: `hex`, `HEX`, `dec`, and with
`reversed-` before it the same with the bytes turned round, as most card dispensers print it.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import sys
from typing import Any

from wenlan_agent.devices import DeviceTrouble

GET_NUMBER = bytes.fromhex("FFCA000000")
SHARED, ANY_PROTOCOL, LEAVE = 2, 3, 0
NO_CARD = frozenset({0x8010000C, 0x80100069, 0x80100066, 0x8010000B, 0x80100068})
FORMS = ("hex", "HEX", "dec", "reversed-hex", "reversed-HEX", "reversed-dec")
WORD = ctypes.c_ulong  # DWORD of Windows, LONG of pcsc-lite on Linux


class Request(ctypes.Structure):
    """SCARD_IO_REQUEST."""

    _fields_ = [("protocol", WORD), ("length", WORD)]


def library() -> Any:
    """Return the system's PC/SC calls. Raises DeviceTrouble where there are none."""
    try:
        if sys.platform == "win32":
            return ctypes.WinDLL("winscard")
        return ctypes.CDLL(ctypes.util.find_library("pcsclite") or "libpcsclite.so.1")
    except OSError as missing:
        raise DeviceTrouble(f"PC/SC: {missing}") from missing


def told(number: bytes, form: str) -> str:
    """Return a card's number in a form."""
    turned = number[::-1] if form.startswith("reversed-") else number
    kind = form.rpartition("-")[2]
    if kind == "dec":
        return str(int.from_bytes(turned, "big")).zfill(10)
    return turned.hex() if kind == "hex" else turned.hex().upper()


class Reader:
    """The reader whose name begins so; without one the first there is."""

    def __init__(self, wanted: str = "", form: str = "HEX", calls: Any = None) -> None:
        if form not in FORMS:
            raise DeviceTrouble(f"no form {form}")
        self._wanted, self._form = wanted, form
        self._calls = calls or library()
        self._ansi = "A" if sys.platform == "win32" and calls is None else ""
        self._context = ctypes.c_size_t()
        self._do("SCardEstablishContext", WORD(0), None, None, ctypes.byref(self._context))
        self.name = f"pcsc:{self._reader()}"

    def close(self) -> None:
        self._calls.SCardReleaseContext(self._context)

    def number(self) -> str:
        """Return the number of the card that lies there, empty without one."""
        card, protocol = ctypes.c_size_t(), WORD()
        asked = (self._reader().encode(), WORD(SHARED), WORD(ANY_PROTOCOL), ctypes.byref(card), ctypes.byref(protocol))
        if self._do(f"SCardConnect{self._ansi}", self._context, *asked, may_lack_card=True):
            return ""
        try:
            room, length = ctypes.create_string_buffer(64), WORD(64)
            request = Request(protocol.value, ctypes.sizeof(Request))
            sent = (ctypes.byref(request), GET_NUMBER, WORD(len(GET_NUMBER)), None, room, ctypes.byref(length))
            if self._do("SCardTransmit", card, *sent, may_lack_card=True):
                return ""
        finally:
            self._calls.SCardDisconnect(card, WORD(LEAVE))
        answer = room.raw[: length.value]
        return told(answer[:-2], self._form) if answer[-2:] == b"\x90\x00" else ""

    def _reader(self) -> str:
        room, length = ctypes.create_string_buffer(4096), WORD(4096)
        self._do(f"SCardListReaders{self._ansi}", self._context, None, room, ctypes.byref(length))
        names = [name.decode(errors="replace") for name in room.raw[: length.value].split(b"\0") if name]
        found = next((name for name in names if name.startswith(self._wanted)), None)
        if found is None:
            raise DeviceTrouble("PC/SC: no such reader")
        return found

    def _do(self, call: str, *given: Any, may_lack_card: bool = False) -> int:
        """Return 0, or a code that says there is no card. Raises DeviceTrouble for any other."""
        code: int = getattr(self._calls, call)(*given) & 0xFFFFFFFF
        if code == 0 or (may_lack_card and code in NO_CARD):
            return code
        raise DeviceTrouble(f"{call}: {code:08X}")
