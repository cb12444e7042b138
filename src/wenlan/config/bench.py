"""The whole installation measured from outside: the demonstration, the first page, memory, SIP2 over TCP."""

import json
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from wenlan.demo.people import card_number
from wenlan.demo.stock import barcode
from wenlan.kernel.bench import BenchContext, BenchRow

CONNECTIONS = 4
WARM_UP = 200
STAMP = b"20191231    101500"
MIB = 1 << 20


def demonstration(context: BenchContext) -> Iterator[BenchRow]:
    """Build the demo at its default scale, serve it, and lend over SIP2 on four connections."""
    home = context.scratch_dir / "demo"
    began = time.monotonic()
    made = json.loads(wenlan(home, context, "demo", "--fresh", "--json"))
    yield BenchRow(
        name="demo at the default scale", value=time.monotonic() - began, unit="s", target=90, at_least=False
    )
    with served(home, context) as server:
        yield BenchRow(name="first page after start", value=server.first_page, unit="s", target=3, at_least=False)
        yield from over_sip2(server, made["terminals"][0], pairs=500 if context.quick else 4000)
        yield BenchRow(
            name="memory of serve and its children (PSS)",
            value=server.proportional_memory() / MIB,
            unit="MiB",
            target=450,
            at_least=False,
        )


def whole_year(context: BenchContext) -> Iterator[BenchRow]:
    """Live the year at scale 1 and compose its report."""
    if context.quick:
        return
    home = context.scratch_dir / "year"
    began = time.monotonic()
    wenlan(home, context, "demo", "--fresh", "--scale", "1")
    yield BenchRow(
        name="year at scale 1, lived and reported",
        value=time.monotonic() - began,
        unit="s",
        target=1200,
        at_least=False,
    )
    began = time.monotonic()
    wenlan(home, context, "report", "annual", "--node", "CZ-M", "--year", "2019", "--format", "docx,pdf,html",
           "--out", str(home / "again"))  # fmt: skip
    yield BenchRow(
        name="annual report of that year (three formats)",
        value=time.monotonic() - began,
        unit="s",
        target=20,
        at_least=False,
    )


def environment(home: Path, context: BenchContext) -> dict[str, str]:
    """Return the environment of a child: its own home, the context's database."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WENLAN_")}
    url = "" if context.database_url.startswith("sqlite") else context.database_url
    return {**kept, "WENLAN_HOME": str(home), "WENLAN_DATABASE_URL": url, "PYTHONIOENCODING": "utf-8"}


def wenlan(home: Path, context: BenchContext, *arguments: str) -> str:
    """Run a subcommand and return what it printed. Raises CalledProcessError."""
    command = [sys.executable, "-m", "wenlan", *arguments]
    done = subprocess.run(command, env=environment(home, context), capture_output=True, encoding="utf-8", check=True)
    return done.stdout


@dataclass(slots=True)
class Served:
    """A running installation: its process, its ports, and how long the first page took (seconds)."""

    process: psutil.Popen
    http: int
    sip2: int
    first_page: float = 0.0

    def proportional_memory(self) -> int:
        """Return the bytes of the group, pages shared by several counted in parts (resident where unknown)."""
        group = [self.process, *self.process.children(recursive=True)]
        return sum(getattr(member.memory_full_info(), "pss", member.memory_info().rss) for member in group)


@contextmanager
def served(home: Path, context: BenchContext) -> Iterator[Served]:
    """Run `wenlan serve` on free ports until the block ends."""
    http, sip2 = free_port(), free_port()
    command = [sys.executable, "-m", "wenlan", "serve", "--http", f"127.0.0.1:{http}", "--sip2", f"127.0.0.1:{sip2}"]
    began = time.monotonic()
    process = psutil.Popen(
        command, env=environment(home, context), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    server = Served(process=process, http=http, sip2=sip2)
    try:
        while time.monotonic() - began < 60 and not answers(http):
            time.sleep(0.02)
        server.first_page = time.monotonic() - began
        yield server
    finally:
        for member in [*process.children(recursive=True), process]:
            member.terminate()
        process.wait(timeout=20)


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with closing(socket.create_server(("127.0.0.1", 0))) as found:
        return int(found.getsockname()[1])


def answers(port: int) -> bool:
    """Return whether the portal's first page comes."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as page:
            return page.status == 200
    except OSError:
        return False


@dataclass(slots=True)
class Talk:
    """One connection's acts: how long each answer took (seconds), and how many said no."""

    seconds: list[float] = field(default_factory=list)
    refused: int = 0


def over_sip2(server: Served, terminal: dict[str, Any], *, pairs: int) -> Iterator[BenchRow]:
    """Lend and take back `pairs` items on four connections, each answer timed at the client."""
    login = f"9300CN{terminal['login']}|CO{terminal['password']}|\r".encode()
    talks = [Talk() for _ in range(CONNECTIONS)]
    ready = threading.Barrier(CONNECTIONS + 1)
    threads = [
        threading.Thread(target=talk_on, args=(server.sip2, login, range(place, pairs, CONNECTIONS), talk, ready))
        for place, talk in enumerate(talks)
    ]
    for thread in threads:
        thread.start()
    ready.wait()
    began = time.monotonic()
    for thread in threads:
        thread.join()
    took = time.monotonic() - began
    told = sorted(seconds * 1000 for talk in talks for seconds in talk.seconds[WARM_UP // CONNECTIONS :])
    acts = sum(len(talk.seconds) for talk in talks)
    refused = sum(talk.refused for talk in talks)
    note = f"{acts} acts, {refused} refused, median {statistics.median(told):.1f} ms"
    yield BenchRow(name="SIP2 acts on 4 connections", value=acts / took, unit="/s", target=500, note=note)
    yield BenchRow(
        name="SIP2 answer, 95th of 100", value=told[int(len(told) * 0.95)], unit="ms", target=10, at_least=False
    )
    yield BenchRow(name="SIP2 slowest answer after warm-up", value=told[-1], unit="ms", target=250, at_least=False)


def talk_on(port: int, login: bytes, numbers: range, talk: Talk, ready: threading.Barrier) -> None:
    """Lend item n to reader n and take it back, for each number; what is out from the year comes back first."""
    with closing(socket.create_connection(("127.0.0.1", port))) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        ask(line, login)
        for number in numbers:
            ask(line, checkin(number, "000000"))
        ready.wait()
        for number in numbers:
            checkout = f"{STAMP.decode()}{' ' * 18}AOX|AA{card_number(number)}|AB{barcode(number)}|AC|\r"
            for message, said_yes in ((b"11YN" + checkout.encode(), b"121"), (checkin(number, "101501"), b"101")):
                asked = time.perf_counter()
                answer = ask(line, message)
                talk.seconds.append(time.perf_counter() - asked)
                talk.refused += not answer.startswith(said_yes)


def checkin(number: int, clock: str) -> bytes:
    """Return the message that takes item n back."""
    stamp = f"20191231    {clock}"
    return f"09N{stamp}{stamp}AP|AOX|AB{barcode(number)}|AC|\r".encode()


def ask(line: socket.socket, message: bytes) -> bytes:
    """Send a message and return the whole answer."""
    line.sendall(message)
    answer = b""
    while not answer.endswith(b"\r"):
        part = line.recv(4096)
        if not part:
            break
        answer += part
    return answer


BENCHES = [demonstration, whole_year]
