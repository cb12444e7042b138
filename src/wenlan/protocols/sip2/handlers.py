"""Each message to one call and back. No rule of the library is decided here."""

import contextlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone, translation

from wenlan.catalogue import queries as catalogue
from wenlan.circulation import operations as circulation
from wenlan.circulation import queries as loans
from wenlan.circulation.types import CardRef, Initiative, ItemRef, NextStep
from wenlan.holdings import queries as holdings
from wenlan.holdings.types import ItemStatus
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.patrons import queries as patrons
from wenlan.patrons.types import PatronView, masked_name
from wenlan.protocols.sip2 import messages as m
from wenlan.protocols.sip2 import terminals
from wenlan.protocols.sip2.codec import Received
from wenlan.protocols.sip2.terminals import TerminalView

# BX: which of the standard's messages are answered, in its order: patron status, checkout, checkin, block patron,
# SC status, resend, login, patron information, end session, fee paid, item information, item status update,
# patron enable, hold, renew, renew all.
SUPPORTED = "YYYNYYYYYNYNNNYN"
LANGUAGES = {"001": "en"}  # field "language" of the standard; all else is answered in Chinese
CIRCULATION_STATUS = {
    ItemStatus.AVAILABLE: "03",
    ItemStatus.ON_LOAN: "04",
    ItemStatus.IN_PROCESSING: "06",
    ItemStatus.ON_HOLD_SHELF: "08",
    ItemStatus.IN_TRANSIT: "10",
    ItemStatus.LOST: "12",
    ItemStatus.MISSING: "13",
}
OTHER_STATUS = "01"


def answer(received: Received, *, terminal: TerminalView | None, at: datetime) -> tuple[Any, TerminalView | None]:
    """Return the response and the terminal that is signed in after it.

    Before a login only 93 and 99 are answered; all else gets a login response that says no.
    """
    request = received.message
    if isinstance(request, m.Login):
        signed_in = terminals.sign_in(code=request.login_user_id, password=request.login_password, at=at)
        return m.LoginResponse(ok="1" if signed_in else "0"), signed_in
    handler = HANDLERS.get(type(request))
    if handler is None:
        return m.SendAgain(), terminal
    if terminal is None and not isinstance(request, m.StatusRequest):
        return m.LoginResponse(ok="0"), None
    with translation.override(LANGUAGES.get(getattr(request, "language", ""), "zh-hans")):
        return handler(request, terminal, at, received.content), terminal


def handle_status(request: m.StatusRequest, terminal: TerminalView | None, at: datetime, content: bytes) -> Any:
    """99: what this server can do."""
    root = network.root_or_none()
    return m.StatusResponse(
        date_time_sync=stamp(at),
        institution_id=root.code if root else "",
        library_name=root.name if root else "",
        supported=SUPPORTED,
        terminal_location=network.node(terminal.node).name if terminal else None,
    )


def handle_checkout(request: m.CheckoutRequest, terminal: TerminalView, at: datetime, content: bytes) -> Any:
    """11: lend."""
    response = m.CheckoutResponse(
        ok="0",
        desensitize="N",
        transaction_date=stamp(at),
        institution_id=request.institution_id,
        patron_identifier=request.patron_identifier,
        item_identifier=request.item_identifier,
        title_identifier="",
    )
    try:
        lent = circulation.check_out(
            terminal.act(at=at, content=content),
            item=ItemRef(request.item_identifier),
            card=CardRef(request.patron_identifier),
        )
    except DomainError as refusal:
        return replace(response, screen_messages=(str(refusal),))
    return replace(
        response,
        ok="1",
        desensitize="Y",
        title_identifier=lent.title,
        due_date=day_stamp(lent.due_on),
    )


def handle_checkin(request: m.CheckinRequest, terminal: TerminalView, at: datetime, content: bytes) -> Any:
    """09: take back; an item that belongs elsewhere is named with its place and wants the transit box."""
    response = m.CheckinResponse(
        ok="0",
        resensitize="N",
        transaction_date=stamp(at),
        institution_id=request.institution_id,
        item_identifier=request.item_identifier,
    )
    try:
        returned = circulation.check_in(terminal.act(at=at, content=content), item=ItemRef(request.item_identifier))
    except DomainError as refusal:
        return replace(response, alert="Y", screen_messages=(str(refusal),))
    destination = network.node(returned.destination).name if returned.destination else None
    return replace(
        response,
        ok="1",
        resensitize="Y",
        title_identifier=returned.title,
        permanent_location=destination or network.node(terminal.node).name,
        destination=destination,
        **alert_of(returned.next_step),
    )


def alert_of(step: NextStep) -> dict[str, Any]:
    """Return whether a person is called, and why: 01 for a hold, 04 to be sent, 99 for something odd."""
    kinds = {NextStep.HOLD: "01", NextStep.SEND: "04", NextStep.LOOK: "99"}
    return {"alert": "Y", "alert_type": kinds[step]} if step in kinds else {}


def handle_renew(request: m.RenewRequest, terminal: TerminalView, at: datetime, content: bytes) -> Any:
    """29: keep longer."""
    barcode = request.item_identifier or ""
    response = m.RenewResponse(
        ok="0",
        renewal_ok="N",
        transaction_date=stamp(at),
        institution_id=request.institution_id,
        patron_identifier=request.patron_identifier,
        item_identifier=barcode,
        title_identifier="",
    )
    try:
        renewed = circulation.renew(
            terminal.act(at=at, content=content),
            item=ItemRef(barcode),
            card=CardRef(request.patron_identifier),
            initiative=Initiative.READER,
        )
    except DomainError as refusal:
        return replace(response, screen_messages=(str(refusal),))
    return replace(
        response,
        ok="1",
        renewal_ok="Y",
        title_identifier=renewed.title,
        due_date=day_stamp(renewed.due_on),
    )


def handle_patron_status(request: m.PatronStatusRequest, terminal: TerminalView, at: datetime, content: bytes) -> Any:
    """23: who it is, and whether they may borrow."""
    reader = reader_of(request.patron_identifier)
    return m.PatronStatusResponse(
        patron_status=flags_of(reader, at),
        transaction_date=stamp(at),
        institution_id=request.institution_id,
        patron_identifier=request.patron_identifier,
        personal_name=masked_name(reader.name) if reader else "",
        valid_patron="Y" if reader else "N",
    )


def handle_patron_information(
    request: m.PatronInformationRequest, terminal: TerminalView, at: datetime, content: bytes
) -> Any:
    """63: counts, and the list of items that the summary asks for (position 1 overdue, 2 charged)."""
    reader = reader_of(request.patron_identifier)
    open_loans = loans.open_loans(reader.id) if reader else ()
    today = timezone.localdate(at)
    charged = tuple(loan.barcode for loan in open_loans)
    overdue = tuple(loan.barcode for loan in open_loans if loan.due_on < today)
    return m.PatronInformationResponse(
        patron_status=flags_of(reader, at),
        transaction_date=stamp(at),
        overdue_items_count=f"{len(overdue):04}",
        charged_items_count=f"{len(charged):04}",
        institution_id=request.institution_id,
        patron_identifier=request.patron_identifier,
        personal_name=masked_name(reader.name) if reader else "",
        charged_items_limit=f"{reader.category.loan_limit:04}" if reader else None,
        valid_patron="Y" if reader else "N",
        overdue_items=part_of(overdue, request) if request.summary[1:2] == "Y" else (),
        charged_items=part_of(charged, request) if request.summary[2:3] == "Y" else (),
    )


def part_of(items: tuple[str, ...], request: m.PatronInformationRequest) -> tuple[str, ...]:
    """Return the items from BP to BQ (counted from 1, both in)."""
    first = place_in_list(request.start_item, 1)
    last = place_in_list(request.end_item, len(items))
    return items[max(first - 1, 0) : last]


def place_in_list(text: str | None, otherwise: int) -> int:
    """Return a place as the terminal counts it; what is no number of a few digits says nothing."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else otherwise


def handle_item_information(
    request: m.ItemInformationRequest, terminal: TerminalView, at: datetime, content: bytes
) -> Any:
    """17: what the item is and where it stands."""
    response = m.ItemInformationResponse(
        circulation_status=OTHER_STATUS, transaction_date=stamp(at), item_identifier=request.item_identifier,
        title_identifier="",
    )  # fmt: skip
    try:
        item = holdings.item_by_barcode(request.item_identifier)
    except DomainError as refusal:
        return replace(response, screen_messages=(str(refusal),))
    loan = loans.loan_of_item(item.id)
    return replace(
        response,
        circulation_status=CIRCULATION_STATUS.get(ItemStatus(item.status), OTHER_STATUS),
        due_date=day_stamp(loan.due_on) if loan else None,
        title_identifier=title_of(item.record),
        owner=network.node(item.owner_node).code,
        media_type="001",
        permanent_location=network.node(item.shelved_at).name,
        current_location=network.node(item.present_node).name,
        call_number=item.call_number,
    )


def handle_end_session(request: m.EndSession, terminal: TerminalView, at: datetime, content: bytes) -> Any:
    """35: the reader has finished; nothing is kept between messages."""
    return m.EndSessionResponse(
        transaction_date=stamp(at),
        institution_id=request.institution_id,
        patron_identifier=request.patron_identifier,
    )


def reader_of(card: str) -> PatronView | None:
    """Return whose card this is, or None."""
    with contextlib.suppress(DomainError):
        return patrons.patron_by_card(card)
    return None


def flags_of(reader: PatronView | None, at: datetime) -> str:
    """Return the fourteen flags: Y denies charge, renewal, recall and hold; the sixth says too many charged."""
    if reader is None:
        return "YYYY" + " " * 10
    today = timezone.localdate(at)
    expired = reader.valid_until is not None and reader.valid_until < today
    denied = "Y" if reader.status != "valid" or expired else " "
    too_many = "Y" if reader.open_loans >= reader.category.loan_limit else " "
    return denied * 4 + " " + too_many + " " * 8


def title_of(record: int) -> str:
    """Return the title of a record."""
    return catalogue.titles([record]).get(record, "")


def stamp(at: datetime) -> str:
    """Return an instant as the standard writes it: local, eighteen characters."""
    return timezone.localtime(at).strftime("%Y%m%d    %H%M%S")


def day_stamp(day: date) -> str:
    """Return a due day at its end, as terminals print it."""
    return f"{day:%Y%m%d}    235900"


HANDLERS: dict[type, Callable[..., Any]] = {
    m.StatusRequest: handle_status,
    m.CheckoutRequest: handle_checkout,
    m.CheckinRequest: handle_checkin,
    m.RenewRequest: handle_renew,
    m.PatronStatusRequest: handle_patron_status,
    m.PatronInformationRequest: handle_patron_information,
    m.ItemInformationRequest: handle_item_information,
    m.EndSession: handle_end_session,
}
