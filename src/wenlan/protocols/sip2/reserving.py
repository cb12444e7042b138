"""Reserve, change and take back a reservation: message 15."""

from dataclasses import replace
from datetime import timedelta

from wenlan.circulation.reserving import operations as reserving
from wenlan.circulation.reserving import queries as reservations
from wenlan.circulation.reserving.types import ReservationState, ReservationView, Wish
from wenlan.holdings import queries as holdings
from wenlan.holdings.types import ItemView
from wenlan.kernel.errors import DomainError
from wenlan.network import queries as network
from wenlan.patrons import queries as patrons
from wenlan.protocols.sip2 import requests as ask
from wenlan.protocols.sip2 import responses as say
from wenlan.protocols.sip2.calls import Call, moment, stamp
from wenlan.protocols.sip2.errors import HoldUnknown, PickupUnknown

ADD, DELETE, CHANGE = "+", "-", "*"
THIS_COPY, THIS_PLACE = "3", "4"  # BY; all else is any copy of the title


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


def hold(request: ask.HoldRequest, call: Call, answer: say.HoldResponse) -> say.HoldResponse:
    """15: reserve the title of an item, take the reader's reservation of it back, or let it rest until BW.

    The pick-up point (BS) is the code or the name of a place, else where the terminal stands. Raises HoldUnknown,
    PickupUnknown, and what the operations raise.
    """
    patron = patrons.patron_id_by_card(request.patron_identifier)
    item = holdings.item_by_barcode(request.item_identifier or "")
    if request.hold_mode == ADD:
        return reserved(answer, reserving.reserve(call.act(), wish=wish_of(request, call, patron, item)))
    mine = next((one for one in reservations.of_reader(patron) if one.record == item.record), None)
    if mine is None or request.hold_mode not in {DELETE, CHANGE}:
        raise HoldUnknown()
    if request.hold_mode == DELETE:
        reserving.cancel(call.act(), reservation=mine.id)
        return replace(answer, ok="1", title_identifier=mine.title)
    until = moment(request.expiration_date or "")
    rests = until.date() - timedelta(days=1) if until else None
    return reserved(answer, reserving.suspend(call.act(), reservation=mine.id, until=rests))


def wish_of(request: ask.HoldRequest, call: Call, patron: int, item: ItemView) -> Wish:
    """Return who wants what, and where it is to be fetched."""
    return Wish(
        patron=patron,
        record=item.record,
        pickup=place_of(request.pickup_location or "", call),
        item=item.id if request.hold_type == THIS_COPY else None,
        within=item.shelved_at if request.hold_type == THIS_PLACE else None,
    )


def place_of(said: str, call: Call) -> int:
    """Return the pick-up point that a terminal names. Raises PickupUnknown."""
    if not said.strip():
        return call.terminal.node
    try:
        return network.node_by_code(said.strip()).id
    except DomainError as unknown:
        named = [place.id for place in network.nodes() if said.strip() in place.names.values()]
        if len(named) != 1:
            raise PickupUnknown(place=said.strip()) from unknown
        return named[0]


def reserved(answer: say.HoldResponse, made: ReservationView) -> say.HoldResponse:
    """Return 16 for an open reservation: available when a copy is kept or fetched for it."""
    return replace(
        answer,
        ok="1",
        available="N" if made.state == ReservationState.WAITING else "Y",
        queue_position=str(made.place_in_queue) if made.place_in_queue else None,
        pickup_location=network.node(made.pickup).name,
        title_identifier=made.title,
    )
