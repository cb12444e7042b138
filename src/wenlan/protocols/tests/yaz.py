"""The programs of Index Data's YAZ toolkit, which tests speak with."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest


def program(name: str) -> str:
    """Return the path of a program of YAZ; the test is skipped, saying so, where there is none."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not on this machine (Debian: apt install yaz)")
    return found


@contextmanager
def running_ztest() -> Iterator[int]:
    """Start YAZ's test target on a free port; yield the port."""
    path = program("yaz-ztest")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [path, "-S", f"tcp:127.0.0.1:{port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        until = time.monotonic() + 20
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield port
    finally:
        server.kill()
        server.wait(timeout=10)
