"""Each message to one call and back. No rule of the library is decided here."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from django.utils import translation

from wenlan.circulation.journals.types import Said
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.patrons.errors import ReaderSignInRefused
from wenlan.protocols.sip2 import (
    items,
    lending,
    paying,
    readers,
    registering,
    reserving,
    sittings,
    stored,
    terminals,
)
from wenlan.protocols.sip2 import requests as ask
from wenlan.protocols.sip2 import responses as say
from wenlan.protocols.sip2.calls import Call, is_clock_dead, is_stored, stamp
from wenlan.protocols.sip2.codec import Received
from wenlan.protocols.sip2.errors import InstitutionWrong, TerminalMayNot
from wenlan.protocols.sip2.terminals import TerminalView
from wenlan.protocols.sip2.types import FaultKind, TerminalRight, usual_rights

LANGUAGES = {"001": "en"}  # field "language" of the standard; all else is answered in Chinese
NOT_ALLOWED = (TerminalMayNot, InstitutionWrong)
TOLD_APART = (ask.CheckoutRequest, ask.CheckinRequest)
R = TerminalRight
# BX: the standard's sixteen messages in its order, each with the right that it takes (None: always answered).
SIXTEEN: tuple[TerminalRight | None, ...] = (
    *(R.READERS, R.CHECK_OUT, R.CHECK_IN, R.CARDS, None, None, None, R.READERS),
    *(None, R.FEES, R.ITEMS, R.ITEM_STATUS, R.CARDS, R.HOLDS, R.RENEW, R.RENEW),
)


@dataclass(frozen=True, slots=True)
class Way:
    """How a message is answered: the right it takes, the answer that says no, and what makes it a yes.

    `asks_password` marks what a reader does in person, where the terminal asks for the reader's password.
    """

    right: TerminalRight | None
    refuse: Callable[[Any, Call], Any]
    do: Callable[[Any, Call, Any], Any]
    asks_password: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer with the terminal that is signed in after it, and what was wrong with the message, if it was."""

    response: Any
    terminal: TerminalView | None
    fault: FaultKind | None = None
    message: str = ""


def answer(received: Received, *, terminal: TerminalView | None, at: datetime) -> Reply:
    """Return the reply to a message.

    Before a login only 93 and 99 are answered; all else gets a login response that says no.
    """
    request = received.message
    if isinstance(request, ask.Login):
        signed_in = terminals.sign_in(code=request.login_user_id, password=request.login_password)
        fault = None if signed_in else FaultKind.SIGN_IN
        return Reply(response=say.LoginResponse(ok="1" if signed_in else "0"), terminal=signed_in, fault=fault)
    if isinstance(request, ask.StatusRequest):
        return Reply(response=status(terminal, at), terminal=terminal)
    if type(request) not in WAYS:  # 97 with nothing to repeat, and what only we may send
        return Reply(response=say.SendAgain(), terminal=terminal, fault=FaultKind.UNREADABLE)
    if terminal is None:
        return Reply(response=say.LoginResponse(ok="0"), terminal=None, fault=FaultKind.NOT_SIGNED_IN)
    with translation.override(LANGUAGES.get(getattr(request, "language", ""), "zh-hans")):
        return reply(request, Call(terminal=terminal, at=at, content=content_of(received, at)))


def content_of(received: Received, at: datetime) -> bytes:
    """Return by what a message is known when it comes again: its bytes.

    Where the terminal's clock stands still our own hour goes with them, or a payment would be taken for last week's.
    Loans and returns are told apart by the loans themselves (`lending.lend`, `lending.take_back`).
    """
    request = received.message
    if isinstance(request, TOLD_APART) or is_stored(request) or not is_clock_dead(request, at):
        return received.content
    return received.content + f"/{at:%Y%m%d%H}".encode()


def reply(request: Any, call: Call) -> Reply:
    """Return the reply to a signed-in terminal: done, or every reason why not in the words of the reader."""
    way = WAYS[type(request)]
    no = way.refuse(request, call)
    try:
        request = with_card(request, call)
        if way.right is not None:
            call.check(way.right, request)
        if way.asks_password and call.terminal.asks_password and not is_stored(request):
            insist_on_password(request, call)
        if is_stored(request) and (before := stored.standing(request, call)):
            return in_the_journal(before, call, no)
        done = way.do(request, call, no)
    except DomainError as refusal:
        if is_stored(request) and call.terminal.may(R.STORED) and not isinstance(refusal, NOT_ALLOWED):
            return in_the_journal(stored.keep(request, call), call, no)
        said = str(refusal)
        kind = fault_of(refusal, request)
        told = in_its_fields(replace(no, screen_messages=refusal.sentences), call.terminal)
        return Reply(response=told, terminal=call.terminal, fault=kind, message=said if kind else "")
    return Reply(response=in_its_fields(done, call.terminal), terminal=call.terminal)


def with_card(request: Any, call: Call) -> Any:
    """Return the request with the card that was held out: an e-card's rotating code becomes its number.

    Raises PassStale. The answer repeats what was scanned.
    """
    scanned = getattr(request, "patron_identifier", None)
    return replace(request, patron_identifier=sittings.card_number(scanned, request, call)) if scanned else request


def fault_of(refusal: DomainError, request: Any) -> FaultKind | None:
    """Return what the device page lists a refusal under; None for those that are the library's everyday rules."""
    if isinstance(refusal, NOT_ALLOWED):
        return FaultKind.NOT_ALLOWED
    return FaultKind.NOT_REGISTERED if isinstance(request, ask.RegistrationRequest) else None


def in_the_journal(said: Said, call: Call, no: Any) -> Reply:
    """Return the reply to a stored act that went into the journal; what waits there stands on the device page too."""
    told, waits = in_its_fields(stored.answer_of(said, no), call.terminal), stored.waits(said)
    fault = FaultKind.STORED if waits else None
    return Reply(response=told, terminal=call.terminal, fault=fault, message=said.label if waits else "")


def insist_on_password(request: Any, call: Call) -> None:
    """Raise ReaderSignInRefused unless the reader's password is right."""
    password = request.patron_password or ""
    if not password or not readers.is_proven(request.patron_identifier, password, call):
        raise ReaderSignInRefused()


def in_its_fields(response: Any, terminal: TerminalView) -> Any:
    """Return the answer in the fields that the terminal reads: Chinese ones want AF, AG, BT and CL even when empty."""
    if not terminal.is_chinese:
        return response
    names = {spec.name for spec in fields(response)}
    told = " ".join(response.screen_messages)
    wanted: dict[str, Any] = {"screen_messages": (told,), "print_lines": (told,)}
    for name in ("fee_type", "sort_bin"):
        if name in names and getattr(response, name) is None:
            wanted[name] = ""
    return replace(response, **wanted)


def status(terminal: TerminalView | None, at: datetime) -> say.StatusResponse:
    """99: what this terminal may do here."""
    root = network.root_or_none()
    rights = terminal.rights if terminal else frozenset(usual_rights())

    def flag(right: TerminalRight) -> str:
        return "Y" if right.value in rights else "N"

    return say.StatusResponse(
        checkin_ok=flag(R.CHECK_IN),
        checkout_ok=flag(R.CHECK_OUT),
        renewal_ok=flag(R.RENEW),
        status_update_ok=flag(R.CARDS),
        offline_ok=flag(R.STORED),
        date_time_sync=stamp(at),
        institution_id=(terminal.institution if terminal else "") or (root.code if root else ""),
        library_name=root.name if root else "",
        supported="".join("Y" if right is None else flag(right) for right in SIXTEEN),
        terminal_location=network.node(terminal.node).name if terminal else None,
    )


def refuse_ending(request: ask.EndSession, call: Call) -> say.EndSessionResponse:
    """Return 36: a session can always be ended."""
    return say.EndSessionResponse(
        transaction_date=stamp(call.at),
        institution_id=call.institution(request),
        patron_identifier=request.patron_identifier,
    )


WAYS: dict[type, Way] = {
    ask.CheckoutRequest: Way(R.CHECK_OUT, lending.refuse_checkout, lending.check_out, asks_password=True),
    ask.CheckinRequest: Way(R.CHECK_IN, lending.refuse_checkin, lending.check_in),
    ask.RenewRequest: Way(R.RENEW, lending.refuse_renewal, lending.renew, asks_password=True),
    ask.RenewAllRequest: Way(R.RENEW, lending.refuse_renew_all, lending.renew_all, asks_password=True),
    ask.HoldRequest: Way(R.HOLDS, reserving.refuse_hold, reserving.hold, asks_password=True),
    ask.ItemInformationRequest: Way(R.ITEMS, items.refuse_item, items.item_information),
    ask.ItemStatusUpdateRequest: Way(R.ITEM_STATUS, items.refuse_item_status, items.item_status),
    ask.PatronStatusRequest: Way(R.READERS, readers.refuse_status, readers.patron_status),
    ask.PatronInformationRequest: Way(R.READERS, readers.refuse_information, readers.patron_information),
    ask.BlockPatronRequest: Way(R.CARDS, readers.refuse_status, readers.block),
    ask.PatronEnableRequest: Way(R.CARDS, readers.refuse_enabling, readers.enable),
    ask.FeePaidRequest: Way(R.FEES, paying.refuse_payment, paying.pay),
    ask.EndSession: Way(None, refuse_ending, readers.end_session),
    ask.RegistrationRequest: Way(R.REGISTER, registering.refuse_registration, registering.register),
    ask.DuplicateCheckRequest: Way(R.REGISTER, registering.refuse_duplicate_check, registering.duplicate_check),
}
