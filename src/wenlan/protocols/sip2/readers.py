"""Readers: who they are, what they have, their cards and payments: messages 23, 63, 01, 25, 37."""

import hashlib
import os
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from wenlan.circulation import queries as loans
from wenlan.circulation.recalling import queries as recalls
from wenlan.circulation.reserving import queries as reservations
from wenlan.circulation.reserving.types import ReservationState
from wenlan.credit.money import queries as sums
from wenlan.kernel.errors import DomainError
from wenlan.kernel.money import yuan
from wenlan.patrons import operations as registering
from wenlan.patrons import passwords
from wenlan.patrons import queries as patrons
from wenlan.patrons.errors import CardUnknown
from wenlan.patrons.identity import card_key
from wenlan.patrons.policies import masked_id_number, tidy
from wenlan.patrons.types import CardStatus, CardView, PatronStatus, PatronView, masked_name
from wenlan.protocols.sip2 import requests as ask
from wenlan.protocols.sip2 import responses as say
from wenlan.protocols.sip2 import sittings
from wenlan.protocols.sip2.calls import Call, stamp

NOBODY = "YYYY" + " " * 10
SEXES = {"m": "1", "f": "0"}
PROVEN_FOR = timedelta(minutes=5)
MOST_PROVEN = 2000
LISTS = ("hold_items", "overdue_items", "charged_items", "fine_items", "recall_items", "unavailable_hold_items")
_SECRET = os.urandom(32)
_proven: OrderedDict[tuple[int, str], tuple[bytes, datetime]] = OrderedDict()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A reader with what 24, 26 and 64 say alike."""

    reader: PatronView
    flags: str
    name: str
    password: str | None
    owed: str | None

    @property
    def fields(self) -> dict[str, Any]:
        """The fields that the answers share."""
        return {
            "patron_status": self.flags,
            "personal_name": self.name,
            "valid_patron": "Y",
            "valid_password": self.password,
        }


def standing_of(request: Any, call: Call) -> Standing:
    """Return how the reader of a card stands, the name masked unless the terminal may show it. Raises CardUnknown."""
    reader = patrons.patron_by_card(request.patron_identifier)
    password = getattr(request, "patron_password", "")
    proven = None
    if password:
        proven = "Y" if is_proven(request.patron_identifier, password, call) else "N"
    return Standing(
        reader=reader,
        flags=flags_of(reader, request.patron_identifier, call.at),
        name=reader.name if call.terminal.shows_names else masked_name(reader.name),
        password=proven,
        owed=yuan(reader.owed_fen) if reader.owed_fen or call.terminal.is_chinese else None,
    )


def is_proven(card: str, password: str, call: Call) -> bool:
    """Return whether this is the reader's password; known again for some minutes, because the hash is slow."""
    key, digest = (call.terminal.id, card), hashlib.blake2b(password.encode(), key=_SECRET).digest()
    known = _proven.get(key)
    if known is not None and known[0] == digest and call.at - known[1] < PROVEN_FOR:
        return True
    try:
        passwords.check_sign_in(card=card, password=password, at=call.at)
    except DomainError:
        return False
    _proven[key] = digest, call.at
    while len(_proven) > MOST_PROVEN:
        _proven.popitem(last=False)
    return True


def forget_proof(card: str, call: Call) -> None:
    """End the reader's session at this terminal."""
    _proven.pop((call.terminal.id, card), None)


def flags_of(reader: PatronView, card: str, at: datetime) -> str:
    """Return the fourteen flags: Y denies charge, renewal, recall and hold.

    The fifth says that the card is lost, the sixth that too many items are charged, the seventh that some are
    overdue, the eleventh that sums are owed, the thirteenth that something overdue was recalled.
    """
    today = timezone.localdate(at)
    expired = reader.valid_until is not None and reader.valid_until < today
    shown = card_of(reader, card)
    serves = shown is None or shown.status == CardStatus.VALID
    suspended = reader.status == PatronStatus.SUSPENDED and (
        reader.suspended_until is None or today <= reader.suspended_until
    )
    denied = reader.status == PatronStatus.DEREGISTERED or suspended or expired or not serves
    flags = ["Y" if denied else " "] * 4 + [" "] * 10
    flags[4] = "Y" if shown is not None and shown.status == CardStatus.LOST else " "
    flags[5] = "Y" if reader.open_loans >= reader.category.loan_limit else " "
    flags[10] = "Y" if reader.owed_fen else " "
    if reader.open_loans:
        overdue = recalls.overdue(reader.id, today)
        flags[6], flags[12] = ("Y" if some else " " for some in (overdue.loans, overdue.recalled))
    return "".join(flags)


def card_of(reader: PatronView, number: str) -> CardView | None:
    """Return which of the reader's cards was scanned: a serving one before those that ended."""
    shown = {card_key(number), card_key(masked_id_number(tidy(number)))}  # of an identity card only this is kept
    mine = [card for card in reader.cards if card_key(card.number) in shown]
    return min(mine, key=lambda card: (card.until_day is not None, -card.id), default=None)


def refuse_status(request: ask.PatronStatusRequest, call: Call) -> say.PatronStatusResponse:
    """Return 24 for a card that is not known."""
    return say.PatronStatusResponse(
        patron_status=NOBODY,
        transaction_date=stamp(call.at),
        institution_id=call.institution(request),
        patron_identifier=request.patron_identifier,
        personal_name="",
        valid_patron="N",
    )


def patron_status(
    request: ask.PatronStatusRequest, call: Call, answer: say.PatronStatusResponse
) -> say.PatronStatusResponse:
    """23: who it is, and whether they may borrow."""
    found = standing_of(request, call)
    return replace(answer, **found.fields, currency_type="CNY" if found.owed else None, fee_amount=found.owed)


def refuse_information(request: ask.PatronInformationRequest, call: Call) -> say.PatronInformationResponse:
    """Return 64 for a card that is not known."""
    return say.PatronInformationResponse(
        patron_status=NOBODY,
        transaction_date=stamp(call.at),
        institution_id=call.institution(request),
        patron_identifier=request.patron_identifier,
        personal_name="",
        valid_patron="N",
    )


def patron_information(
    request: ask.PatronInformationRequest, call: Call, answer: say.PatronInformationResponse
) -> say.PatronInformationResponse:
    """63: counts of everything, limits, and the one list that the summary asks for, from BP to BQ."""
    found = standing_of(request, call)
    reader, lists = found.reader, lists_of(found.reader, call.at)
    asked = [name for at, name in enumerate(LISTS) if request.summary[at : at + 1] == "Y"]
    wanted: dict[str, Any] = {name: part_of(lists[name], request) for name in asked}
    is_chinese = call.terminal.is_chinese
    return replace(
        answer,
        **found.fields,
        **wanted,
        hold_items_count=count(lists["hold_items"]),
        overdue_items_count=count(lists["overdue_items"]),
        charged_items_count=count(lists["charged_items"]),
        fine_items_count=count(lists["fine_items"]),
        recall_items_count=count(lists["recall_items"]),
        unavailable_holds_count=count(lists["unavailable_hold_items"]),
        hold_items_limit=f"{reader.open_loans:04}" if is_chinese else None,
        charged_items_limit=f"{reader.category.loan_limit:04}",
        currency_type="CNY" if found.owed else None,
        fee_amount=found.owed,
        valid_until=f"{reader.valid_until:%Y%m%d}" if is_chinese and reader.valid_until else None,
        sex=SEXES.get(reader.sex) if is_chinese else None,
    )


def lists_of(reader: PatronView, at: datetime) -> dict[str, tuple[str, ...]]:
    """Return the reader's items by list: those kept for them, those lent, what they owe for, what they wait for.

    What is waited for is named by its title while no copy is assigned. What was recalled stands among the lent too.
    """
    today = timezone.localdate(at)
    lent = loans.open_loans(reader.id) if reader.open_loans else ()
    recalled = recalls.recalled_loans(reader.id) if lent else frozenset()
    reserved = reservations.of_reader(reader.id)
    owed = sums.charges(reader.id, open_only=True) if reader.owed_fen else ()
    return {
        "hold_items": tuple(one.barcode for one in reserved if one.state == ReservationState.READY),
        "overdue_items": tuple(loan.barcode for loan in lent if loan.due_on < today),
        "charged_items": tuple(loan.barcode for loan in lent),
        "fine_items": tuple(f"{one.item or one.kind_label} {yuan(one.open_fen)}" for one in owed),
        "recall_items": tuple(loan.barcode for loan in lent if loan.id in recalled),
        "unavailable_hold_items": tuple(
            one.barcode or one.title for one in reserved if one.state != ReservationState.READY
        ),
    }


def count(items: tuple[str, ...]) -> str:
    """Return how many, in four digits."""
    return f"{min(len(items), 9999):04}"


def part_of(items: tuple[str, ...], request: ask.PatronInformationRequest) -> tuple[str, ...]:
    """Return the items from BP to BQ (counted from 1, both in)."""
    first = place_in_list(request.start_item, 1)
    last = place_in_list(request.end_item, len(items))
    return items[max(first - 1, 0) : last]


def place_in_list(text: str | None, otherwise: int) -> int:
    """Return a place as the terminal counts it; what is no number of a few digits says nothing."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else otherwise


def block(request: ask.BlockPatronRequest, call: Call, answer: say.PatronStatusResponse) -> say.PatronStatusResponse:
    """01: stop the card that was shown (not the reader, whose other cards serve on) and say how the reader stands."""
    reader = patrons.patron_by_card(request.patron_identifier)
    card = card_of(reader, request.patron_identifier)
    if card is None:
        raise CardUnknown(what=request.patron_identifier)
    kept = "kept by the machine" if request.card_retained == "Y" else ""
    reason = " ".join(part for part in (call.terminal.code, kept, request.blocked_card_message) if part)[:200]
    if card.status == CardStatus.VALID:
        registering.suspend_card(call.act(), card=card.id, reason=reason)
    return replace(answer, **standing_of(request, call).fields)


def refuse_enabling(request: ask.PatronEnableRequest, call: Call) -> say.PatronEnableResponse:
    """Return 26 as it is for a card that is not known."""
    return say.PatronEnableResponse(
        patron_status=NOBODY,
        transaction_date=stamp(call.at),
        institution_id=call.institution(request),
        patron_identifier=request.patron_identifier,
        personal_name="",
        valid_patron="N",
    )


def enable(request: ask.PatronEnableRequest, call: Call, answer: say.PatronEnableResponse) -> say.PatronEnableResponse:
    """25: let a stopped card serve again; one that was reported lost, only the desk releases."""
    reader = patrons.patron_by_card(request.patron_identifier)
    card = card_of(reader, request.patron_identifier)
    if card is not None and card.status == CardStatus.SUSPENDED:
        registering.lift_card(call.act(), card=card.id, reason=call.terminal.code)
    return replace(answer, **standing_of(request, call).fields)


def end_session(request: ask.EndSession, call: Call, answer: say.EndSessionResponse) -> say.EndSessionResponse:
    """35: the reader has finished: password and e-card are asked for again."""
    forget_proof(request.patron_identifier, call)
    sittings.end(answer.patron_identifier, call)
    return answer
