"""Lending through three doors (the operation, the desk over HTTP, SIP2), beside the bare SQL of the same acts."""

import json
import os
import re
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import harmonic_mean
from typing import Any

from tools import postgres
from tools.bench.crashes import faults
from tools.bench.figures import Figure
from tools.bench.running import Server, Settings, module, output, said, serving, settings
from tools.bench.stage import Scale
from tools.console import Failure, say

CLIENTS = 4
SHARE = 2_000
HALF = SHARE // 2
SPARE = 500  # between the shares of two clients, for their warm-up
SYNCS = 500
OF_THE_DISK = 0.6
OF_THE_LIMIT = 0.5
SIP2_RATE, HTTP_RATE = 700, 400
LONGEST_P95, LONGEST_WAIT = 10, 250  # ms
# Where the pairs of each measurement begin, of 60,000.
OPERATION_ALONE, BARE, OPERATIONS, AT_TERMINALS, AT_DESKS, OFF_LINE = 10_000, 20_000, 30_000, 42_000, 50_000, 56_000
OFF_LINE_ACTS, OFF_LINE_SECONDS = 5_000, 30


def on_sqlite(folder: Path, scale: Scale) -> Iterator[Figure]:
    """Lend on SQLite, where one process writes and every act is on the disk before it is answered."""
    under = settings(folder / "sqlite", scale=scale)
    yield filled(under, scale, "SQLite")
    synced = syncs_a_second(folder)
    yield Figure(what="the disk writes through (fsync)", value=synced, unit="/s")
    bare = SHARE / said(module("tools.bench.bare", BARE, SHARE, under=under))["seconds"]
    yield Figure(what="bare sqlite3, the same SQL", value=bare, unit="/s")
    alone = said(module("tools.bench.lending", OPERATION_ALONE, SHARE, under=under))
    yield from of_the_operation("SQLite, one process", [alone], min(1000, OF_THE_DISK * synced))
    yield Figure(what="SQLite: of the bare rate", value=rate_of([alone], "out") / bare, unit="")
    yield from off_line("SQLite", under)
    yield from served("SQLite", under)


def on_postgresql(folder: Path, tries: int, scale: Scale) -> Iterator[Figure]:
    """Lend on PostgreSQL: pgbench and the operation with as many clients, two desks racing, desks and terminals."""
    binaries = postgres.provide_binaries()
    if binaries is None:
        raise Failure("PostgreSQL is not installed (Debian: apt install postgresql)")
    with postgres.cluster(binaries, settings=()) as url:
        under = settings(folder / "postgresql", url, scale=scale)
        yield filled(under, scale, "PostgreSQL")
        script = folder / "check-out.sql"
        script.write_text(output(module("tools.bench.pgbench", scale.items - 1, under=under)), encoding="utf-8")
        before = under_pgbench(binaries, url, script, BARE)
        clients = together(under)
        after = under_pgbench(binaries, url, script, BARE + CLIENTS * HALF)
        bare = harmonic_mean((before, after))
        yield Figure(what=f"pgbench -M prepared -c{CLIENTS}, the same SQL, before and after", value=bare, unit="/s")
        yield from of_the_operation(f"PostgreSQL, {CLIENTS} clients", clients, None)
        ratio = rate_of(clients, "out") / bare
        yield Figure(what="check-outs, PostgreSQL: of pgbench's rate", value=ratio, unit="", least=OF_THE_LIMIT)
        raced = said(module("tools.bench.races", tries, under=under))
        wrong = raced["wrong"] + raced["differences"]
        yield Figure(what=f"two desks after the same thing, {tries:,} times: wrong", value=wrong, unit="", most=0)
        yield from off_line("PostgreSQL", under)
        yield from served("PostgreSQL", under)


def filled(under: Settings, scale: Scale, name: str) -> Figure:
    """Make an installation with readers, items and past loans; return how long that took."""
    began = time.perf_counter()
    output(module("wenlan", "init", under=under))
    output(module("tools.bench.stage", under=under))
    size = f"{scale.items:,} items, {scale.readers:,} readers, {scale.loans:,} past loans"
    return Figure(what=f"{name}: filled with {size}", value=time.perf_counter() - began, unit="s")


def syncs_a_second(folder: Path) -> float:
    """Return how often a second the disk can write a page through to itself."""
    began = time.perf_counter()
    with (folder / "synced").open("wb") as file:
        for _ in range(SYNCS):
            file.write(bytes(4096))
            file.flush()
            os.fsync(file.fileno())
    return SYNCS / (time.perf_counter() - began)


def under_pgbench(binaries: Path, url: str, script: Path, first: int) -> float:
    """Return the transactions a second of the check-out's SQL under pgbench, for half the pairs of the operation.

    It is measured before the operation and after: the machine of one minute is not that of the next.
    """
    options = ("-M", "prepared", "-n", "-c", CLIENTS, "-j", "2", "-t", HALF)
    defined = ("-D", "i=0", "-D", f"first={first}", "-D", f"share={HALF}")
    command = [binaries / "pgbench", *options, *defined, "-f", script, url]
    before = loans_in(binaries, url)
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    found = re.search(r"tps = ([\d.]+) \(without", done.stdout)
    if done.returncode or not found:
        raise Failure(f"pgbench failed:\n{done.stdout}{done.stderr}")
    if (lent := loans_in(binaries, url) - before) != CLIENTS * HALF:
        raise Failure(f"pgbench lent {lent} of {CLIENTS * HALF} items")
    return float(found.group(1))


def loans_in(binaries: Path, url: str) -> int:
    """Return how many loans there are."""
    command = [str(binaries / "psql"), "-Atc", "SELECT count(*) FROM circulation_loan", url]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def together(under: Settings) -> list[dict[str, Any]]:
    """Return what several processes measured that lend at once, each begun when all are warm."""
    with tempfile.TemporaryDirectory(prefix="wenlan-bench-gate-") as gate:
        starts = [OPERATIONS + client * (SHARE + SPARE) for client in range(CLIENTS)]
        clients = [module("tools.bench.lending", first, SHARE, gate, under=under) for first in starts]
        for act in ("out", "in"):
            waiting = [Path(gate, f"ready-{act}-{first}") for first in starts]
            while not all(path.exists() for path in waiting):
                if any(client.poll() for client in clients):
                    raise Failure("a client of the bench failed")
                time.sleep(0.01)
            Path(gate, f"go-{act}").touch()
        return [said(client) for client in clients]


def rate_of(clients: Sequence[dict[str, Any]], act: str) -> float:
    """Return acts a second of processes that began together."""
    return len(clients) * SHARE / max(float(client[act]["seconds"]) for client in clients)


def of_the_operation(where: str, clients: Sequence[dict[str, Any]], least: float | None) -> Iterator[Figure]:
    """Yield rate, waits and the processes' own computing of check-outs and check-ins."""
    for act, name in (("out", "check-outs"), ("in", "check-ins")):
        waits = sorted(1000 * wait for client in clients for wait in client[act]["waits"])
        computed = 1000 * sum(client[act]["cpu"] for client in clients) / len(waits)
        yield Figure(what=f"{name}, {where}", value=rate_of(clients, act), unit="/s", least=least)
        yield Figure(what=f"{name}, {where}, median", value=waits[len(waits) // 2], unit="ms")
        yield Figure(what=f"{name}, {where}, 95th percentile", value=waits[int(0.95 * len(waits))], unit="ms")
        yield Figure(what=f"{name}, {where}, computed by the process", value=computed, unit="ms")


def off_line(name: str, under: Settings) -> Iterator[Figure]:
    """Yield how long the acts of a device take that comes back from three days without a line."""
    found = said(module("tools.bench.journals", OFF_LINE, OFF_LINE_ACTS, under=under))
    what = f"replay of {OFF_LINE_ACTS:,} off-line acts, {name}"
    yield Figure(what=what, value=found["seconds"], unit="s", most=OFF_LINE_SECONDS)
    yield Figure(what=f"{what}: a hundred, longest wait", value=found["longest"], unit="ms")
    yield Figure(what=f"{what}: a hundred again", value=found["again"], unit="ms")
    yield Figure(what=f"{what}: not recorded, or not as told", value=found["wrong"], unit="", most=0)


def served(name: str, under: Settings) -> Iterator[Figure]:
    """Yield what terminals and desks see of a server at work."""
    with serving(under) as server:
        yield from at_terminals(name, under, server, AT_TERMINALS, 1)
        yield from at_terminals(name, under, server, AT_TERMINALS + SHARE, CLIENTS)
        yield from at_desks(name, under, server)


def at_terminals(name: str, under: Settings, server: Server, first: int, connections: int) -> Iterator[Figure]:
    """Lend and take back through SIP2 on some connections; the limits are for four."""
    pairs = SHARE * connections // 4 + SHARE // 2
    found = said(module("tools.bench.terminals", server.sip2_port, first, pairs, connections, under=under))
    if found["failures"]:
        raise Failure(f"{found['failures']} messages were refused over SIP2")
    what, is_full = f"SIP2 on {connections} connections, {name}", connections == CLIENTS
    yield Figure(what=what, value=found["rate"], unit="/s", least=SIP2_RATE if is_full else None)
    yield Figure(what=f"{what}, median", value=found["p50"], unit="ms")
    yield Figure(what=f"{what}, 95th percentile", value=found["p95"], unit="ms", most=LONGEST_P95 if is_full else None)
    yield Figure(what=f"{what}, longest wait", value=found["longest"], unit="ms", most=LONGEST_WAIT)


def at_desks(name: str, under: Settings, server: Server) -> Iterator[Figure]:
    """Lend and take back through the scan endpoint of the desk."""
    address = server.web.removeprefix("http://")
    found = said(module("tools.bench.desks", address, AT_DESKS, SHARE, CLIENTS, under=under))
    if found["failures"]:
        raise Failure(f"{found['failures']} scans were refused at the desk: {found['first_failure']}")
    what = f"HTTP, {CLIENTS} desks that scan, {name}"
    yield Figure(what=what, value=found["rate"], unit="/s", least=HTTP_RATE)
    yield Figure(what=f"{what}, median", value=found["p50"], unit="ms")
    yield Figure(what=f"{what}, 95th percentile", value=found["p95"], unit="ms")
    yield Figure(what=f"{what}, longest wait", value=found["longest"], unit="ms", most=LONGEST_WAIT)


def crash(folder: Path, acts: int) -> Iterator[Figure]:
    """Kill the server while terminals lend, on SQLite and with two workers on PostgreSQL; nothing may be wrong."""
    yield from crashed("SQLite", settings(folder / "crash-sqlite"), acts, servers=1)
    binaries = postgres.provide_binaries()
    if binaries is None:
        raise Failure("PostgreSQL is not installed (Debian: apt install postgresql)")
    with postgres.cluster(binaries, settings=()) as url:
        yield from crashed("PostgreSQL", settings(folder / "crash-postgresql", url), acts, servers=2)


def crashed(name: str, under: Settings, acts: int, *, servers: int) -> Iterator[Figure]:
    """Yield what happened to the acts of terminals whose servers were killed."""
    output(module("wenlan", "init", under=under))
    process = module("tools.bench.crashes", acts, "--servers", servers, under=under)
    text, _ = process.communicate()
    found = said_by(text)
    say(f"{name}: {found}")
    what = f"{name}, {servers} worker{'s' if servers > 1 else ''}"
    yield Figure(what=f"{what}: acts acknowledged", value=found["acts"], unit="", least=acts)
    yield Figure(what=f"{what}: servers killed", value=found["kills"], unit="", least=1)
    yield Figure(what=f"{what}: messages sent again", value=found["resent"], unit="", least=1)
    yield Figure(what=f"{what}: lost, twice, or not as told", value=faults(found), unit="", most=0)


def said_by(text: str) -> dict[str, Any]:
    """Return the JSON on the last line of what a program printed. Raises Failure when it printed nothing."""
    lines = text.strip().splitlines()
    if not lines:
        raise Failure("the terminals failed before they could say what was wrong")
    found: dict[str, Any] = json.loads(lines[-1])
    return found
