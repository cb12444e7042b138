"""What a machine did while its line was cut and what cannot be booked as it is: it has happened, so it is not refused.

It goes where the acts of the desks without a line go: what can be booked beside the acts of others is booked, the rest
waits in the queue of conflicts for a person. The machine is told yes, or it would ask for ever or drop it.
"""

import json
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils.translation import gettext as _

from wenlan.circulation.journals import machines
from wenlan.circulation.journals.types import JournalAct, LineState, Said
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.protocols.sip2 import requests as ask
from wenlan.protocols.sip2.calls import Call, day_stamp, moment, stored_at
from wenlan.protocols.sip2.responses import CheckinResponse

ACTS = {
    ask.CheckoutRequest: JournalAct.CHECK_OUT,
    ask.CheckinRequest: JournalAct.CHECK_IN,
    ask.RenewRequest: JournalAct.RENEW,
}


def standing(request: Any, call: Call) -> Said | None:
    """Return what has become of a stored act that went into the journal before, None for any other."""
    return machines.standing(uid_of(request, call))


def keep(request: Any, call: Call) -> Said:
    """Put a stored act that was refused into the terminal's journal; repeating it changes nothing."""
    told = {
        "uuid": str(uid_of(request, call)),
        "act": ACTS[type(request)].value,
        "at": (told_at(request) or call.at).isoformat(),
        "node": network.node(call.terminal.node).code,
        "card": getattr(request, "patron_identifier", ""),
        "item": request.item_identifier or "",
    }
    sending = call.terminal.act(at=call.at, content=call.content)
    line = json.dumps(told, ensure_ascii=False)
    return machines.take_in(sending, device=call.terminal.code, line=line, is_clock_sure=is_dated(request, call))


def answer_of(said: Said, answer: Any) -> Any:
    """Return the answer that says yes, with what is known of the act, and that a person will look where one must."""
    wanted: dict[str, Any] = {"ok": "1", "title_identifier": said.title}
    if said.due:
        wanted["due_date"] = day_stamp(date.fromisoformat(said.due))
    if isinstance(answer, CheckinResponse):
        wanted |= {"alert": "N", "alert_type": None}
    if waits(said):
        wanted["screen_messages"] = (_("It has been written down. A librarian will look at it."), said.label)
    return replace(answer, **wanted)


def waits(said: Said) -> bool:
    """Return whether a person has to decide about the act."""
    return said.state == LineState.WAITING


def uid_of(request: Any, call: Call) -> UUID:
    """Return under what a stored act is known: its message, and the day it came where it says none."""
    key = call.terminal.act(at=call.at, content=call.content).key
    day = "" if is_dated(request, call) else f"/{call.at:%Y%m%d}"
    return uuid5(NAMESPACE_URL, f"wenlan-{key}{day}")


def is_dated(request: Any, call: Call) -> bool:
    """Return whether a stored act says when it can have happened."""
    try:
        stored_at(request, call.at)
    except DomainError:
        return False
    return True


def told_at(request: Any) -> datetime | None:
    """Return when a stored act happened by the machine's clock, None when it says nothing."""
    return moment(getattr(request, "return_date", "")) or moment(request.transaction_date)
