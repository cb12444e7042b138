"""A message that staff try in a terminal's name: only such as ask and change nothing."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from wenlan.protocols.sip2 import codec, handlers
from wenlan.protocols.sip2 import requests as ask
from wenlan.protocols.sip2.calls import stamp
from wenlan.protocols.sip2.terminals import TerminalView

ASKING = ("99", "17", "23", "63")
ABOUT_READERS = frozenset({"23", "63"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What was sent and what came back: the lines as they go over the wire, and each field by code and name."""

    sent: str
    received: str
    length: int
    fields: tuple[tuple[str, str, str], ...]


def try_message(terminal: TerminalView, *, code: str, value: str, at: datetime) -> Trial:
    """Send 99, 17, 23 or 63 about `value` (a barcode or card) as the terminal would, through the whole codec."""
    sent = codec.encode(request_of(code, value, at), encoding=terminal.encoding, sequence="0")
    received = codec.decode(sent[:-1], terminal.encoding)
    reply = handlers.answer(received, terminal=terminal, at=at)
    line = codec.encode(reply.response, encoding=terminal.encoding, sequence="0")
    return Trial(
        sent=sent[:-1].decode(terminal.encoding),
        received=line[:-1].decode(terminal.encoding),
        length=len(line),
        fields=fields_of(codec.decode(line[:-1], terminal.encoding).message),
    )


def request_of(code: str, value: str, at: datetime) -> Any:
    """Return the message that asks. Raises KeyError for a code that changes something."""
    now = stamp(at)
    made = {
        "99": lambda: ask.StatusRequest(),
        "17": lambda: ask.ItemInformationRequest(transaction_date=now, item_identifier=value),
        "23": lambda: ask.PatronStatusRequest(transaction_date=now, patron_identifier=value),
        "63": lambda: ask.PatronInformationRequest(transaction_date=now, summary="  Y       ", patron_identifier=value),
    }
    return made[code]()


def fields_of(message: Any) -> tuple[tuple[str, str, str], ...]:
    """Return each field that was sent as (code, name, value); those at fixed places have no code."""
    found = []
    for spec in fields(message):
        value = getattr(message, spec.name)
        values = value if isinstance(value, tuple) else (value,)
        found += [
            (spec.metadata.get("code", ""), spec.name.replace("_", " "), one) for one in values if one is not None
        ]
    return tuple(found)
