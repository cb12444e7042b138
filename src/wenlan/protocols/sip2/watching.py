"""What the terminals do, counted in memory and written down every few seconds: no write goes with a message."""

import logging
import re
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from wenlan.protocols.models import Terminal, TerminalDay, TerminalFault
from wenlan.protocols.sip2.terminals import TerminalView
from wenlan.protocols.sip2.types import FaultKind

log = logging.getLogger(__name__)
EVERY_SECONDS = 5.0
MOST_FAULTS = 500  # kept between two writings; a terminal gone mad does not fill the memory
KEPT = timedelta(days=30)
SHOWN_BYTES = 200
# Passwords, and what tells of a person: masked before anything is kept.
HEAD = re.compile(r"(.*?[0-9YN ](?:AA|XO|AE))([^|]+)")
MASKED = re.compile(r"(CO|AC|AD|KD|AE|XO|MP|BP|BF|BD|BE|XH|XF|AA)([^|]+)")


@dataclass(slots=True)
class Tally:
    """What one terminal did since the last writing."""

    at: datetime
    messages: int = 0
    acts: int = 0
    refusals: int = 0
    faults: int = 0
    slowest_ms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault on its way to the table; `terminal` is None for who did not sign in."""

    at: datetime
    terminal: int | None
    code: str
    peer: str
    kind: str
    message: str
    line: bytes
    encoding: str


@dataclass(slots=True)
class Board:
    """The counts of this process. Any thread may note; one writes."""

    tallies: dict[int, Tally] = field(default_factory=dict)
    faults: deque[Fault] = field(default_factory=lambda: deque(maxlen=MOST_FAULTS))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, terminal: int, at: datetime, line: bytes, seconds: float) -> None:
        """Count an answer that has gone out to a terminal."""
        outcome = outcome_of(line)
        with self.lock:
            tally = self.tallies.setdefault(terminal, Tally(at))
            tally.at = at
            tally.messages += 1
            tally.acts += outcome is True
            tally.refusals += outcome is False
            tally.slowest_ms = max(tally.slowest_ms, round(1000 * seconds))

    def fault(self, fault: Fault) -> None:
        """Keep a fault until the next writing."""
        with self.lock:
            self.faults.append(fault)
            if fault.terminal is not None:
                tally = self.tallies.setdefault(fault.terminal, Tally(fault.at))
                tally.at, tally.faults = fault.at, tally.faults + 1

    def take(self) -> tuple[dict[int, Tally], list[Fault]]:
        """Return what was counted since the last time, and begin anew."""
        with self.lock:
            taken = self.tallies, list(self.faults)
            self.tallies = {}
            self.faults.clear()
        return taken


BOARD = Board()
ACTS = frozenset({b"12", b"10", b"30", b"66", b"16", b"38", b"20", b"82"})


def outcome_of(line: bytes) -> bool | None:
    """Return whether an answer says that an act was done; None for what is no act."""
    return line[2:3] in {b"1", b"Y"} if line[:2] in ACTS else None


def write_down(board: Board = BOARD) -> None:
    """Write what the board has counted, in one short transaction; nothing when nothing came."""
    tallies, faults = board.take()
    if not tallies and not faults:
        return
    with transaction.atomic():
        known = set(Terminal.objects.filter(pk__in=tallies).values_list("pk", flat=True))
        for terminal in known:
            add(terminal, tallies[terminal])
        TerminalFault.objects.bulk_create(
            [row_of(fault) for fault in faults if fault.terminal is None or fault.terminal in known]
        )


def add(terminal: int, tally: Tally) -> None:
    """Add a tally to its terminal's day."""
    Terminal.objects.filter(pk=terminal).update(last_seen_at=tally.at)
    row, _made = TerminalDay.objects.get_or_create(terminal_id=terminal, day=timezone.localdate(tally.at))
    TerminalDay.objects.filter(pk=row.pk).update(
        messages=F("messages") + tally.messages,
        acts=F("acts") + tally.acts,
        refusals=F("refusals") + tally.refusals,
        faults=F("faults") + tally.faults,
        slowest_ms=Greatest(F("slowest_ms"), tally.slowest_ms),
    )


def note_fault(terminal: TerminalView, kind: FaultKind, message: str, at: datetime) -> None:
    """Write down what a station in a browser could not do; nothing of what was entered is kept."""
    TerminalFault.objects.create(
        terminal_id=terminal.id, code=terminal.code, at=at, kind=kind.value, message=message[:300]
    )
    add(terminal.id, Tally(at, faults=1))


def row_of(fault: Fault) -> TerminalFault:
    """Return a fault as it is kept."""
    return TerminalFault(
        terminal_id=fault.terminal,
        code=fault.code[:40],
        peer=fault.peer[:64],
        at=fault.at,
        kind=fault.kind,
        message=fault.message[:300],
        line=shown(fault.line, fault.encoding),
    )


def shown(line: bytes, encoding: str) -> str:
    """Return a line as staff may read it: what is no letter as \\x.., passwords and persons masked."""
    text = line[:SHOWN_BYTES].decode(encoding, errors="backslashreplace")
    text = "".join(letter if letter.isprintable() else f"\\x{ord(letter):02x}" for letter in text)
    return "|".join(map(masked, text.split("|")))[:300]


def masked(part: str) -> str:
    """Return a field with its value hidden where it is nobody's business; also the one behind the fixed fields."""
    found = MASKED.fullmatch(part) or (HEAD.fullmatch(part) if part[:2].isdigit() else None)
    return f"{part[: found.start(2)]}***" if found else part


def forget_faults(at: datetime) -> int:
    """Delete the faults of more than a month ago; return how many."""
    return TerminalFault.objects.filter(at__lt=at - KEPT).delete()[0]


class Watcher:
    """The thread that writes the board down every few seconds and once more at the end.

    `look_again` is called as often: what staff changed meanwhile is read then.
    """

    def __init__(self, look_again: Callable[[], None]) -> None:
        self._look_again = look_again
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="sip2-board", daemon=True)

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def stop(self) -> None:
        """Write once more, and end."""
        self._ended.set()
        self._thread.join(timeout=10)

    def _watch(self) -> None:
        while not self._ended.wait(EVERY_SECONDS):
            self._guarded(write_down)
            self._guarded(self._look_again)
        self._guarded(write_down)
        connection.close()

    def _guarded(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception:  # the outermost edge: counts are lost, the terminals are served on
            log.exception("what the terminals did could not be written down")
            connection.close()
