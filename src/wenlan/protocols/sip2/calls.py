"""One message as its handler sees it: who asks, when, and with which bytes."""

import contextlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from wenlan.kernel.acts import Act
from wenlan.protocols.sip2.errors import FieldUnreadable, InstitutionWrong, StoredActUndated, TerminalMayNot
from wenlan.protocols.sip2.terminals import TerminalView
from wenlan.protocols.sip2.types import TerminalRight

AHEAD = timedelta(minutes=10)  # so far may a terminal's clock be wrong
LONGEST_STORED = timedelta(days=31)  # a line is not cut for longer; before that it is a wrong clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A signed-in terminal's message: `at` is now, `content` its bytes without sequence and checksum."""

    terminal: TerminalView
    at: datetime
    content: bytes

    def check(self, right: TerminalRight, request: Any) -> None:
        """Raise TerminalMayNot without the right, InstitutionWrong when the message is for somebody else."""
        if not self.terminal.may(right):
            raise TerminalMayNot()
        ours, said = self.terminal.institution, getattr(request, "institution_id", "")
        if ours and said and ours != said:
            raise InstitutionWrong()

    def act(self, request: Any = None, *, part: str = "") -> Act:
        """Return the act that is asked for; a stored one happened when the terminal says.

        `part` tells several acts of one message apart. Raises TerminalMayNot, StoredActUndated.
        """
        at = self.at
        if is_stored(request):
            if not self.terminal.may(TerminalRight.STORED):
                raise TerminalMayNot()
            at = stored_at(request, self.at)
        return self.terminal.act(at=at, content=self.content + part.encode())

    def institution(self, request: Any) -> str:
        """Return the AO of the answer."""
        return self.terminal.institution or request.institution_id


def is_stored(request: Any) -> bool:
    """Return whether the terminal did it already, while the line was cut ("no block")."""
    return getattr(request, "no_block", "N") == "Y"


def stored_at(request: Any, now: datetime) -> datetime:
    """Return when a stored act happened. Raises StoredActUndated for no date, the future, or long ago."""
    at = moment(getattr(request, "return_date", "")) or moment(request.transaction_date)
    if at is None or not -LONGEST_STORED < at - now < AHEAD:
        raise StoredActUndated()
    return min(at, now)


def is_clock_dead(request: Any, now: datetime) -> bool:
    """Return whether a terminal's clock stands still, so that its messages of different days look the same.

    Such machines send no date, a day without a time, or the time they were made.
    """
    said = moment(request.transaction_date)
    return said is None or timezone.localtime(said).time() == time() or abs(said - now) > LONGEST_STORED


def moment(text: str) -> datetime | None:
    """Return the instant that eighteen characters say (local, or UTC when the zone says Z); None when they do not."""
    zone = UTC if text[8:12].strip() == "Z" else timezone.get_current_timezone()
    with contextlib.suppress(ValueError):
        return datetime.strptime(text[:8] + text[12:18], "%Y%m%d%H%M%S").replace(tzinfo=zone)
    return None


def stamp(at: datetime) -> str:
    """Return an instant as the standard writes it: local, eighteen characters."""
    return timezone.localtime(at).strftime("%Y%m%d    %H%M%S")


def day_stamp(day: date) -> str:
    """Return a due day at its end, as terminals print it."""
    return f"{day:%Y%m%d}    235900"


def fen_of(text: str, *, field: str) -> int:
    """Return a sum in fen from yuan as machines write them (empty is nothing). Raises FieldUnreadable."""
    whole, _point, rest = text.strip().partition(".")
    if not text.strip():
        return 0
    digits = whole.isascii() and whole.isdigit() and len(whole) < 7
    if not digits or not (rest.isascii() and (rest + "0").isdigit()) or len(rest) > 2:
        raise FieldUnreadable(field=field)
    return 100 * int(whole) + int(rest.ljust(2, "0"))
