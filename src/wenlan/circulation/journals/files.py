"""A journal that comes as a file: taken in at a desk or by a command, or only tried."""

from django.db import transaction

from wenlan.circulation.journals import operations
from wenlan.circulation.journals.errors import JournalUnreadable
from wenlan.circulation.journals.models import JournalLine
from wenlan.circulation.journals.reading import read_file
from wenlan.circulation.journals.types import JournalFile, Summary
from wenlan.kernel.acts import Act

AT_ONCE = 500


def take_in(act: Act, *, name: str, content: bytes) -> Summary:
    """Record the acts of a file in their order, each by itself, and say what became of them.

    A file that is not whole is taken in as far as it goes, and the summary says so. Taking a file in twice is as
    once. Raises JournalUnreadable when it holds no line.
    """
    return _taken_in(act, _read(name, content))


def trial(act: Act, *, name: str, content: bytes) -> Summary:
    """Return what would become of a file. Nothing stays of it.

    One transaction over all lines, because each may depend on those before: an embedded database takes no other act
    meanwhile (5,000 lines: some ten seconds).
    """
    file = _read(name, content)
    with transaction.atomic():
        found = _taken_in(act, file)
        transaction.set_rollback(True)
    return found


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
