"""The reader has paid at the machine: message 37. The machine's drawer is a drawer like any other."""

from collections.abc import Sequence
from dataclasses import replace

from wenlan.credit.money import operations as money
from wenlan.credit.money import queries as sums
from wenlan.credit.money.operations import Taking
from wenlan.credit.money.types import ChargeView, Means
from wenlan.credit.till import receipts
from wenlan.patrons import queries as patrons
from wenlan.protocols.sip2 import requests as ask
from wenlan.protocols.sip2 import responses as say
from wenlan.protocols.sip2.calls import Call, fen_of, stamp
from wenlan.protocols.sip2.errors import CurrencyWrong, PaidTooMuch

# Payment types of the standard: 00 cash, 01 VISA, 02 credit card. Chinese machines add the wallets as 03 and 04.
MEANS = {"00": Means.CASH, "01": Means.CARD, "02": Means.CARD, "03": Means.WECHAT, "04": Means.ALIPAY}


def refuse_payment(request: ask.FeePaidRequest, call: Call) -> say.FeePaidResponse:
    """Return 38 as it is when nothing was booked: the machine gives the money back."""
    return say.FeePaidResponse(
        payment_accepted="N",
        transaction_date=stamp(call.at),
        institution_id=call.institution(request),
        patron_identifier=request.patron_identifier,
        transaction_id=request.transaction_id,
    )


def pay(request: ask.FeePaidRequest, call: Call, answer: say.FeePaidResponse) -> say.FeePaidResponse:
    """37: pay the charge that CG names, else the oldest ones; BK of the answer is the number of the receipt.

    Raises CurrencyWrong, FieldUnreadable, PaidTooMuch, and what taking money raises (no drawer, no receipts).
    """
    act = call.act()
    if first := receipts.of_key(act.key):  # asked again, when the charges are paid already
        return replace(answer, payment_accepted="Y", transaction_id=first.text)
    if request.currency_type != "CNY" or request.payment_type not in MEANS:
        raise CurrencyWrong()
    patron, paid = patrons.patron_id_by_card(request.patron_identifier), fen_of(request.fee_amount, field="BV")
    named = request.fee_identifier or ""
    owed = [one for one in reversed(sums.charges(patron, open_only=True)) if named in {"", str(one.id)}]
    taking = Taking(charges=shared_out(owed, paid), means=MEANS[request.payment_type])
    receipt = money.take(act, patron=patron, taking=taking)
    return replace(answer, payment_accepted="Y", transaction_id=receipt.text)


def shared_out(owed: Sequence[ChargeView], paid: int) -> dict[int, int]:
    """Return how much of a payment goes to each charge, the oldest first. Raises PaidTooMuch for what is left over."""
    parts: dict[int, int] = {}
    for charge in owed:
        part = min(charge.open_fen, paid - sum(parts.values()))
        if part > 0:
            parts[charge.id] = part
    if sum(parts.values()) < paid:
        raise PaidTooMuch()
    return parts
