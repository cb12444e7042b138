"""A reader's own account: who they are here, what they have at home, keeping it longer."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from wenlan.catalogue import queries as catalogue
from wenlan.circulation import operations
from wenlan.circulation import queries as loans
from wenlan.circulation.types import CardRef, Initiative, ItemRef
from wenlan.kernel.errors import NotFound
from wenlan.kernel.words import say
from wenlan.network import queries as network
from wenlan.patrons.types import PatronView
from wenlan.protocols.rest.access import ReaderToken, act_key, caller
from wenlan.protocols.rest.messages import IdempotencyKey, LoanOut, ReaderOut, RenewedOut
from wenlan.protocols.rest.refusals import REFUSALS
from wenlan.protocols.rest.routes.desk import renewed_out
from wenlan.protocols.rest.tokens import reader_act
from wenlan.ui import clock

router = Router(tags=["reader"], auth=ReaderToken())


@router.get("", response={200: ReaderOut, **REFUSALS}, summary="The reader who is signed in")
def me(request: HttpRequest) -> ReaderOut:
    """Say how the account stands."""
    reader = reader_of(request)
    return ReaderOut(
        name=reader.name,
        category=say(reader.category.words),
        home=network.node(reader.home_node).code,
        status=reader.status,
        valid_until=reader.valid_until,
        phone=reader.masked().phone,
        open_loans=reader.open_loans,
        loan_limit=reader.category.loan_limit,
    )


@router.get("/loans", response={200: list[LoanOut], **REFUSALS}, summary="What the reader has at home")
def own_loans(request: HttpRequest) -> list[LoanOut]:
    """List the open loans, the next due first."""
    found = loans.open_loans(reader_of(request).id)
    records = catalogue.records({loan.record for loan in found})
    today = clock.today()
    return [
        LoanOut(
            loan=str(loan.uid),
            record=str(records[loan.record].uid) if loan.record in records else None,
            title=loan.title,
            barcode=loan.barcode,
            call_number=loan.call_number,
            lent_on=loan.lent_on,
            due_on=loan.due_on,
            renewals=loan.renewals,
            is_overdue=loan.due_on < today,
        )
        for loan in found
    ]


@router.post("/loans/{uuid:loan}/renewal", response={200: RenewedOut, **REFUSALS}, summary="Keep one item longer")
def renew(request: HttpRequest, loan: UUID, key: IdempotencyKey = None) -> RenewedOut:
    """Lengthen one of the reader's own loans, or say every reason why not."""
    reader = reader_of(request)
    own = next((each for each in loans.open_loans(reader.id) if each.uid == loan), None)
    card = next((card.number for card in reader.cards if card.until_day is None), None)
    if own is None or card is None:
        raise NotFound(what=str(loan))
    act = reader_act(reader, act_key(caller(request), key))
    renewed = operations.renew(
        act, item=ItemRef(own.barcode, own.scope), card=CardRef(card), initiative=Initiative.READER
    )
    return renewed_out(renewed)


def reader_of(request: HttpRequest) -> PatronView:
    """Return the reader whose token is used."""
    reader = caller(request).reader
    assert reader is not None
    return reader
