"""Today's page: the room opened and closed, people counted as they come in, the ways to everything else."""

from datetime import datetime, time
from math import isfinite
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from wenlan.circulation.outgoing import count_out_of
from wenlan.facilities import queries as gates
from wenlan.facilities.openings import operations as openings
from wenlan.facilities.openings import queries as opened
from wenlan.facilities.openings.types import NoPosition, Position
from wenlan.facilities.tallies import operations as tallies
from wenlan.facilities.tallies import queries as tallied
from wenlan.indicators import queries as indicators
from wenlan.indicators.types import OWN
from wenlan.kernel.errors import DomainError
from wenlan.kernel.periods import Period
from wenlan.ui import clock
from wenlan.ui.addresses import whole_number
from wenlan.web.keeper.access import keeps, key_of, page, text

DONE = ("loans", "returns")
FARTHEST_M = 100_000
REASONS = (NoPosition.NOT_ALLOWED, NoPosition.NO_SIGNAL, NoPosition.NO_PHONE)


@require_safe
@keeps
def today(request: HttpRequest) -> HttpResponse:
    """Show the room as it stands today; what was lent and taken back is up to a second old, as all figures are."""
    node, day = request.desk.node, clock.today()
    standing = opened.standing(node)
    done = indicators.figures(DONE, node=node, period=Period.day(day), scope=OWN)
    context: dict[str, Any] = {
        "standing": standing,
        "is_old": standing is not None and standing.day != day,
        "openings": [one for one in opened.of_day(node, day) if one.closed_at],
        "has_gate": bool(gates.gates([node], day)),
        "persons": tallied.persons_on(node, day),
        "done": {code: figure.value for code, figure in done.items()},
        "out": count_out_of([node]),
        "reasons": [(one.value, one.label) for one in REASONS],
        "day": day,
    }
    return page(request, "today", **context)


@require_POST
@keeps
def open_room(request: HttpRequest) -> HttpResponse:
    """Sign in: by place and time, or by the reason why there is no place."""
    position, why = position_of(request), text(request, "no_position")
    try:
        done = openings.open_room(request.desk.act(key_of(request)), position=position, no_position=why)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        said = {"time": f"{timezone.localtime(done.opened_at):%H:%M}"}
        messages.success(request, _("Open since %(time)s.") % said)
    return redirect("keeper:today")


def position_of(request: HttpRequest) -> Position | None:
    """Return the position that the phone gave, None for none and for one that is nowhere on the earth."""
    try:
        latitude, longitude = float(text(request, "latitude")), float(text(request, "longitude"))
        accuracy = float(text(request, "accuracy"))
    except ValueError:
        return None
    if not all(isfinite(one) for one in (latitude, longitude, accuracy)):
        return None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180 and 0 <= accuracy <= FARTHEST_M):
        return None
    return Position(latitude=latitude, longitude=longitude, accuracy_m=round(accuracy))


@require_POST
@keeps
def close_room(request: HttpRequest) -> HttpResponse:
    """Sign out; or tell at what time the room was closed on a day when nobody did."""
    try:
        done = openings.close_room(request.desk.act(key_of(request)), told_at=told_at(request))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        hours, minutes = divmod(done.minutes, 60)
        said = {"hours": hours, "minutes": minutes}
        messages.success(request, _("Closed. It was open for %(hours)s h %(minutes)s min.") % said)
    return redirect("keeper:today")


def told_at(request: HttpRequest) -> datetime | None:
    """Return the hour that was told for the day of the standing opening; None for none."""
    standing = opened.standing(request.desk.node)
    try:
        hour = time.fromisoformat(text(request, "told"))
    except ValueError:
        return None
    if standing is None:
        return None
    return datetime.combine(standing.day, hour, timezone.get_default_timezone())


@require_POST
@keeps
def visit(request: HttpRequest) -> HttpResponse:
    """Count whoever came in, or take the last count back."""
    act = request.desk.act(key_of(request))
    try:
        if request.POST.get("what") == "back":
            tallies.take_back(act)
            messages.info(request, _("The last count was taken back."))
        else:
            persons = tallies.tally(act, persons=whole_number(text(request, "persons") or "1") or 0)
            messages.success(request, _("Counted. Today: %(persons)s.") % {"persons": persons})
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("keeper:today")
