"""Programs that the bench starts: Wenlan's commands and server, and parts of the bench, each under its settings."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from tools.bench.stage import SMALL, Scale
from tools.console import ROOT, Failure
from tools.postgres import free_port

Settings = Mapping[str, str]


def settings(home: Path, database_url: str = "", *, scale: Scale = SMALL) -> Settings:
    """Return the environment of an installation of the bench."""
    return {**os.environ, **scale.environment, "WENLAN_HOME": str(home), "WENLAN_DATABASE_URL": database_url}


def module(name: str, *arguments: object, under: Settings) -> subprocess.Popen[str]:
    """Start a Python module whose output is read later."""
    command = [sys.executable, "-m", name, *map(str, arguments)]
    return subprocess.Popen(command, env=dict(under), cwd=ROOT, stdout=subprocess.PIPE, text=True)


def output(process: subprocess.Popen[str]) -> str:
    """Wait for a program; return what it printed. Raises Failure when it failed."""
    text, _ = process.communicate()
    if process.returncode:
        raise Failure(f"{process.args!r} ended with {process.returncode}")
    return text


def said(process: subprocess.Popen[str]) -> dict[str, Any]:
    """Wait for a part of the bench; return the JSON on its last line."""
    answer: dict[str, Any] = json.loads(output(process).strip().splitlines()[-1])
    return answer


@dataclass(frozen=True, slots=True)
class Server:
    """A running `wenlan serve`; `first_page_seconds` from its start to its first whole page."""

    web: str
    sip2_port: int
    first_page_seconds: float
    process: subprocess.Popen[str]

    def megabytes(self) -> float:
        """Return the memory of the server and all its children, shared pages divided among those who share them."""
        parent = psutil.Process(self.process.pid)
        family = [parent, *parent.children(recursive=True)]
        return sum(member.memory_full_info().pss for member in family) / 2**20


@contextmanager
def serving(under: Settings) -> Iterator[Server]:
    """Serve an installation."""
    web, sip2 = f"127.0.0.1:{free_port()}", free_port()
    began = time.perf_counter()
    command = [sys.executable, "-m", "wenlan", "serve", "--http", web, "--sip2", f"127.0.0.1:{sip2}"]
    # What it says goes nowhere: a pipe that nobody reads would stop it when full.
    process = subprocess.Popen(command, env=dict(under), cwd=ROOT, stdout=subprocess.DEVNULL, text=True)
    try:
        wait_for_page(f"http://{web}/", process)
        seconds = time.perf_counter() - began
        wait_for_port(sip2)
        yield Server(f"http://{web}", sip2, seconds, process)
    finally:
        process.terminate()
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            raise


def wait_for_page(url: str, process: subprocess.Popen[str]) -> None:
    """Ask until there is a page. Raises Failure after a minute."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                answer.read()
                return
        except urllib.error.HTTPError as wrong:
            raise Failure(f"wenlan serve answers {wrong.code} at {url}") from wrong
        except OSError:
            time.sleep(0.02)
    raise Failure(f"wenlan serve showed no page at {url}")


def wait_for_port(port: int) -> None:
    """Wait until somebody listens. Raises Failure after a minute."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise Failure(f"nothing listens on port {port}")
