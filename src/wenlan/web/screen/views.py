"""The page of the big screen, and the snapshot that it asks for every second."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import blake2b
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wenlan.activities import queries as activities
from wenlan.activities.types import SessionView
from wenlan.catalogue import queries as catalogue
from wenlan.indicators import queries as indicators
from wenlan.kernel.errors import NotFound
from wenlan.kernel.periods import Period
from wenlan.kernel.words import say
from wenlan.ledger import queries as ledger
from wenlan.network import queries as network
from wenlan.network.types import NodeView
from wenlan.ui import clock, typography
from wenlan.web.portal.views import dated, is_open_now, outlets, timetable
from wenlan.web.screen.river import River, river

SHOWN = ("visits", "loans", "returns")
STREAMS = 10
RIVER_DAYS = 30
SESSIONS, DAYS_AHEAD = 3, 14
TITLES = 12
SNAPSHOT_LASTS_SECONDS = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One of the large figures: today's, and the day before for comparison."""

    code: str
    name: str
    unit: str
    value: str
    before: str


@require_safe
def screen(request: HttpRequest) -> HttpResponse:
    """Show the wall of a place: `?node=CODE`, by default the whole network."""
    place = asked_place(request)
    today = clock.today()
    sessions = sessions_of(place.id, today, today + timedelta(days=1))
    coming = () if sessions else sessions_of(place.id, today + timedelta(days=1), today + timedelta(days=DAYS_AHEAD))
    context = {
        "place": place,
        "tiles": tiles(place.id, today),
        "opening": opening(place.id, today),
        "river": river_of(place.id, today),
        "river_days": RIVER_DAYS,
        "sessions": timetable(sessions) or dated(timetable(coming)),
        "is_on_today": bool(sessions),
        "titles": catalogue.newest(TITLES),
        "structure": structure(),
        "snapshot": f"{reverse('screen:snapshot')}?node={place.code}",
    }
    return render(request, "web/screen.html", context)


@require_safe
def snapshot(request: HttpRequest) -> HttpResponse:
    """Answer the texts that may have changed, by element id; 304 when none has. Computed once a second for a place."""
    place = asked_place(request)
    key = f"screen:{place.id}:{get_language()}"
    said = cache.get(key)
    if said is None:
        said = json.dumps(texts(place.id), ensure_ascii=False)
        cache.set(key, said, SNAPSHOT_LASTS_SECONDS)
    tag = f'"{blake2b(said.encode(), digest_size=12).hexdigest()}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    return HttpResponse(said, content_type="application/json", headers=headers)


def asked_place(request: HttpRequest) -> NodeView:
    """Return the place that the address names. Raises Http404."""
    try:
        code = request.GET.get("node", "")
        return network.node_by_code(code) if code else network.root()
    except NotFound as unknown:
        raise Http404(str(unknown)) from unknown


def texts(place: int) -> dict[str, str]:
    """Return every text of the wall that moves during a day, by the id of its element."""
    today = clock.today()
    found = {"structure": structure(), "opening": opening(place, today)}
    for tile in tiles(place, today):
        found |= {f"tile-{tile.code}": tile.value, f"before-{tile.code}": tile.before}
    return found | {f"stream-{stream.id}": typography.count(stream.loans) for stream in river_of(place, today).streams}


def structure() -> str:
    """Return what the page's own shape depends on: when it changes, the wall loads the page again (each hour)."""
    return f"{clock.now():%Y%m%d%H}"


def tiles(place: int, today: date) -> list[Tile]:
    """Return the large figures of today."""
    known = {measure.code for measure in ledger.measures()}
    codes = [code for code in SHOWN if code in known]
    now = indicators.figures(codes, node=place, period=Period.day(today))
    before = indicators.figures(codes, node=place, period=Period.day(today - timedelta(days=1)))
    return [
        Tile(
            code=code,
            name=now[code].measure.name,
            unit=typography.unit_beside(now[code].measure.name, say(now[code].measure.unit)),
            value=typography.count(now[code].value),
            before=_("yesterday %(count)s") % {"count": typography.count(before[code].value)},
        )
        for code in codes
    ]


def river_of(place: int, today: date) -> River:
    """Return the loans of the last days by the places under this one, the ten largest."""
    if "loans" not in {measure.code for measure in ledger.measures()}:
        return river([])
    period = Period(today - timedelta(days=RIVER_DAYS - 1), today + timedelta(days=1))
    cells = indicators.breakdown("loans", node=place, period=period, by=("branch",))
    names = network.node_names()
    lent = [(cell.keys[0] or place, int(cell.value or 0)) for cell in cells if cell.value]
    largest = sorted(lent, key=lambda pair: -pair[1])[:STREAMS]
    return river([(node, names.get(node, ""), loans) for node, loans in largest if isinstance(node, int)])


def opening(place: int, today: date) -> str:
    """Return how many places are open at this minute."""
    under = network.subtree(place, today)
    places = [view for view in outlets(today) if view.id in under]
    count = {"open": sum(is_open_now(view) for view in places), "places": len(places)}
    return _("%(open)s of %(places)s places open now") % count


def sessions_of(place: int, start: date, end: date) -> Sequence[SessionView]:
    """Return the first sessions of a span of days in a place."""
    found: Any = activities.upcoming(network.subtree(place), start, end)
    return found[:SESSIONS]
