"""`./dev bench [--all] [demo|sqlite|postgresql|catalogue ...]`: measure, print the table, add it to the page."""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from tools import postgres
from tools.bench.catalogue import RECORDS, catalogue
from tools.bench.figures import Figure, add_to_page, table
from tools.bench.running import Settings, module, output, said, serving, settings
from tools.console import Failure, leave, say

CLIENTS = 4
LOANS_OF_ONE = 4_000
LOANS_OF_A_CLIENT = 2_000
PAIRS_AT_TERMINALS = 4_000
RACES, RACES_OF_ALL = 5_000, 100_000
SYNCS = 500
OF_THE_DISK = 0.6
SHORT = ("sqlite", "postgresql", "demo")  # some six minutes; a catalogue of a million records takes an hour


def demo(scale: str | None, folder: Path) -> Iterator[Figure]:
    """Live a year; serve it."""
    under = settings(folder / "demo")
    began = time.perf_counter()
    output(module("wenlan", "demo", "--fresh", *(("--scale", scale) if scale else ()), under=under))
    seconds = time.perf_counter() - began
    yield Figure(what=f"demo, scale {scale or 'default'}", value=seconds, unit="s", most=1200 if scale else 90)
    began = time.perf_counter()
    arguments = ("--node", "CZ-M", "--year", "2019", "--format", "docx,pdf,html", "--out", str(folder / "report"))
    output(module("wenlan", "report", "annual", *arguments, under=under))
    yield Figure(what="annual report composed from the cubes", value=time.perf_counter() - began, unit="s", most=20)
    with serving(under) as server:
        yield Figure(what="first page after start", value=server.first_page_seconds, unit="s", most=3)
        yield Figure(what="memory of wenlan serve (PSS)", value=server.megabytes(), unit="MB", most=450)


def on_sqlite(folder: Path) -> Iterator[Figure]:
    """Lend on SQLite: through the operation in one process, and through SIP2."""
    under = settings(folder / "sqlite")
    fill(under)
    synced = syncs_a_second(folder)
    yield Figure(what="the disk writes through (fsync)", value=synced, unit="/s")
    seconds = said(module("tools.bench.lending", 10_000, LOANS_OF_ONE, 0, under=under))["seconds"]
    least = min(1000, OF_THE_DISK * synced)  # each check-out is on the disk before it is answered
    yield Figure(what="check-outs, SQLite, one process", value=LOANS_OF_ONE / seconds, unit="/s", least=least)
    yield from at_terminals("SQLite", under)


def syncs_a_second(folder: Path) -> float:
    """Return how often a second the disk can write a page through to itself."""
    began = time.perf_counter()
    with (folder / "synced").open("wb") as file:
        for _ in range(SYNCS):
            file.write(bytes(4096))
            file.flush()
            os.fsync(file.fileno())
    return SYNCS / (time.perf_counter() - began)


def on_postgresql(folder: Path, tries: int) -> Iterator[Figure]:
    """Lend on PostgreSQL: pgbench and the operation with as many clients, two desks racing, and through SIP2."""
    binaries = postgres.provide_binaries()
    if binaries is None:
        raise Failure("PostgreSQL is not installed (Debian: apt install postgresql)")
    with postgres.cluster(binaries, settings=()) as url:
        under = settings(folder / "postgresql", url)
        fill(under)
        bare = under_pgbench(binaries, url, under, folder)
        yield Figure(what=f"pgbench, {CLIENTS} clients, the same SQL", value=bare, unit="/s")
        through = through_operation(under)
        yield Figure(what=f"check-outs, PostgreSQL, {CLIENTS} clients", value=through, unit="/s")
        yield Figure(what="of pgbench's rate", value=through / bare, unit="", least=0.4)
        raced = said(module("tools.bench.races", tries, under=under))
        wrong = raced["wrong"] + raced["differences"]
        yield Figure(what=f"two desks after the same thing, {tries:,} times: wrong", value=wrong, unit="", most=0)
        yield from at_terminals("PostgreSQL", under)


def fill(under: Settings) -> None:
    """Make an installation with readers and items."""
    output(module("wenlan", "init", under=under))
    output(module("tools.bench.stage", under=under))


def under_pgbench(binaries: Path, url: str, under: Settings, folder: Path) -> float:
    """Return the transactions a second of the check-out's SQL under pgbench."""
    script = folder / "check-out.sql"
    script.write_text(output(module("tools.bench.pgbench", 20_000, 19_999, under=under)), encoding="utf-8")
    options = ("-M", "prepared", "-n", "-c", CLIENTS, "-j", "2", "-t", LOANS_OF_A_CLIENT)
    defined = ("-D", "i=0", "-D", f"share={LOANS_OF_A_CLIENT}")
    command = [binaries / "pgbench", *options, *defined, "-f", script, url]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    found = re.search(r"tps = ([\d.]+) \(without", done.stdout)
    if done.returncode or not found:
        raise Failure(f"pgbench failed:\n{done.stdout}{done.stderr}")
    return float(found.group(1))


def through_operation(under: Settings) -> float:
    """Return the check-outs a second of several processes that begin together."""
    start = time.time() + 8
    shares = [30_000 + client * (LOANS_OF_A_CLIENT + 500) for client in range(CLIENTS)]
    clients = [module("tools.bench.lending", first, LOANS_OF_A_CLIENT, start, under=under) for first in shares]
    return CLIENTS * LOANS_OF_A_CLIENT / max(said(client)["seconds"] for client in clients)


def at_terminals(name: str, under: Settings) -> Iterator[Figure]:
    """Lend and take back through SIP2 on several connections."""
    with serving(under) as server:
        arguments = (server.sip2_port, 42_000, PAIRS_AT_TERMINALS, CLIENTS)
        found = said(module("tools.bench.terminals", *arguments, under=under))
    if found["failures"]:
        raise Failure(f"{found['failures']} messages were refused over SIP2")
    yield Figure(what=f"SIP2 on {CLIENTS} connections, {name}", value=found["rate"], unit="/s", least=500)
    yield Figure(what=f"SIP2, {name}, 95th percentile", value=found["p95"], unit="ms", most=10)
    yield Figure(what=f"SIP2, {name}, longest wait", value=found["longest"], unit="ms", most=250)


def main() -> int:
    """Measure; return 1 when a limit is not kept."""
    parser = argparse.ArgumentParser(prog="./dev bench")
    parser.add_argument("--all", action="store_true", help="all parts, and the year at scale 1 (hours)")
    parser.add_argument(
        "parts", nargs="*", choices=[[], "demo", "sqlite", "postgresql", "catalogue"], help="only these"
    )
    parser.add_argument("--records", type=int, default=RECORDS, help="how many records the catalogue has")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="wenlan-bench-") as name:
        folder = Path(name)
        parts: dict[str, Callable[[], Iterator[Figure]]] = {
            "sqlite": lambda: on_sqlite(folder),
            "postgresql": lambda: on_postgresql(folder, RACES_OF_ALL if options.all else RACES),
            "demo": lambda: demo(None, folder),
            "catalogue": lambda: catalogue(folder, options.records),
        }
        figures: list[Figure] = []
        if options.all:
            parts["the year at scale 1"] = lambda: demo("1", folder)
        for part in options.parts or (parts if options.all else SHORT):
            say(f"measuring: {part}")
            for figure in parts[part]():
                say(" ".join(figure.cells))
                figures.append(figure)
    print(table(figures))
    if not options.parts:
        add_to_page(figures, datetime.now(UTC).date())
    return 0 if all(figure.holds for figure in figures) else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Failure as failure:
        leave(failure)
