"""The Chinese card machines' messages: register or change a reader (81), is there one already (91).

No standard says their layout; it is what the machines of several makers send. A deposit that a machine has taken is
booked before the card is given out, or the whole registration is refused and the machine gives the money back.
"""

import contextlib
from dataclasses import replace
from datetime import date

from wenlan.kernel.acts import Act
from wenlan.network import queries as network
from wenlan.patrons import operations as patrons
from wenlan.patrons import passwords
from wenlan.patrons import queries as readers
from wenlan.patrons.types import NewReader, Sex
from wenlan.protocols.sip2 import requests as ask
from wenlan.protocols.sip2 import responses as say
from wenlan.protocols.sip2.calls import Call, stamp
from wenlan.protocols.sip2.errors import PaymentsNotHere, RegistrationUnreadable

WITH_DEPOSIT, WITHOUT_DEPOSIT, CHANGE = "01", "11", "02"
BY_CARD, BY_ID_NUMBER = "0", "1"
SEXES = {"0": Sex.FEMALE, "1": Sex.MALE, "F": Sex.FEMALE, "M": Sex.MALE, "女": Sex.FEMALE, "男": Sex.MALE}


def refuse_registration(request: ask.RegistrationRequest, call: Call) -> say.RegistrationResponse:
    """Return 82 as it is when nothing was written."""
    return say.RegistrationResponse(
        ok="0",
        outcome="0",
        transaction_date=stamp(call.at),
        institution_id=call.institution(request),
        patron_identifier=request.patron_identifier,
    )


def register(
    request: ask.RegistrationRequest, call: Call, answer: say.RegistrationResponse
) -> say.RegistrationResponse:
    """81: register a reader with a first card and a password. Raises RegistrationUnreadable, RegistrationRefused."""
    if request.operation not in {WITH_DEPOSIT, WITHOUT_DEPOSIT}:
        raise RegistrationUnreadable(field="XK")
    if request.operation == WITH_DEPOSIT and fen_of(request.deposit):
        raise PaymentsNotHere()
    act = call.act()
    made = patrons.register(act, reader=reader_of(request, call))
    set_password(act, made.id, request.patron_password)
    return replace(answer, ok="1", outcome="1")


def reader_of(request: ask.RegistrationRequest, call: Call) -> NewReader:
    """Return the reader that a registration describes. Raises RegistrationUnreadable."""
    library = network.node_by_code(request.library).id if request.library else None
    return NewReader(
        name=request.personal_name,
        category=call.terminal.reader_types.get(request.category, request.category),
        card_number=request.patron_identifier,
        home_node=library,
        sex=sex_of(request.sex),
        birth_date=day_of(request.birth_date),
        phone=request.mobile or request.telephone,
        email=request.email,
        address=request.address,
        id_number=request.id_number,
    )


def set_password(act: Act, patron: int, password: str) -> None:
    """Give the reader the password of the machine, if it sent one."""
    if password:
        passwords.set_password(act, patron=patron, password=password)


def sex_of(text: str) -> Sex:
    """Return the sex that a machine sends, as digit, letter or word. Raises RegistrationUnreadable."""
    if not text:
        return Sex.UNKNOWN
    if text.upper() not in SEXES:
        raise RegistrationUnreadable(field="XM")
    return SEXES[text.upper()]


def day_of(text: str) -> date | None:
    """Return a day written YYYYMMDD. Raises RegistrationUnreadable."""
    if not text.strip():
        return None
    with contextlib.suppress(ValueError):
        return date.fromisoformat(text.strip())
    raise RegistrationUnreadable(field="XH")


def fen_of(text: str) -> int:
    """Return a sum in fen from yuan as machines write them. Raises RegistrationUnreadable."""
    whole, _point, rest = text.strip().partition(".")
    if not text.strip():
        return 0
    if not (whole.isascii() and whole.isdigit() and len(whole) < 7) or not (rest + "0").isdigit() or len(rest) > 2:
        raise RegistrationUnreadable(field="BV")
    return 100 * int(whole) + int(rest.ljust(2, "0"))


def refuse_duplicate_check(request: ask.DuplicateCheckRequest, call: Call) -> say.DuplicateCheckResponse:
    """Return 92 as it is when the question was not answered; "known", so that no machine registers on that."""
    return say.DuplicateCheckResponse(
        is_known="1",
        found="1",
        outcome="0",
        transaction_date=stamp(call.at),
        institution_id=call.institution(request),
        patron_identifier=request.patron_identifier,
        id_number=request.id_number,
        operation=request.operation,
    )


def duplicate_check(
    request: ask.DuplicateCheckRequest, call: Call, answer: say.DuplicateCheckResponse
) -> say.DuplicateCheckResponse:
    """91: is there a reader with this card or identity number? Raises RegistrationUnreadable."""
    if request.operation == BY_CARD and request.patron_identifier:
        known = readers.is_card_known(request.patron_identifier)
    elif request.operation == BY_ID_NUMBER and request.id_number:
        known = readers.is_id_number_known(request.id_number)
    else:
        raise RegistrationUnreadable(field="XK")
    said = "1" if known else "0"
    return replace(answer, is_known=said, found=said, outcome="1")
