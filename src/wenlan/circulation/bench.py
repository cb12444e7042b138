"""How fast a check-out is: on PostgreSQL beside pgbench with the same SQL text, on SQLite with every commit on disk."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import IO, Any
from urllib.parse import parse_qsl, urlsplit

from wenlan.circulation.benching import FIRST_BARCODE, FIRST_CARD, READERS, WARM_UP
from wenlan.kernel.bench import BenchContext, BenchRow

CLIENTS = 4
PGBENCH_PLACES = ("/usr/lib/postgresql/17/bin", "/usr/lib/postgresql/16/bin", "/usr/lib/postgresql/15/bin")


def checkout(context: BenchContext) -> Iterator[BenchRow]:
    """Measure the check-out on the database of the context."""
    if context.database_url.startswith("postgres"):
        yield from on_postgresql(context)
    else:
        yield from on_sqlite(context)


def on_sqlite(context: BenchContext) -> Iterator[BenchRow]:
    """One process, one act a transaction, `synchronous=FULL`; then many acts in one transaction, as a demo lives."""
    count = 1_000 if context.quick else 5_000
    run(context, "prepare", str(2 * count))
    single = lend_together(context, [(0, count)])[0]
    batch = lend_together(context, [(count, count)], "--batch")[0]
    note = f"p50 {single['p50_ms']:.2f} ms, p95 {single['p95_ms']:.2f} ms"
    yield BenchRow(
        name="check-out, SQLite FULL, one process", value=rate([single]), unit="acts/s", target=1000, note=note
    )
    yield BenchRow(name="check-out, SQLite, many in one transaction", value=rate([batch]), unit="acts/s", target=1500)


def on_postgresql(context: BenchContext) -> Iterator[BenchRow]:
    """Four processes through the operation and four clients of pgbench, in turns; then two desks racing."""
    rounds, count = (1, 400) if context.quick else (3, 2_500)
    made = run(context, "prepare", str(2 * rounds * CLIENTS * count))
    ours, bare, slowest = [], [], []
    for one in range(rounds):
        first = one * 2 * CLIENTS * count
        answers = lend_together(context, [(first + client * count, count) for client in range(CLIENTS)])
        ours.append(rate(answers))
        slowest.append(max(answer["p95_ms"] for answer in answers))
        bare.append(pgbench(context, made, first=first + CLIENTS * count, count=count))
    note = f"{median(ours):,.0f} of {median(bare):,.0f} acts/s; p95 {median(slowest):.1f} ms"
    yield BenchRow(
        name="check-out, PostgreSQL, of pgbench -M prepared -c4 on the same SQL",
        value=round(median(our / limit for our, limit in zip(ours, bare, strict=True)), 3),
        unit="of 1",
        target=0.4,
        note=note,
    )
    raced = run(context, "race", "500" if context.quick else "100000")
    yield BenchRow(
        name="two desks, last place and last copy: wrong outcomes",
        value=raced["wrong"] + raced["differences"],
        unit="acts",
        target=0,
        at_least=False,
        note=f"{raced['tries']:,} tries",
    )


def environment(context: BenchContext) -> dict[str, str]:
    """Return the surroundings of a child: the database of the context and a home of its own."""
    home = context.scratch_dir / "circulation"
    home.mkdir(parents=True, exist_ok=True)
    return os.environ | {"WENLAN_HOME": str(home), "WENLAN_DATABASE_URL": context.database_url}


def command(*arguments: str) -> list[str]:
    """Return the command line of a child."""
    return [sys.executable, "-m", "wenlan.circulation.benching", *arguments]


def run(context: BenchContext, *arguments: str) -> dict[str, Any]:
    """Run a child to its end and return its answer."""
    done = subprocess.run(
        command(*arguments), env=environment(context), check=True, stdout=subprocess.PIPE, encoding="utf-8"
    )
    return json.loads(done.stdout.splitlines()[-1])


def lend_together(context: BenchContext, parts: list[tuple[int, int]], *flags: str) -> list[dict[str, Any]]:
    """Let one child for each part lend its items; all start at the same moment."""
    children = [
        subprocess.Popen(
            command("lend", str(first), str(count), *flags),
            env=environment(context),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        for first, count in parts
    ]
    for child in children:
        if pipe(child.stdout).readline().strip() != "ready":
            raise RuntimeError("a client of the bench did not start")
    for child in children:
        pipe(child.stdin).write("\n")
        pipe(child.stdin).flush()
    return [json.loads(child.communicate()[0]) for child in children]


def pipe(end: IO[str] | None) -> IO[str]:
    """Return a pipe that is known to be there."""
    if end is None:
        raise RuntimeError("a child without pipes")
    return end


def rate(answers: list[dict[str, Any]]) -> float:
    """Return the acts a second of clients that ran together."""
    return round(sum(answer["acts"] for answer in answers) / max(answer["seconds"] for answer in answers), 1)


def pgbench(context: BenchContext, made: dict[str, Any], *, first: int, count: int) -> float:
    """Return the transactions a second of pgbench for the same statements on other items."""
    script = context.scratch_dir / "checkout.pgbench"
    script.write_text(pgbench_script(made, first=first, count=count - WARM_UP), encoding="utf-8")
    done = subprocess.run(
        [
            *(pgbench_binary(), "-n", "-M", "prepared", "-c", str(CLIENTS), "-j", "2", "-t", str(count - WARM_UP)),
            *("-D", "n=-1", "-f", str(script), *connection_options(context.database_url)),
        ],
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    if found is None or done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    return float(found[1])


def pgbench_binary() -> str:
    """Return pgbench of the system. Raises FileNotFoundError when PostgreSQL's programs are not there."""
    for place in PGBENCH_PLACES:
        if (Path(place) / "pgbench").is_file():
            return str(Path(place) / "pgbench")
    found = shutil.which("pgbench")
    if found is None:
        raise FileNotFoundError("pgbench")
    return found


def connection_options(url: str) -> list[str]:
    """Return a database url as pgbench's options."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    host, port = query.get("host") or parts.hostname, query.get("port") or parts.port
    options = [*(["-h", host] if host else []), *(["-p", str(port)] if port else [])]
    return [*options, *(["-U", parts.username] if parts.username else []), parts.path.lstrip("/")]


def pgbench_script(made: dict[str, Any], *, first: int, count: int) -> str:
    """Return the act as a script: begin, the read, the write, commit; each client has items of its own."""
    from wenlan.circulation import statements

    read = filled(statements.READ_CHECKOUT_POSTGRESQL, [":card", ":barcode", "''", "''"])
    day, at, node, rule = "'2019-03-04'", "'20190304T020000Z'", str(made["node"]), str(made["rule"])
    loan = [
        *("gen_random_uuid()", ":item", ":patron", "'adult'", "'personal'", rule),
        *(at, day, node, "'device-bench'", ":key", "'2019-04-03'"),
    ]
    event = [
        *(day, "'loan.made'", at, at, node, "NULL", node, node, "'desk'", "'device-bench'", "1", "''"),
        *("'adult'", "''", "NULL", ":item", "'book'", "'I'", "''", "'chi'", "'personal'", rule),
        *("''", "false", ":key", "NULL"),
    ]
    marks = [*loan, ":card_id", "'valid'", day, node, ":item", ":patron", *event]
    write = filled(statements.IN_ONE[statements.WRITE_CHECKOUT], marks)
    lines = [
        "\\set n :n + 1",
        f"\\set number {first} + :client_id * {count} + :n",
        f"\\set reader :number % {READERS}",
        f"\\set barcode {FIRST_BARCODE} + :number",
        f"\\set card {FIRST_CARD} + :reader",
        f"\\set item {made['first_item']} + :number",
        f"\\set patron {made['first_patron']} + :reader",
        f"\\set card_id {made['first_card_id']} + :reader",
        "\\set key :number",
        *("BEGIN;", f"{one_line(read)};", f"{one_line(write)};", "COMMIT;"),
    ]
    return "\n".join(lines) + "\n"


def filled(sql: str, values: list[str]) -> str:
    """Return the statement with pgbench's variables and constants at its marks, one each."""
    waiting = iter(values)
    text = re.sub("%s", lambda _mark: next(waiting), sql)
    if next(waiting, None) is not None:
        raise ValueError("more values than marks")
    return text


def one_line(sql: str) -> str:
    """Return the statement as pgbench wants it."""
    return " ".join(sql.split())


BENCHES = [checkout]
