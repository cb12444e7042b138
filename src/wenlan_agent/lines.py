"""The line to a device: a serial port of Windows or Linux, or TCP, with nothing but the standard library."""

from __future__ import annotations

import os
import select
import socket
import sys
import time
from contextlib import suppress
from typing import Protocol

from wenlan_agent.devices import DeviceTrouble

if sys.platform != "win32":
    import termios

EVEN, NO_PARITY = "E", "N"


class Line(Protocol):
    """Bytes both ways."""

    def send(self, data: bytes) -> None:
        """Send all. Raises DeviceTrouble."""
        ...

    def receive(self, count: int, seconds: float) -> bytes:
        """Return `count` bytes, or fewer when the time is over. Raises DeviceTrouble."""
        ...

    def close(self) -> None:
        """Let go of the port."""
        ...


def open_line(address: str, *, baud: int, parity: str = NO_PARITY) -> Line:
    """Return the line to `COM3`, `/dev/ttyUSB0` or `tcp:HOST:PORT`. Raises DeviceTrouble."""
    try:
        if address.lower().startswith("tcp:"):
            host, _colon, port = address[4:].rpartition(":")
            return Socket(host, int(port))
        if sys.platform == "win32":
            from wenlan_agent.windows import WindowsPort

            return WindowsPort(address, baud, parity)
        return PosixPort(address, baud, parity)
    except (OSError, ValueError) as refused:
        raise DeviceTrouble(f"{address}: {refused}") from refused


class Socket:
    """A device with a network plug."""

    def __init__(self, host: str, port: int) -> None:
        self._socket = socket.create_connection((host, port), timeout=5)

    def send(self, data: bytes) -> None:
        try:
            self._socket.sendall(data)
        except OSError as broken:
            raise DeviceTrouble(str(broken)) from broken

    def receive(self, count: int, seconds: float) -> bytes:
        found, until = b"", time.monotonic() + seconds
        try:
            with suppress(socket.timeout):  # what came until then is the answer
                while len(found) < count and (left := until - time.monotonic()) > 0:
                    self._socket.settimeout(left)
                    part = self._socket.recv(count - len(found))
                    if not part:
                        raise DeviceTrouble("the device hung up")
                    found += part
        except OSError as broken:
            raise DeviceTrouble(str(broken)) from broken
        return found

    def close(self) -> None:
        self._socket.close()


class PosixPort:
    """A serial port of Linux."""

    def __init__(self, path: str, baud: int, parity: str) -> None:
        self._port = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        try:
            speed = getattr(termios, f"B{baud}")
            flags = termios.CS8 | termios.CREAD | termios.CLOCAL | (termios.PARENB if parity == EVEN else 0)
            plain = [0, 0, flags, 0, speed, speed, [b"\0"] * len(termios.tcgetattr(self._port)[6])]
            termios.tcsetattr(self._port, termios.TCSANOW, plain)
            termios.tcflush(self._port, termios.TCIOFLUSH)
        except (termios.error, AttributeError) as refused:
            os.close(self._port)
            raise OSError(str(refused)) from refused

    def send(self, data: bytes) -> None:
        try:
            while data:
                select.select([], [self._port], [], 5)
                data = data[os.write(self._port, data) :]
        except OSError as broken:
            raise DeviceTrouble(str(broken)) from broken

    def receive(self, count: int, seconds: float) -> bytes:
        found, until = b"", time.monotonic() + seconds
        try:
            while len(found) < count:
                ready, _, _ = select.select([self._port], [], [], max(until - time.monotonic(), 0))
                if not ready:
                    break
                part = os.read(self._port, count - len(found))
                if not part:
                    raise DeviceTrouble("the port was closed")
                found += part
        except OSError as broken:
            raise DeviceTrouble(str(broken)) from broken
        return found

    def close(self) -> None:
        os.close(self._port)
