"""The portal's page of the book bus: when it comes to one's village, and where it is today."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wenlan.kernel.periods import Period
from wenlan.outreach.bus import queries
from wenlan.outreach.bus.types import RunDay, TripStopView
from wenlan.ui import clock
from wenlan.web.portal.views import shown

DAYS_AHEAD = 63
MOST_DAYS = 4
LONGEST_WORDS = 40


@require_safe
def bus(request: HttpRequest) -> HttpResponse:
    """Every stop with the days on which the bus comes, the next one first; words narrow it down."""
    words, today = request.GET.get("q", "").strip()[:LONGEST_WORDS], clock.today()
    runs = queries.runs(queries.lines(on=today), Period(today, today + timedelta(days=DAYS_AHEAD)))
    there: dict[tuple[int | None, int | None], TripStopView] = {
        (trip.line, stop.stop): stop for trip in queries.serving(today) if trip.line is not None for stop in trip.stops
    }
    stops = [stop for stop in by_stop(runs, there, today) if words.lower() in stop["text"].lower()]
    context = {"q": words, "stops": stops, "has_lines": bool(runs), "today": today}
    return shown(request, "web/portal/bus.html", context)


def by_stop(
    runs: Iterable[RunDay], there: dict[tuple[int | None, int | None], TripStopView], today: date
) -> list[dict[str, Any]]:
    """Return the stops of coming runs, each with its next days; the stop that is served first stands first."""
    found: dict[int, dict[str, Any]] = {}
    for run in runs:
        for call in run.line.calls:
            stop = found.setdefault(
                call.stop.id,
                {
                    "stop": call.stop,
                    "text": " ".join([*call.stop.words.values(), call.stop.address, *run.line.words.values()]),
                    "line": run.line.name,
                    "days": [],
                },
            )
            if len(stop["days"]) < MOST_DAYS:
                at = there.get((run.line.id, call.stop.id)) if run.day == today else None
                stop["days"].append({"day": run.day, "call": call, "off": run.is_off, "reason": run.reason, "at": at})
    for stop in found.values():
        stop["next"] = next((one for one in stop["days"] if not one["off"] and not is_over(one["at"])), None)
    return sorted(found.values(), key=order)


def is_over(at: TripStopView | None) -> bool:
    """Return whether the bus has left a stop today, or leaves it out."""
    return at is not None and (at.left_at is not None or at.is_left_out)


def order(stop: dict[str, Any]) -> tuple[date, str]:
    """Return where a stop stands in the list: by its next visit."""
    following = stop["next"]
    return (following["day"], f"{following['call'].arrives:%H:%M}") if following else (date.max, "")
