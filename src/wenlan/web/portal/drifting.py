"""The portal's pages of book drifting: where books may be taken and left, and the way of one book."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wenlan.circulation.drifting import queries
from wenlan.network import queries as network
from wenlan.ui import clock
from wenlan.web.portal.views import shown

SHOWN_BOOKS = 40


@require_safe
def points(request: HttpRequest) -> HttpResponse:
    """Every drifting point with what stands there now."""
    names = network.node_names()
    found = [
        {"one": one, "of": names.get(one.node, ""), "books": queries.books_at(one.id, limit=SHOWN_BOOKS)}
        for one in queries.points(clock.today())
    ]
    return shown(request, "web/portal/drifting.html", {"points": found})


@require_safe
def book(request: HttpRequest, number: str) -> HttpResponse:
    """The way of a drifting book from point to point; who had it is written down nowhere."""
    one = queries.book(number)
    moves = queries.moves_of(one.id)
    places = {point: queries.point(point).name for point in {move.point for move in moves}}
    steps = [{"move": move, "place": places[move.point]} for move in moves]
    return shown(request, "web/portal/drifting_book.html", {"book": one, "steps": steps})
