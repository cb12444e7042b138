"""Acts that a machine did while its line was cut, told one by one; whole journals: `operations.replay`."""

from uuid import UUID

from wenlan.circulation.journals import operations, words
from wenlan.circulation.journals.models import JournalLine
from wenlan.circulation.journals.types import Said
from wenlan.kernel.acts import Act
from wenlan.network import queries as network


def take_in(act: Act, *, device: str, line: str, is_clock_sure: bool) -> Said:
    """Record one line of a device as `operations.replay` does, and return what became of it.

    `act` is the sending. A line that came before is answered as it stands and changes nothing.
    """
    return said_of(operations.replay(act, device=device, lines=[line], is_clock_sure=is_clock_sure)[0])


def standing(uid: UUID) -> Said | None:
    """Return what has become of a line that came before, None for one that never came."""
    row = JournalLine.objects.filter(uid=uid).first()
    return said_of(row) if row is not None else None


def said_of(row: JournalLine) -> Said:
    """Return what is said of a line."""
    return Said(**words.answer(row, network.node_names()))
