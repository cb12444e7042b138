"""Orders that a keeper takes for the room's readers, and how far they are."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wenlan.circulation.ordering import operations, queries
from wenlan.circulation.ordering.types import ENDED, NewLine, NewOrder, OrderChannel, OrderState
from wenlan.circulation.reserving.views import card_end
from wenlan.kernel.errors import DomainError
from wenlan.patrons import passes
from wenlan.patrons import queries as patrons
from wenlan.ui import clock
from wenlan.ui.addresses import whole_number
from wenlan.web.keeper.access import keeps, key_of, page, text
from wenlan.web.portal.reserving import day_of

UNENDED = frozenset(OrderState) - ENDED
MOST = 30


@require_http_methods(["GET", "HEAD", "POST"])
@keeps
def orders(request: HttpRequest) -> HttpResponse:
    """Take an order for a reader who comes by, and list those of this room."""
    refused = ""
    if request.method == "POST":
        try:
            made = operations.ask(request.desk.act(key_of(request)), order=order_of(request))
        except DomainError as refusal:
            refused = str(refusal)
        else:
            messages.success(request, _("The order %(number)s is taken.") % {"number": made.number})
            return redirect("keeper:orders")
    found = queries.orders([request.desk.node], states=UNENDED, limit=MOST)
    readers = patrons.patrons_by_id({one.patron for one in found if one.patron})
    rows = [
        {"one": one, "name": reader.masked().name if reader else "", "card_end": card_end(reader)}
        for one in found
        for reader in [readers.get(one.patron or 0)]
    ]
    typed = {name: text(request, name) for name in ("card", "wish", "wanted", "day", "set")} if refused else {}
    menu = queries.menu(clock.today(), at=request.desk.node)
    status = 422 if refused else 200
    return page(request, "orders", rows=rows, menu=menu, typed=typed, refused=refused, status=status)


def order_of(request: HttpRequest) -> NewOrder:
    """Return the order as the keeper wrote it. Raises CardUnknown."""
    wish, themed = text(request, "wish"), whole_number(text(request, "set"))
    wanted = whole_number(text(request, "wanted")) or 1
    return NewOrder(
        patron=patrons.patron_id_by_card(passes.card_number(text(request, "card"), clock.now())),
        place=request.desk.node,
        channel=OrderChannel.KEEPER,
        themed=themed,
        lines=[NewLine(text=wish, wanted=wanted)] if wish else [],
        wanted_on=day_of(text(request, "day")),
    )
