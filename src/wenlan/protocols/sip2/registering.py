"""The Chinese card machines' messages: register or change a reader (81), is there one already (91).

No standard says their layout; it is what the machines of several makers send. A deposit that a machine has taken is
booked before the card is given out, or the whole registration is refused and the machine gives the money back.
"""

import contextlib
from dataclasses import replace
from datetime import date

from django.db import transaction

from wenlan.credit.money import operations as money
from wenlan.credit.money.operations import Taking
from wenlan.kernel.acts import Act
from wenlan.network import queries as network
from wenlan.patrons import operations as patrons
from wenlan.patrons import passwords
from wenlan.patrons import queries as readers
from wenlan.patrons.amending import Details, amend
from wenlan.patrons.types import DocumentKind, NewReader, PatronView, Sex
from wenlan.protocols.sip2 import requests as ask
from wenlan.protocols.sip2 import responses as say
from wenlan.protocols.sip2.calls import Call, fen_of, stamp
from wenlan.protocols.sip2.errors import FieldUnreadable, NotTheReader
from wenlan.protocols.sip2.readers import is_proven

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
    """81: register a reader with a first card and a password, or change one.

    Raises FieldUnreadable, NotTheReader, RegistrationRefused, and what taking a deposit raises.
    """
    if request.operation == CHANGE:
        change(request, call)
        return replace(answer, ok="1", outcome="1")
    if request.operation not in {WITH_DEPOSIT, WITHOUT_DEPOSIT}:
        raise FieldUnreadable(field="XK")
    deposit = fen_of(request.deposit, field="BV") if request.operation == WITH_DEPOSIT else 0
    receipt = None
    with transaction.atomic():
        made = patrons.register(call.act(), reader=reader_of(request, call))
        set_password(call.act(), made.id, request.patron_password)
        if deposit:
            taken = money.take(call.act(part="/deposit"), patron=made.id, taking=Taking(deposit_fen=deposit))
            receipt = taken.text
    return replace(answer, ok="1", outcome="1", receipt=receipt)


def change(request: ask.RegistrationRequest, call: Call) -> None:
    """Change what the machine sends of a reader who proved to be that one; what it leaves empty stays.

    Raises FieldUnreadable, NotTheReader, CardUnknown, RegistrationRefused.
    """
    reader = readers.patron_by_card(request.patron_identifier)
    if not is_that_reader(request, reader, call):
        raise NotTheReader()
    details = Details(
        name=request.personal_name or reader.name,
        category=reader.category.code,
        sex=sex_of(request.sex) or reader.sex,
        birth_date=day_of(request.birth_date) or reader.birth_date,
        phone=request.mobile or request.telephone or reader.phone,
        email=request.email or reader.email,
        address=request.address or reader.address,
        special_group=reader.special_group,
        document_kind=reader.document_kind,
    )
    with transaction.atomic():
        amend(call.act(), patron=reader.id, details=details)
        set_password(call.act(), reader.id, request.new_password)


def is_that_reader(request: ask.RegistrationRequest, reader: PatronView, call: Call) -> bool:
    """Return whether the identity number or the password that came along is the reader's."""
    if request.id_number:
        found = readers.lookalikes(
            name="", birth_date=None, phone="", kind=DocumentKind.CITIZEN, number=request.id_number
        )  # fmt: skip
        return reader.id in {one.id for one in found}
    return is_proven(request.patron_identifier, request.patron_password, call)


def reader_of(request: ask.RegistrationRequest, call: Call) -> NewReader:
    """Return the reader that a registration describes. Raises FieldUnreadable."""
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
    """Return the sex that a machine sends, as digit, letter or word. Raises FieldUnreadable."""
    if not text:
        return Sex.UNKNOWN
    if text.upper() not in SEXES:
        raise FieldUnreadable(field="XM")
    return SEXES[text.upper()]


def day_of(text: str) -> date | None:
    """Return a day written YYYYMMDD. Raises FieldUnreadable."""
    if not text.strip():
        return None
    with contextlib.suppress(ValueError):
        return date.fromisoformat(text.strip())
    raise FieldUnreadable(field="XH")


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
    """91: is there a reader with this card or identity number? Raises FieldUnreadable."""
    if request.operation == BY_CARD and request.patron_identifier:
        known = readers.is_card_known(request.patron_identifier)
    elif request.operation == BY_ID_NUMBER and request.id_number:
        known = readers.is_id_number_known(request.id_number)
    else:
        raise FieldUnreadable(field="XK")
    said = "1" if known else "0"
    return replace(answer, is_known=said, found=said, outcome="1")
