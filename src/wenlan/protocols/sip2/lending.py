"""Lend, take back, renew, reserve: messages 11, 09, 29, 65, 15."""

from collections import OrderedDict
from dataclasses import replace
from datetime import datetime
from typing import Any

from wenlan.catalogue.types import Material
from wenlan.circulation import operations as circulation
from wenlan.circulation import queries as loans
from wenlan.circulation.errors import ActUndone, CheckoutRefused
from wenlan.circulation.types import (
    OVERRIDABLE,
    CardRef,
    Initiative,
    ItemRef,
    Lent,
    LoanView,
    NextStep,
    Refusal,
    Returned,
)
from wenlan.holdings import queries as holdings
from wenlan.kernel.acts import Act
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.patrons import queries as patrons
from wenlan.protocols.sip2 import requests as ask
from wenlan.protocols.sip2 import responses as say
from wenlan.protocols.sip2.calls import Call, day_stamp, is_clock_dead, is_stored, stamp, stored_at
from wenlan.protocols.sip2.errors import NothingToCancel
from wenlan.protocols.sip2.types import SortRule, TerminalRight

# CK of the standard; and what a strong magnet would harm.
MEDIA = {
    Material.BOOK: "001",
    Material.SERIAL: "002",
    Material.NEWSPAPER: "002",
    Material.ANCIENT: "001",
    Material.AUDIOVISUAL: "006",
    Material.ELECTRONIC: "006",
}
OTHER_MEDIA = "000"
MAGNETIC = frozenset({Material.AUDIOVISUAL, Material.ELECTRONIC})
ALERTS = {NextStep.HOLD: "01", NextStep.SEND: "04", NextStep.LOOK: "99", NextStep.PROCESS: "99"}
HOLD_ELSEWHERE = "02"
STORED = "stored by the machine while the line was cut"
MOST_REMEMBERED = 2000
_last_keys: OrderedDict[tuple[int, str], str] = OrderedDict()  # what a terminal may still cancel


def media_of(material: str) -> dict[str, Any]:
    """Return media type and magnetic flag of an item."""
    return {
        "media_type": MEDIA.get(Material(material), OTHER_MEDIA) if material else OTHER_MEDIA,
        "magnetic_media": "Y" if material in MAGNETIC else "N",
    }


def refuse_checkout(request: ask.CheckoutRequest, call: Call) -> say.CheckoutResponse:
    """Return 12 as it is when nothing was lent."""
    return say.CheckoutResponse(
        ok="0",
        desensitize="N",
        transaction_date=stamp(call.at),
        institution_id=call.institution(request),
        patron_identifier=request.patron_identifier,
        item_identifier=request.item_identifier,
        title_identifier="",
    )


def check_out(request: ask.CheckoutRequest, call: Call, answer: say.CheckoutResponse) -> say.CheckoutResponse:
    """11: lend; with BI the loan just made is taken back, as when the item could not be made ready to leave."""
    if request.cancel == "Y":
        cancel(request, call)
        return replace(answer, ok="1")
    try:
        return lent_answer(request, call, answer)
    except CheckoutRefused as refused:
        return lent_already(request, call, answer, refused)


def lent_answer(request: ask.CheckoutRequest, call: Call, answer: say.CheckoutResponse) -> say.CheckoutResponse:
    """Lend, and return 12 for the loan. Raises what lending raises."""
    act, lent = lend(request, call)
    remember(call, request.item_identifier, act.key)
    return replace(
        answer,
        ok="1",
        desensitize="Y",
        title_identifier=lent.title,
        due_date=day_stamp(lent.due_on),
        **media_of(lent.material),
    )


def lend(request: ask.CheckoutRequest, call: Call) -> tuple[Act, Lent]:
    """Lend an item; a stored act happened already, so only what cannot be is refused.

    A terminal whose clock stands still sends the same bytes when the reader takes the item again: where the loan that
    they made has ended, another is made, known by the loan before it.
    """
    act, item, card = call.act(request), ItemRef(request.item_identifier), CardRef(request.patron_identifier)
    if is_stored(request):
        return act, circulation.check_out(
            act, item=item, card=card, overrides=OVERRIDABLE, reason=STORED, happened=True
        )  # fmt: skip
    lent = None
    try:
        lent = circulation.check_out(act, item=item, card=card)
    except ActUndone:
        if not is_clock_dead(request, call.at):
            raise
    if lent is not None and not (lent.was_repeated and is_clock_dead(request, call.at)):
        return act, lent
    newest = loans.loans_of_item(holdings.item_by_barcode(item.barcode).id)
    if lent is not None and newest[0].uid == lent.loan and not has_ended(newest[0]):
        return act, lent
    before = next(loan for loan in newest if has_ended(loan))
    again = call.act(request, part=f"/after {before.uid}")
    return again, circulation.check_out(again, item=item, card=card)


def has_ended(loan: LoanView) -> bool:
    """Return whether a loan is over, or was taken back."""
    return loan.returned_on is not None or loan.is_cancelled


def lent_already(
    request: ask.CheckoutRequest, call: Call, answer: say.CheckoutResponse, refused: CheckoutRefused
) -> say.CheckoutResponse:
    """Renew an item that this reader has, where the terminal asks so; take over one that another has, where it may.

    Raises the refusal again otherwise.
    """
    if refused.refusals != (Refusal.ITEM_ON_LOAN,):
        raise refused
    item = holdings.item_by_barcode(request.item_identifier)
    loan = loans.loan_of_item(item.id)
    is_own = loan is not None and patrons.patron_id_by_card(request.patron_identifier) == loan.patron
    if is_own and request.renewal_policy == "Y" and call.terminal.may(TerminalRight.RENEW):
        renewed = circulation.renew(
            call.act(request),
            item=ItemRef(request.item_identifier),
            card=CardRef(request.patron_identifier),
            initiative=Initiative.READER,
        )
        return replace(
            answer,
            ok="1",
            renewal_ok="Y",
            desensitize="Y",
            title_identifier=renewed.title,
            due_date=day_stamp(renewed.due_on),
            **media_of(item.material),
        )
    if is_own or loan is None or not (is_stored(request) or call.terminal.may(TerminalRight.TAKE_OVER)):
        raise refused
    if is_stored(request) and loan.lent_at >= stored_at(request, call.at):
        raise refused  # lent to another after that: a person has to look
    circulation.check_in(call.act(request, part="/back"), item=ItemRef(request.item_identifier))
    return lent_answer(request, call, answer)


def remember(call: Call, barcode: str, key: str) -> None:
    """Keep the key of a terminal's last act on an item, so that it can be cancelled."""
    _last_keys[call.terminal.id, barcode] = key
    _last_keys.move_to_end((call.terminal.id, barcode))
    while len(_last_keys) > MOST_REMEMBERED:
        _last_keys.popitem(last=False)


def cancel(request: Any, call: Call) -> None:
    """Take back what this terminal did with the item within the last minute. Raises NothingToCancel, CannotUndo."""
    key = _last_keys.get((call.terminal.id, request.item_identifier))
    if key is None:
        raise NothingToCancel()
    circulation.undo(call.act(part=f"/{key}"), key=key)
    _last_keys.pop((call.terminal.id, request.item_identifier), None)


def refuse_checkin(request: ask.CheckinRequest, call: Call) -> say.CheckinResponse:
    """Return 10 as it is when nothing was taken back: a person is called."""
    return say.CheckinResponse(
        ok="0",
        resensitize="N",
        alert="Y",
        alert_type=ALERTS[NextStep.LOOK],
        transaction_date=stamp(call.at),
        institution_id=call.institution(request),
        item_identifier=request.item_identifier,
        sort_bin=bin_of(call.terminal.sort_rules, NextStep.LOOK.value, {}),
    )


def check_in(request: ask.CheckinRequest, call: Call, answer: say.CheckinResponse) -> say.CheckinResponse:
    """09: take back; an item that belongs elsewhere is named with its place, its bin, and calls a person."""
    if request.cancel == "Y":
        cancel(request, call)
        return replace(answer, ok="1", alert="N", alert_type=None)
    if is_stored(request) and (lent_at := lent_later(request, call)):
        return replace(answer, ok="1", alert="N", alert_type=None, permanent_location=lent_at)
    act, returned = take_back(request, call)
    remember(call, request.item_identifier, act.key)
    destination = network.node(returned.destination) if returned.destination else None
    step = returned.next_step
    alert = HOLD_ELSEWHERE if step == NextStep.HOLD and destination else ALERTS.get(step)
    return replace(
        answer,
        ok="1",
        resensitize="Y",
        alert="Y" if alert else "N",
        alert_type=alert,
        title_identifier=returned.title,
        permanent_location=destination.name if destination else network.node(call.terminal.node).name,
        destination=destination.name if destination else None,
        sort_bin=bin_for(call, returned, destination.code if destination else ""),
        **media_of(returned.material),
    )


def take_back(request: ask.CheckinRequest, call: Call) -> tuple[Act, Returned]:
    """Take an item back.

    A terminal whose clock stands still sends the same bytes for every return of an item: where the item has been lent
    again since, that loan ends, and the return is known by it.
    """
    act, item = call.act(request), ItemRef(request.item_identifier)
    returned = None
    try:
        returned = circulation.check_in(act, item=item)
    except ActUndone:
        if not is_clock_dead(request, call.at):
            raise
    if returned is not None and not (returned.was_repeated and is_clock_dead(request, call.at)):
        return act, returned
    loan = loans.loan_of_item(holdings.item_by_barcode(item.barcode).id)
    if loan is None:
        return act, returned or circulation.check_in(act, item=item)
    again = call.act(request, part=f"/{loan.uid}")
    return again, circulation.check_in(again, item=item)


def lent_later(request: ask.CheckinRequest, call: Call) -> str:
    """Return where an item was lent after a stored return of it: that return is history, the loan stands."""
    at: datetime = stored_at(request, call.at)
    loan = loans.loan_of_item(holdings.item_by_barcode(request.item_identifier).id)
    return network.node(loan.lent_node).name if loan is not None and loan.lent_at > at else ""


def bin_for(call: Call, returned: Returned, destination: str) -> str | None:
    """Return the bin that an item falls into by this terminal's rules."""
    if not call.terminal.sort_rules:
        return None
    owner = network.node(returned.owner_node).code if returned.owner_node else ""
    facts = {
        "destination": destination,
        "owner": owner,
        "material": returned.material,
        "main_class": returned.main_class,
    }
    return bin_of(call.terminal.sort_rules, returned.next_step.value, facts)


def bin_of(rules: tuple[SortRule, ...], step: str, facts: dict[str, str]) -> str | None:
    """Return the bin of the first rule that fits, None when none does."""

    def fits(rule: SortRule) -> bool:
        return (
            rule.step in {"", step}
            and rule.destination in {"", facts.get("destination", "")}
            and rule.owner in {"", facts.get("owner", "")}
            and rule.material in {"", facts.get("material", "")}
            and facts.get("main_class", "").startswith(rule.class_begins)
        )

    return next((rule.bin for rule in rules if fits(rule)), None)


def refuse_renewal(request: ask.RenewRequest, call: Call) -> say.RenewResponse:
    """Return 30 as it is when nothing was renewed."""
    return say.RenewResponse(
        ok="0",
        renewal_ok="N",
        transaction_date=stamp(call.at),
        institution_id=call.institution(request),
        patron_identifier=request.patron_identifier,
        item_identifier=request.item_identifier or "",
        title_identifier="",
    )


def renew(request: ask.RenewRequest, call: Call, answer: say.RenewResponse) -> say.RenewResponse:
    """29: keep one item longer."""
    renewed = circulation.renew(
        call.act(request),
        item=ItemRef(request.item_identifier or ""),
        card=CardRef(request.patron_identifier),
        initiative=Initiative.READER,
    )
    due = day_stamp(renewed.due_on)
    return replace(answer, ok="1", renewal_ok="Y", title_identifier=renewed.title, due_date=due)


def refuse_renew_all(request: ask.RenewAllRequest, call: Call) -> say.RenewAllResponse:
    """Return 66 as it is when nothing was tried."""
    return say.RenewAllResponse(
        ok="0", transaction_date=stamp(call.at), institution_id=call.institution(request)
    )  # fmt: skip


def renew_all(request: ask.RenewAllRequest, call: Call, answer: say.RenewAllResponse) -> say.RenewAllResponse:
    """65: keep everything longer; each item is renewed, or says why not, by itself."""
    patron = patrons.patron_id_by_card(request.patron_identifier)
    renewed: list[str] = []
    kept: list[str] = []
    reasons: dict[str, None] = {}
    for loan in loans.open_loans(patron):
        try:
            circulation.renew(
                call.act(part=f"/{loan.item}"),
                item=ItemRef(loan.barcode, loan.scope),
                card=CardRef(request.patron_identifier),
                initiative=Initiative.READER,
            )
        except DomainError as refusal:
            kept.append(loan.barcode)
            reasons |= dict.fromkeys(refusal.sentences)
        else:
            renewed.append(loan.barcode)
    return replace(
        answer,
        ok="1",
        renewed_count=f"{len(renewed):04}",
        unrenewed_count=f"{len(kept):04}",
        renewed_items=tuple(renewed),
        unrenewed_items=tuple(kept),
        screen_messages=tuple(reasons),
    )


def refuse_hold(request: ask.HoldRequest, call: Call) -> say.HoldResponse:
    """Return 16 as it is when nothing was reserved."""
    return say.HoldResponse(
        ok="0",
        transaction_date=stamp(call.at),
        institution_id=call.institution(request),
        patron_identifier=request.patron_identifier,
        item_identifier=request.item_identifier,
        title_identifier=request.title_identifier,
    )
