"""The slip that travels in a book: where it comes from and goes to, or for whom it lies ready."""

from collections.abc import Collection
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wenlan.catalogue import queries as catalogue
from wenlan.circulation.models import Reservation, Transit
from wenlan.circulation.reserving.models import HOLDS_A_COPY
from wenlan.circulation.transport.bars import drawn
from wenlan.circulation.transport.errors import NotOnTheWay
from wenlan.circulation.transport.queries import OPEN
from wenlan.holdings import queries as holdings
from wenlan.holdings.types import ItemStatus
from wenlan.network import queries as network
from wenlan.patrons import queries as patrons
from wenlan.staff.errors import NotAllowed
from wenlan.staff.types import Right
from wenlan.ui import clock

PAPERS = ("58", "80", "a6")
COOKIE, A_YEAR = "slip_paper", 365 * 24 * 3600


def show(request: HttpRequest, item_id: int, *, visible: Collection[int]) -> HttpResponse:
    """Show the slip of an item that concerns a place in sight, on the paper asked for; the browser remembers which.

    Raises NotOnTheWay for what neither travels nor lies ready, and NotAllowed for what concerns other places.
    """
    asked = request.GET.get("paper") or request.COOKIES.get(COOKIE, "")
    paper = asked if asked in PAPERS else "80"
    response = render(
        request, "circulation/transit_slip.html", described(item_id, frozenset(visible)) | {"paper": paper}
    )
    response.set_cookie(COOKIE, paper, max_age=A_YEAR, samesite="Lax", httponly=True)
    return response


def described(item_id: int, visible: frozenset[int]) -> dict[str, Any]:
    """Return what the slip says. A reader is named by the first letter and the end of the card."""
    item = holdings.item(item_id)
    sent = Transit.objects.filter(OPEN, item=item.id).select_related("crate").first()
    kept = Reservation.objects.filter(HOLDS_A_COPY, assigned=item.id).first()
    if item.status not in {ItemStatus.IN_TRANSIT, ItemStatus.ON_HOLD_SHELF} or (sent is None and kept is None):
        raise NotOnTheWay()
    places = {sent.from_node_id, sent.to_node_id} if sent else {item.present_node}
    if not places & visible:
        raise NotAllowed(right=Right.CHECK_OUT.label)
    names = network.node_names()
    return {
        "item": item,
        "title": catalogue.titles([item.record]).get(item.record, ""),
        "bars": drawn(item.barcode),
        "from": names.get(sent.from_node_id, "") if sent else "",
        "to": names.get(sent.to_node_id, "") if sent else "",
        "crate": sent.crate.code if sent and sent.crate else "",
        "pickup": names.get(kept.pickup_id, "") if kept else "",
        "pick_up_by": kept.pick_up_by if kept else None,
        "reader": readers_mark(kept.patron_id) if kept and kept.patron_id else "",
        "printed_at": clock.now(),
    }


def readers_mark(patron: int) -> str:
    """Return how a slip names a reader: masked, with the last four places of the card."""
    reader = patrons.patron(patron)
    serving = [card.number for card in reader.cards if card.until_day is None]
    return f"{reader.masked().name} …{serving[0][-4:]}" if serving else reader.masked().name
