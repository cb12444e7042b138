"""A file of records read and described: a large one by processes of their own, while the database writes.

Each process (`python -m wenlan.catalogue.ahead`) is told on its standard input what to read; it touches no table. The
file is parted into turns of some records, which the processes take by rotation, and they come back in the order of the
file. Each runs some turns ahead, so that nobody waits while another is slow for a moment.
"""

from __future__ import annotations

import gc
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import cycle, groupby
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import IO, TYPE_CHECKING

from django.conf import settings

from wenlan.catalogue.types import MarcFormat

if TYPE_CHECKING:
    from wenlan.catalogue.batches import Described, Reads

COLLECT_AFTER = 2_000_000
LARGE = 4_000_000  # bytes; below it another process takes longer to start than it saves
READERS = 2  # the database is slower than that many
TURN = 100  # records
AHEAD = 10  # turns, of some 500 kB each
PIPE = 1 << 20  # bytes that it holds, where the system asks


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What to read: a file, its encoding and format (found out when `auto` and None), what a companion asks for."""

    path: Path
    encoding: str = "auto"
    told: MarcFormat | None = None
    reads: Reads | None = None


def read_ahead(reading: Reading) -> Iterator[Described]:
    """Yield the records of a file, described, in their order.

    Raises LookupError for an unknown encoding, OSError or EOFError for a file that cannot be read.
    """
    if reading.path.stat().st_size < LARGE:
        yield from read(reading)
        return
    with ExitStack() as running:
        readers = [_started(running, reading, place) for place in range(READERS)]
        for reader in cycle(readers):
            turn = _received(reader)
            if turn is None:
                return
            yield from turn


def _started(running: ExitStack, reading: Reading, place: int) -> IO[bytes]:
    """Start the process that takes the turns at `place` of the rotation; return what it sends."""
    command = [sys.executable, "-m", "wenlan.catalogue.ahead"]
    reader = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, pipesize=PIPE)
    running.enter_context(reader)
    running.callback(reader.kill)  # nobody waits for what a run that was broken off would still have read
    assert reader.stdin is not None
    assert reader.stdout is not None
    pickle.dump((reading, place), reader.stdin)
    reader.stdin.close()
    return reader.stdout


def _received(sent: IO[bytes]) -> list[Described] | None:
    """Return the next turn, None after the last one. Raises what went wrong with the file."""
    try:
        found: list[Described] | Exception | None = pickle.load(sent)
    except EOFError as error:
        raise RuntimeError("a process that reads ahead has ended early") from error
    if isinstance(found, Exception):
        raise found
    return found


def read(reading: Reading, place: int | None = None) -> Iterator[Described]:
    """Yield the records of a file, described here: all, or those of the turns at `place` of the rotation."""
    from wenlan.catalogue.batches import described
    from wenlan.catalogue.cnmarc import read_file

    def is_wanted(position: int) -> bool:
        return place is None or _turn(position) % READERS == place

    return described(read_file(reading.path, encoding=reading.encoding, wanted=is_wanted), reading.told, reading.reads)


def _turn(position: int) -> int:
    return (position - 1) // TURN


def seldom_collecting() -> tuple[int, int, int]:
    """Let the collector of cycles look seldom; returns how often it looked.

    Records are many small objects without cycles: it would take a third of the time to find nothing.
    """
    usual = gc.get_threshold()
    gc.set_threshold(COLLECT_AFTER, *usual[1:])
    return usual


def main() -> int:
    """Send the turns of what the standard input says, each a list, then None; or what went wrong."""
    settings.configure(USE_I18N=False)  # it reads and describes: no tables, no words for people
    seldom_collecting()
    ready: Queue[bytes] = Queue(AHEAD)
    sender = Thread(target=_send, args=(ready, sys.stdout.buffer))
    sender.start()
    try:
        reading, place = pickle.load(sys.stdin.buffer)
        for _turn_number, turn in groupby(read(reading, place), key=lambda one: _turn(one.position)):
            ready.put(pickle.dumps(list(turn), pickle.HIGHEST_PROTOCOL))
        ready.put(pickle.dumps(None))
    except (LookupError, OSError, EOFError) as error:
        ready.put(pickle.dumps(error))
    finally:
        ready.put(b"")
        sender.join()
    return 0


def _send(ready: Queue[bytes], out: IO[bytes]) -> None:
    """Write what is ready, until there is no more; nobody at the other end is the end of the process."""
    try:
        while sent := ready.get():
            out.write(sent)
            out.flush()
    except OSError:
        os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
