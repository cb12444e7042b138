"""Self-check machines while their server is killed: `python -m tools.bench.crashes ACTS [options]` in WENLAN_HOME.

Four terminals lend and take back, after the same few items and the last places under their readers' limits. Every so
often a server is ended as a power cut ends it (SIGKILL) and started again. A terminal that gets no answer connects
anew and sends the same message until it has one. Afterwards every acknowledged act must be there once, nothing else
may be there, no item may have two open loans and no reader too many, and `wenlan verify` must be clean.
"""

import argparse
import hashlib
import json
import os
import random
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import django

from tools.postgres import free_port

TERMINALS = 4
READERS, ITEMS, LIMIT = 12, 30, 3
PASSWORD = "crash-terminal"
LONGEST_WAIT = 20.0
MOST_HELD = 6
LONGEST_LIFE = 400  # acts
LONGEST_TRY = 900.0  # seconds for one message, over as many lives of the server as it takes


@dataclass(slots=True)
class Server:
    """A `wenlan sip2` that can be killed and started again at the same port."""

    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] = field(init=False)
    kills: int = 0

    def start(self) -> None:
        """Start, and wait until it listens."""
        command = [sys.executable, "-m", "wenlan", "sip2", "--listen", f"127.0.0.1:{self.port}"]
        nothing = subprocess.DEVNULL
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=nothing, stderr=nothing)
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and self.process.poll() is None:
            with suppress(OSError), closing(socket.create_connection(("127.0.0.1", self.port), timeout=5)):
                return
            time.sleep(0.05)
        raise RuntimeError("the server did not start")

    def kill(self) -> None:
        """End it between two of its instructions, whichever they are."""
        self.process.kill()
        self.process.wait()
        self.kills += 1


@dataclass(frozen=True, slots=True)
class Told:
    """An act that was acknowledged: its message's bytes, what it was about, and whether it was done."""

    kind: str
    content: bytes
    item: str
    card: str
    done: bool

    def key(self, code: str) -> str:
        """Return the key that the server makes of the message."""
        return f"sip2:{hashlib.blake2b(self.content, digest_size=16, key=code.encode()).hexdigest()}"


@dataclass(slots=True)
class Terminal:
    """A machine that does not give up: it sends a message until it is answered."""

    number: int
    port: int
    acts: int
    seed: int
    told: list[Told] = field(default_factory=list)
    held: dict[str, str] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    resent: int = 0
    connection: socket.socket | None = None
    received: bytes = b""
    sequence: int = 0

    @property
    def code(self) -> str:
        """What it signs in as."""
        return f"CRASH{self.number}"

    def work(self) -> None:
        """Do the acts, each with a date of its own, so that no two messages are alike."""
        chance, began = random.Random(self.seed), datetime.now(UTC)
        for number in range(self.acts):
            stamp = f"{began + timedelta(seconds=number):%Y%m%d    %H%M%S}"
            if self.held and (len(self.held) >= MOST_HELD or chance.random() < 0.4):
                item = chance.choice(sorted(self.held))
                self.act("09", f"09N{stamp}{stamp}AP|AO|AB{item}|AC|", item, self.held[item])
            else:
                item, card = f"CI{chance.randrange(ITEMS)}", f"CR{chance.randrange(READERS)}"
                self.act("11", f"11NN{stamp}{' ' * 18}AO|AA{card}|AB{item}|AC|", item, card)

    def act(self, kind: str, line: str, item: str, card: str) -> None:
        """Send until answered; keep what was acknowledged."""
        began = time.perf_counter()
        answer = self.ask(line.encode())
        self.waits.append(time.perf_counter() - began)
        done = answer[:3] in {b"121", b"101"}
        self.told.append(Told(kind, line.encode(), item, card, done))
        if done and kind == "11":
            self.held[item] = card
        elif done:
            self.held.pop(item)

    def ask(self, content: bytes) -> bytes:
        """Return the answer, however often it takes."""
        deadline, tries = time.monotonic() + LONGEST_TRY, 0
        while time.monotonic() < deadline:
            try:
                self.resent += tries > 0
                tries += 1
                answer = self.once(content)
            except OSError:
                self.hang_up()
                time.sleep(0.05)
            else:
                if not answer.startswith(b"96"):
                    return answer
        raise RuntimeError(f"no answer to {content!r}")

    def once(self, content: bytes) -> bytes:
        """Connect and sign in if need be, send with a sequence number and a checksum, and wait."""
        if self.connection is None:
            self.connection = socket.create_connection(("127.0.0.1", self.port), timeout=LONGEST_WAIT)
            self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if not self.exchange(f"9300CN{self.code}|CO{PASSWORD}|".encode()).startswith(b"941"):
                raise ConnectionError("not signed in")
        return self.exchange(content)

    def exchange(self, content: bytes) -> bytes:
        """Send a line and return the next."""
        assert self.connection is not None
        self.sequence = (self.sequence + 1) % 10
        checked = content + f"AY{self.sequence}AZ".encode()
        self.connection.sendall(checked + f"{-sum(checked) & 0xFFFF:04X}\r".encode())
        while b"\r" not in self.received:
            part = self.connection.recv(65536)
            if not part:
                raise ConnectionError("the server hung up")
            self.received += part
        answer, _, self.received = self.received.partition(b"\r")
        return answer.strip()

    def hang_up(self) -> None:
        """Forget the connection and half an answer."""
        if self.connection is not None:
            self.connection.close()
        self.connection, self.received = None, b""


def fill() -> None:
    """Register the readers, items and terminals; nothing where they are already."""
    from wenlan.catalogue.testing import make_record
    from wenlan.circulation.testing import make_rule
    from wenlan.holdings import operations as holdings
    from wenlan.holdings.types import NewItem
    from wenlan.kernel.acts import Act, Channel
    from wenlan.network import queries as network
    from wenlan.patrons import operations as patrons
    from wenlan.patrons.testing import make_category
    from wenlan.patrons.types import NewReader
    from wenlan.protocols.sip2.terminals import enrol

    place = network.root().id
    act = Act(at=datetime(2015, 1, 2, 2, tzinfo=UTC), node=place, channel=Channel.IMPORT, key="crash")
    make_rule(place)
    make_category("crash", loan_limit=LIMIT)
    cards = [f"CR{number}" for number in range(READERS)]
    patrons.register_many(
        act, readers=[NewReader(name="读者", category="crash", card_number=card, key=card) for card in cards]
    )
    record = make_record(place).id
    codes = [f"CI{number}" for number in range(ITEMS)]
    holdings.accession_many(act, items=[NewItem(record=record, barcode=code, key=code) for code in codes])
    for number in range(TERMINALS):
        enrol(code=f"CRASH{number}", password=PASSWORD, node=place)


def work(terminal: Terminal, failures: list[str]) -> None:
    """Let a terminal do its acts; what it cannot overcome is kept."""
    try:
        terminal.work()
    except (RuntimeError, OSError, KeyError) as failure:
        failures.append(repr(failure))


def run(acts: int, *, servers: int, kills: int, seed: int) -> dict[str, Any]:
    """Let the terminals work while servers die; return what was found. `kills`: so many, 0 without end."""
    chance = random.Random(seed)
    running = [Server() for _ in range(servers)]
    terminals = [
        Terminal(number, running[number % servers].port, acts // TERMINALS, chance.randrange(10**9))
        for number in range(TERMINALS)
    ]
    failures: list[str] = []
    with ExitStack() as at_the_end:
        for server in running:
            server.start()
            at_the_end.callback(server.kill)
        began = time.perf_counter()
        threads = [threading.Thread(target=work, args=(terminal, failures)) for terminal in terminals]
        for thread in threads:
            thread.start()
        cut_the_power(running, terminals, threads, chance, kills)
        for thread in threads:
            thread.join()
        seconds = time.perf_counter() - began
        for terminal in terminals:
            terminal.hang_up()
    found = compare(terminals)
    told = [one for terminal in terminals for one in terminal.told]
    return found | {
        "acts": len(told),
        "done": sum(one.done for one in told),
        "refused": sum(not one.done for one in told),
        "seconds": seconds,
        "kills": sum(server.kills for server in running) - servers,
        "resent": sum(terminal.resent for terminal in terminals),
        "failures": failures,
        "verify": subprocess.run(
            [sys.executable, "-m", "wenlan", "verify"], check=False, capture_output=True
        ).returncode,
    }


def cut_the_power(
    servers: list[Server], terminals: list[Terminal], threads: list[threading.Thread], chance: random.Random, times: int
) -> None:
    """Kill and restart a server at random moments until the work is done, or so many times in the midst of it."""

    def goes_on() -> bool:
        return any(thread.is_alive() for thread in threads)

    for moment in moments(sum(terminal.acts for terminal in terminals), times, chance):
        while goes_on() and sum(len(one.told) for one in terminals) < moment:
            time.sleep(chance.uniform(0.001, 0.02))
        if not goes_on():
            return
        server = chance.choice(servers)
        server.kill()
        server.start()


def moments(acts: int, times: int, chance: random.Random) -> Iterator[int]:
    """Yield after how many acts a server is killed, so many `times` or (0) until all are done.

    They are counted, not timed: on a busy machine a server would be ended before it has answered anybody.
    """
    if times:
        yield from sorted(int(acts * chance.uniform(0.1, 0.8)) for _ in range(times))
        return
    moment = 0
    while moment < acts:
        moment += chance.randrange(1, LONGEST_LIFE)
        yield moment


def compare(terminals: list[Terminal]) -> dict[str, int]:
    """Return how the tables differ from what the terminals were told; every figure should be 0."""
    from wenlan.circulation.models import Loan
    from wenlan.circulation.verification import differences
    from wenlan.holdings import queries as holdings
    from wenlan.patrons import queries as patrons

    items = {f"CI{number}": holdings.item_by_barcode(f"CI{number}").id for number in range(ITEMS)}
    readers = {f"CR{number}": patrons.patron_id_by_card(f"CR{number}") for number in range(READERS)}
    by = [f"device:{terminal.code}" for terminal in terminals]
    loans = {loan.out_key: loan for loan in Loan.objects.filter(lent_by__in=by)}
    told = {one.key(terminal.code): one for terminal in terminals for one in terminal.told}
    lent = {key for key, one in told.items() if one.kind == "11" and one.done}
    back = {key for key, one in told.items() if one.kind == "09" and one.done}
    came_back = {loan.in_key for loan in loans.values() if loan.in_key}
    held = {(items[item], readers[card]) for terminal in terminals for item, card in terminal.held.items()}
    open_now = [(loan.item_id, loan.patron_id) for loan in loans.values() if loan.returned_at is None]
    right = sum(
        (loans[key].item_id, loans[key].patron_id) == (items[told[key].item], readers[told[key].card])
        for key in lent & loans.keys()
    )
    return {
        "loans_lost": len(lent - loans.keys()),
        "loans_nobody_was_told_of": len(loans.keys() - lent),
        "loans_of_others": len(lent & loans.keys()) - right,
        "returns_lost": len(back - came_back),
        "returns_nobody_was_told_of": len(came_back - back),
        "items_lent_twice": sum(count > 1 for count in Counter(item for item, _ in open_now).values()),
        "readers_over_their_limit": sum(count > LIMIT for count in Counter(reader for _, reader in open_now).values()),
        "open_loans_that_differ": len(held ^ set(open_now)),
        "differences": len(differences()),
    }


FAULTS = (
    *("loans_lost", "loans_nobody_was_told_of", "loans_of_others", "returns_lost", "returns_nobody_was_told_of"),
    *("items_lent_twice", "readers_over_their_limit", "open_loans_that_differ", "differences", "verify"),
)


def faults(found: dict[str, Any]) -> int:
    """Return how much is wrong with what was found."""
    return sum(int(found[name]) for name in FAULTS) + len(found["failures"])


def main() -> int:
    """Fill the installation, let the servers die, and print what was found as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("acts", type=int)
    parser.add_argument("--servers", type=int, default=1)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenlan.config.settings")
    django.setup()
    fill()
    found = run(options.acts, servers=options.servers, kills=options.kills, seed=options.seed)
    print(json.dumps(found))
    return 1 if faults(found) else 0


if __name__ == "__main__":
    sys.exit(main())
