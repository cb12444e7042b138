"""A journal that comes as a file: taken in at a desk or by a command, or only tried."""

from time import sleep
from uuid import UUID

from django.db import transaction

from wenlan.circulation.journals import operations
from wenlan.circulation.journals.errors import JournalUnreadable
from wenlan.circulation.journals.models import JournalLine
from wenlan.circulation.journals.parting import parts
from wenlan.circulation.journals.reading import device_code, read_file, read_line
from wenlan.circulation.journals.types import JournalFile, Summary
from wenlan.kernel.acts import Act

AT_ONCE = 500
TRIED_AT_ONCE = 50
PAUSE_SECONDS = 0.005


def take_in(act: Act, *, name: str, content: bytes) -> Summary:
    """Record the acts of a file in their order, each by itself, and say what became of them.

    A file that is not whole is taken in as far as it goes, and the summary says so. Taking a file in twice is as
    once. Raises JournalUnreadable when it holds no line.
    """
    return _taken_in(act, _read(name, content))


def trial(act: Act, *, name: str, content: bytes) -> Summary:
    """Return what would become of a file. Nothing stays of it.

    Lines that hang together (on one item, on one card) are tried together, `TRIED_AT_ONCE` of them in a transaction
    that takes some tenth of a second, so that desks work on. What hangs together with more lines than that is not
    tried beyond it; the summary says how many lines that are.
    """
    file = _read(name, content)
    device = file.head.device
    told = [read_line(device_code(device), text) for text in file.lines]
    known, rows = set[UUID](), list[JournalLine]()
    for part in parts(told, TRIED_AT_ONCE):
        lines = [file.lines[place] for place in part]
        with transaction.atomic():
            known |= set(operations.known_among(device, lines))
            rows += operations.replay(act, device=device, lines=lines)
            transaction.set_rollback(True)
        sleep(PAUSE_SECONDS)
    untold = len(file.lines) - len(rows)
    return operations.summary(sorted(known), rows, missing=file.missing, is_whole=file.is_whole, untold=untold)


def _read(name: str, content: bytes) -> JournalFile:
    file = read_file(content)
    if not file.lines:
        raise JournalUnreadable(file=name)
    return file


def _taken_in(act: Act, file: JournalFile) -> Summary:
    device, known = file.head.device, set()
    rows: list[JournalLine] = []
    for start in range(0, len(file.lines), AT_ONCE):
        lines = file.lines[start : start + AT_ONCE]
        known |= set(operations.known_among(device, lines)) - {row.uid for row in rows}
        rows += operations.replay(act, device=device, lines=lines)
    return operations.summary(sorted(known), rows, missing=file.missing, is_whole=file.is_whole)
