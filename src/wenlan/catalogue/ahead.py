"""A file of records read in batches: a large one by a process of its own, so that reading and writing each have a core.

The process (`python -m wenlan.catalogue.ahead PATH ENCODING FORMAT`) reads and describes, and touches no table; what it
made comes over its standard output, batch by batch, as fast as the database takes them.
"""

from __future__ import annotations

import gc
import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from wenlan.catalogue.types import MarcFormat

if TYPE_CHECKING:
    from wenlan.catalogue.batches import Batch

COLLECT_AFTER = 2_000_000
LARGE = 4_000_000  # bytes; below it a second process takes longer to start than it saves


def read_ahead(path: Path, *, encoding: str, told: MarcFormat | None) -> Iterator[Batch]:
    """Yield the batches of a file.

    Raises LookupError for an unknown encoding, OSError or EOFError for a file that cannot be read.
    """
    if path.stat().st_size < LARGE:
        yield from in_batches(path, encoding, told)
        return
    command = [sys.executable, "-m", "wenlan.catalogue.ahead", str(path), encoding, told or ""]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as reader:
        assert reader.stdout is not None
        try:
            while (sent := pickle.load(reader.stdout)) is not None:
                if isinstance(sent, Exception):
                    raise sent
                yield sent
        finally:
            reader.kill()  # nobody waits for what a run that was broken off would still have read


def in_batches(path: Path, encoding: str, told: MarcFormat | None) -> Iterator[Batch]:
    """Yield the batches of a file, read here."""
    from wenlan.catalogue.batches import batches
    from wenlan.catalogue.cnmarc import read_file

    return batches(read_file(path, encoding=encoding), told)


def seldom_collecting() -> tuple[int, int, int]:
    """Let the collector of cycles look seldom; returns how often it looked.

    Records are many small objects without cycles: it would take a third of the time to find nothing.
    """
    usual = gc.get_threshold()
    gc.set_threshold(COLLECT_AFTER, *usual[1:])
    return usual


def main() -> int:
    """Send the batches of the file in the arguments, then None; or what went wrong."""
    path, encoding, told = sys.argv[1:]
    out = sys.stdout.buffer
    settings.configure(USE_I18N=False)  # it reads and describes: no tables, no words for people
    seldom_collecting()
    try:
        for batch in in_batches(Path(path), encoding, MarcFormat(told) if told else None):
            pickle.dump(batch, out, pickle.HIGHEST_PROTOCOL)
        pickle.dump(None, out)
    except (LookupError, OSError, EOFError) as error:
        pickle.dump(error, out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
