"""Acts at the desk: lend, take back, renew. Each is the desk's own operation, with its key and its refusals."""

from django.http import HttpRequest
from ninja import Router

from wenlan.circulation import operations
from wenlan.circulation.types import CardRef, ItemRef, Renewed
from wenlan.kernel.acts import Act
from wenlan.network import queries as network
from wenlan.protocols.rest.access import StaffToken, act_key, caller
from wenlan.protocols.rest.messages import (
    CheckInIn,
    CheckOutIn,
    IdempotencyKey,
    LentOut,
    RenewedOut,
    RenewIn,
    ReturnedOut,
)
from wenlan.protocols.rest.refusals import REFUSALS
from wenlan.protocols.rest.tokens import Scope
from wenlan.staff.types import Right

router = Router(tags=["desk"], auth=StaffToken())


@router.post("/check-outs", response={200: LentOut, **REFUSALS}, summary="Lend an item to a reader")
def check_out(request: HttpRequest, asked: CheckOutIn, key: IdempotencyKey = None) -> LentOut:
    """Lend, or answer 409 with every reason why not."""
    lent = operations.check_out(
        desk_act(request, asked.node, key),
        item=ItemRef(asked.barcode, asked.scope),
        card=CardRef(asked.card),
        overrides=frozenset(asked.overrides),
        reason=asked.reason,
    )
    return LentOut(
        loan=str(lent.loan),
        barcode=lent.barcode,
        title=lent.title,
        due_on=lent.due_on,
        open_loans=lent.open_loans,
        loan_limit=lent.loan_limit,
        was_repeated=lent.was_repeated,
    )


@router.post("/check-ins", response={200: ReturnedOut, **REFUSALS}, summary="Take an item back")
def check_in(request: HttpRequest, asked: CheckInIn, key: IdempotencyKey = None) -> ReturnedOut:
    """Take back, and say what the desk does with the item next."""
    returned = operations.check_in(desk_act(request, asked.node, key), item=ItemRef(asked.barcode, asked.scope))
    return ReturnedOut(
        loan=str(returned.loan) if returned.loan else None,
        barcode=returned.barcode,
        title=returned.title,
        was_on_loan=returned.was_on_loan,
        next_step=returned.next_step.value,
        destination=network.node(returned.destination).code if returned.destination else None,
        overdue_days=returned.overdue_days,
        was_repeated=returned.was_repeated,
    )


@router.post("/renewals", response={200: RenewedOut, **REFUSALS}, summary="Lengthen a loan")
def renew(request: HttpRequest, asked: RenewIn, key: IdempotencyKey = None) -> RenewedOut:
    """Renew, or answer 409 with every reason why not."""
    renewed = operations.renew(
        desk_act(request, asked.node, key),
        item=ItemRef(asked.barcode, asked.scope),
        card=CardRef(asked.card) if asked.card else None,
    )
    return renewed_out(renewed)


def renewed_out(renewed: Renewed) -> RenewedOut:
    """Return a renewal as it travels."""
    return RenewedOut(
        loan=str(renewed.loan),
        barcode=renewed.barcode,
        title=renewed.title,
        due_before=renewed.due_before,
        due_on=renewed.due_on,
        renewals=renewed.renewals,
        was_repeated=renewed.was_repeated,
    )


def desk_act(request: HttpRequest, node: str | None, key: str | None) -> Act:
    """Return the act at a place that the token and the role reach."""
    using = caller(request)
    using.insist(Scope.DESK)
    return using.desk_at(node, Right.CHECK_OUT).act(key=act_key(using, key))
