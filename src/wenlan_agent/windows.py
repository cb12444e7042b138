"""A serial port of Windows by its own calls: `CreateFile`, `SetCommState`, `SetCommTimeouts`."""

from __future__ import annotations

import ctypes
import time
from ctypes import wintypes
from typing import Any

from wenlan_agent.devices import DeviceTrouble

ACCESS = 0x80000000 | 0x40000000  # read and write
OPEN_EXISTING = 3
NOTHING = 0xFFFFFFFF
PURGE_ALL = 0x0001 | 0x0002 | 0x0004 | 0x0008


class Timeouts(ctypes.Structure):
    """COMMTIMEOUTS: a read returns at once with what there is."""

    _fields_ = [
        (name, wintypes.DWORD)
        for name in ("interval", "read_each", "read_whole", "write_each", "write_whole")
    ]  # fmt: skip


class WindowsPort:
    """A serial port of Windows."""

    def __init__(self, name: str, baud: int, parity: str) -> None:
        self._calls: Any = getattr(ctypes, "WinDLL")("kernel32", use_last_error=True)  # noqa: B009  # absent elsewhere
        self._calls.CreateFileW.restype = wintypes.HANDLE
        self._port = self._calls.CreateFileW(rf"\\.\{name}", ACCESS, 0, None, OPEN_EXISTING, 0, None)
        if self._port in (None, wintypes.HANDLE(-1).value):
            raise OSError(name)
        state = ctypes.create_string_buffer(28)  # a DCB, filled in by Windows itself from the words below
        ctypes.memmove(state, (28).to_bytes(4, "little"), 4)
        words = f"baud={baud} parity={parity} data=8 stop=1"
        self._check(self._calls.BuildCommDCBW(words, state))
        self._check(self._calls.SetCommState(wintypes.HANDLE(self._port), state))
        at_once = Timeouts(NOTHING, 0, 0, 0, 5000)
        self._check(self._calls.SetCommTimeouts(wintypes.HANDLE(self._port), ctypes.byref(at_once)))
        self._calls.PurgeComm(wintypes.HANDLE(self._port), PURGE_ALL)

    def send(self, data: bytes) -> None:
        count = wintypes.DWORD()
        if not self._calls.WriteFile(wintypes.HANDLE(self._port), data, len(data), ctypes.byref(count), None):
            raise DeviceTrouble("the port does not take bytes")

    def receive(self, count: int, seconds: float) -> bytes:
        found, until = b"", time.monotonic() + seconds
        room = ctypes.create_string_buffer(count)
        read = wintypes.DWORD()
        while len(found) < count:
            wanted = count - len(found)
            if not self._calls.ReadFile(wintypes.HANDLE(self._port), room, wanted, ctypes.byref(read), None):
                raise DeviceTrouble("the port was closed")
            found += room.raw[: read.value]
            if time.monotonic() > until:
                break
            if not read.value:
                time.sleep(0.005)
        return found

    def close(self) -> None:
        self._calls.CloseHandle(wintypes.HANDLE(self._port))

    def _check(self, done: int) -> None:
        if not done:
            self.close()
            raise OSError("the port refuses its settings")
