"""A PostgreSQL cluster that lives as long as a test run: made in a temporary folder, removed at the end."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tools.console import Failure, answer, install_system_packages, is_root, say

# A test run may lose its cluster; nothing else may.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_wal_size=4GB")
COMMON = (
    "max_connections=100",
    "shared_buffers=256MB",
    "jit=off",
    "log_min_messages=error",
)


def find_binaries() -> Path | None:
    """Return the folder with `initdb` and `postgres`, the newest version first."""
    stated = answer("pg_config", "--bindir")
    folders = [Path(stated)] if stated else []
    for pattern in ("usr/lib/postgresql/*/bin", "opt/homebrew/opt/postgresql*/bin", "Program Files/PostgreSQL/*/bin"):
        folders += sorted(Path(Path.cwd().anchor).glob(pattern), key=lambda folder: folder.parent.name, reverse=True)
    suffix = ".exe" if sys.platform == "win32" else ""
    return next((folder for folder in folders if (folder / f"initdb{suffix}").exists()), None)


def provide_binaries() -> Path | None:
    """Return the binaries, installing Debian's package first where we may; None when there are none."""
    found = find_binaries()
    if found is None and install_system_packages("postgresql"):
        found = find_binaries()
    return found


@contextmanager
def cluster(binaries: Path, *, settings: tuple[str, ...] = FAST) -> Iterator[str]:
    """Start a cluster on a free loopback port, and a socket in its folder; yield the url of its database `wenlan`.

    The url names the socket where the system has such: programs beside each other need no network to speak.
    """
    folder = Path(tempfile.mkdtemp(prefix="wenlan-postgres-"))
    owner = server_owner(folder)
    server: subprocess.Popen[bytes] | None = None
    try:
        initialise(binaries, folder / "data", owner)
        port = free_port()
        sockets = "" if sys.platform == "win32" else str(folder)
        stated = (*COMMON, f"unix_socket_directories={sockets}", *settings)
        options = [part for setting in stated for part in ("-c", setting)]
        command = [str(binaries / "postgres"), "-D", str(folder / "data"), "-h", "127.0.0.1", "-p", str(port), *options]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, start_new_session=True, **owner)
        wait_until_ready(binaries, port, server, folder / "log")
        place = f"/wenlan?host={sockets}&port={port}" if sockets else f"127.0.0.1:{port}/wenlan"
        yield f"postgresql://postgres@{place}"
    finally:
        if server is not None:
            stop(binaries, folder / "data", server, owner)
        shutil.rmtree(folder, ignore_errors=True)


def server_owner(folder: Path) -> dict[str, Any]:
    """Return whom to run the server as: PostgreSQL refuses to run as root."""
    if not is_root():
        return {}
    shutil.chown(folder, "postgres", "postgres")
    return {"user": "postgres", "group": "postgres", "extra_groups": []}


def initialise(binaries: Path, data: Path, owner: dict[str, Any]) -> None:
    """Make an empty cluster that trusts everybody on this machine."""
    command = [
        str(binaries / "initdb"),
        "-D",
        str(data),
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C",
        "-N",
    ]
    done = subprocess.run(command, capture_output=True, text=True, cwd=data.parent, check=False, **owner)
    if done.returncode:
        raise Failure(f"PostgreSQL's initdb failed:\n{done.stderr}")


def free_port() -> int:
    """Return a port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(binaries: Path, port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server answers, and make the database."""
    address = ("-h", "127.0.0.1", "-p", str(port), "-U", "postgres")
    deadline = time.monotonic() + 60
    while not answer(binaries / "pg_isready", *address):
        if server.poll() is not None or time.monotonic() > deadline:
            raise Failure(f"PostgreSQL did not start:\n{log.read_text(encoding='utf-8', errors='replace')}")
        time.sleep(0.1)
    while subprocess.call([binaries / "createdb", *address, "wenlan"], stderr=subprocess.DEVNULL):
        if server.poll() is not None or time.monotonic() > deadline:
            raise Failure(f"PostgreSQL made no database:\n{log.read_text(encoding='utf-8', errors='replace')}")
        time.sleep(0.1)


def stop(binaries: Path, data: Path, server: subprocess.Popen[bytes], owner: dict[str, Any]) -> None:
    """Stop the server without waiting for its clients."""
    command = [str(binaries / "pg_ctl"), "stop", "-D", str(data), "-m", "immediate", "-s"]
    subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=data.parent, **owner)
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        say("PostgreSQL did not stop in time and is killed")
        server.kill()


def server_version(binaries: Path) -> str:
    """Return, for people, which PostgreSQL it is."""
    return answer(binaries / "postgres", "--version") or os.fspath(binaries)
