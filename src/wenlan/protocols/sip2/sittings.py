"""A reader with an e-card before a machine: the rotating code was good when it was shown, so the sitting goes on.

A machine repeats what it scanned with every message. The code changes each half minute, the reader's hand does not.
"""

from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Any

from wenlan.circulation import queries as loans
from wenlan.patrons import passes
from wenlan.patrons.errors import PassStale
from wenlan.protocols.sip2.calls import Call, is_stored, stored_at

LASTS = timedelta(minutes=5)  # after the last message with the code
MOST_KEPT = 2000
_open: OrderedDict[tuple[int, str], tuple[str, datetime]] = OrderedDict()


def card_number(scanned: str, request: Any, call: Call) -> str:
    """Return the number of the card that was held out at this terminal; nothing is asked for any but an e-card's code.

    A code that was taken here holds here until the sitting ends (35) or `LASTS` has passed without a message. What a
    machine did while its line was cut is judged by when it did it; a message whose act stands already is answered
    again however late it comes. Raises PassStale, StoredActUndated.
    """
    if not passes.is_pass(scanned):
        return scanned
    kept = _open.get((call.terminal.id, scanned))
    if kept is not None and call.at - kept[1] < LASTS:
        number = kept[0]
    else:
        number = first_shown(scanned, request, call)
    _open[call.terminal.id, scanned] = number, call.at
    _open.move_to_end((call.terminal.id, scanned))
    while len(_open) > MOST_KEPT:
        _open.popitem(last=False)
    return number


def first_shown(scanned: str, request: Any, call: Call) -> str:
    """Return the number behind a code that this process has not seen at the terminal. Raises as `card_number`."""
    try:
        return passes.card_number(scanned, stored_at(request, call.at) if is_stored(request) else call.at)
    except PassStale:
        if loans.act_of_key(call.act().key) is None:
            raise
        return passes.bearer(scanned)


def end(scanned: str, call: Call) -> None:
    """End the sitting of a reader at this terminal."""
    _open.pop((call.terminal.id, scanned), None)
