"""What an item is and where it stands, and what is noted about it: messages 17 and 19."""

from dataclasses import replace

from wenlan.catalogue import queries as catalogue
from wenlan.circulation import queries as loans
from wenlan.circulation.reserving import queries as reservations
from wenlan.holdings import operations as holding
from wenlan.holdings import queries as holdings
from wenlan.holdings.types import ItemStatus, ItemView, Transition
from wenlan.kernel.errors import DomainError
from wenlan.kernel.money import yuan
from wenlan.network import queries as network
from wenlan.protocols.sip2 import requests as ask
from wenlan.protocols.sip2 import responses as say
from wenlan.protocols.sip2.calls import Call, day_stamp, stamp
from wenlan.protocols.sip2.errors import PropertiesUnknown
from wenlan.protocols.sip2.lending import media_of

CIRCULATION_STATUS = {
    ItemStatus.AVAILABLE: "03",
    ItemStatus.ON_LOAN: "04",
    ItemStatus.IN_PROCESSING: "06",
    ItemStatus.ON_HOLD_SHELF: "08",
    ItemStatus.IN_TRANSIT: "10",
    ItemStatus.LOST: "12",
    ItemStatus.LOST_ON_THE_WAY: "12",
    ItemStatus.MISSING: "13",
    ItemStatus.SEARCHED_FOR: "13",
}
OTHER_STATUS = "01"


def refuse_item(request: ask.ItemInformationRequest, call: Call) -> say.ItemInformationResponse:
    """Return 18 for an item that is not known."""
    return say.ItemInformationResponse(
        circulation_status=OTHER_STATUS,
        transaction_date=stamp(call.at),
        item_identifier=request.item_identifier,
        title_identifier="",
    )


def item_information(
    request: ask.ItemInformationRequest, call: Call, answer: say.ItemInformationResponse
) -> say.ItemInformationResponse:
    """17: what the item is and where it stands."""
    item = holdings.item_by_barcode(request.item_identifier)
    loan = loans.loan_of_item(item.id)
    place, present = network.node(item.shelved_at).name, network.node(item.present_node).name
    price = item.list_price_fen
    return replace(
        answer,
        hold_queue_length=str(reservations.waiting_count(item.record)),
        circulation_status=CIRCULATION_STATUS.get(ItemStatus(item.status), OTHER_STATUS),
        due_date=day_stamp(loan.due_on) if loan else None,
        title_identifier=title_of(item),
        owner=call.terminal.institution or network.node(item.owner_node).code,
        currency_type="CNY" if price is not None else None,
        fee_amount=yuan(price) if price is not None else None,
        media_type=media_of(item.material)["media_type"],
        permanent_location=place,
        current_location=present,
        call_number=item.call_number if call.terminal.is_chinese else None,
        permanent_shelf=place if call.terminal.is_chinese else None,
        current_shelf=present if call.terminal.is_chinese else None,
    )


def title_of(item: ItemView) -> str:
    """Return the title of an item's record."""
    return catalogue.titles([item.record]).get(item.record, "")


def refuse_item_status(request: ask.ItemStatusUpdateRequest, call: Call) -> say.ItemStatusUpdateResponse:
    """Return 20 as it is when nothing was noted."""
    return say.ItemStatusUpdateResponse(
        item_properties_ok="0", transaction_date=stamp(call.at), item_identifier=request.item_identifier
    )  # fmt: skip


def item_status(
    request: ask.ItemStatusUpdateRequest, call: Call, answer: say.ItemStatusUpdateResponse
) -> say.ItemStatusUpdateResponse:
    """19: give the item the place whose code CH names, or take it through an act such as `find` or `miss`.

    Raises PropertiesUnknown, and what the operations raise.
    """
    item = holdings.item_by_barcode(request.item_identifier)
    said = request.item_properties.strip()
    if said in Transition.values:
        holding.change_state(call.act(), item=item.id, transition=said, reason=call.terminal.code)
    else:
        try:
            place = network.node_by_code(said)
        except DomainError as unknown:
            raise PropertiesUnknown(properties=said) from unknown
        holding.relocate(call.act(), item=item.id, shelved_at=place.id)
    return replace(answer, item_properties_ok="1", title_identifier=title_of(item), item_properties=said)
